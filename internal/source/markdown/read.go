package markdown

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/textnorm"
)

// MaxSize bounds a file in bytes: its tree is in memory.
const MaxSize = 16 << 20

// part is a heading with what follows it up to the next one.
type part struct {
	level      int // of the heading; 0 before the first
	heading    string
	line       int
	url        string // of the original, if a link says so
	paragraphs []news.Paragraph
}

// ErrNothing reports a file without an article.
var ErrNothing = errors.New("no article: neither a heading nor text")

// sure is the confidence of an article whose title is a heading or in the front matter.
const (
	sure     = 0.95
	untitled = 0.5
)

// Read returns the articles of a file, each with the line of its heading. Usually that is one,
// with the headings in it as sections. A file is several if it has several headings of the first
// level, or headings below one of them each of which a dispatch follows.
func Read(content string, fields field.Reader) ([]field.Record, error) {
	members, rest, frontErr := cutFront(content)
	before := strings.Count(content[:len(content)-len(rest)], "\n")
	fields.Lenient = true // front matter has what a site's generator needs
	parts := split(rest)
	for i := range parts {
		parts[i].line += before
	}
	head, left, err := frontArticle(fields, members)
	if err != nil {
		return nil, err
	}
	level := divides(parts, head.Title)
	var records []field.Record
	above := headingsAbove(parts, level)
	for _, group := range groups(parts, level) {
		r := record(group, *head, level)
		above(r.Article, group[0].line)
		if len(r.Article.Paragraphs) > 0 {
			r.Left = left
			records = append(records, r)
		}
	}
	if len(records) == 1 && head.Title != "" {
		titled(records[0].Article, head.Title)
	}
	if len(records) == 0 {
		return nil, cmp.Or(frontErr, ErrNothing)
	}
	return records, nil
}

// headingsAbove returns a function that gives an article what the headings above it say, where
// headings of a level are titles of articles: the publication and the day at the top, and the
// part of it.
func headingsAbove(parts []part, level int) func(a *news.Article, line int) {
	return func(a *news.Article, line int) {
		for _, p := range parts {
			if p.level == 0 || p.level >= level || len(p.paragraphs) > 0 || p.line > line {
				continue
			}
			name := p.heading
			if m := dayInHeading.FindStringIndex(name); m != nil {
				if day, err := news.Day(strings.Trim(name[m[0]:m[1]], "()（）")); err == nil {
					a.Date = cmp.Or(a.Date, day)
				}
				name = strings.TrimSpace(name[:m[0]] + name[m[1]:])
			}
			if p.level == 1 && a.Publication == "" {
				a.Publication = name
			} else {
				a.PageName = name
			}
		}
	}
}

var dayInHeading = regexp.MustCompile(`[(（]?\d{4}[-年./]?\d{1,2}[-月./]?\d{1,2}日?[)）]?`)

// frontArticle returns the article of the front matter, without paragraphs.
func frontArticle(fields field.Reader, members []field.Member) (*news.Article, []string, error) {
	slices.SortFunc(members, func(a, b field.Member) int { return cmp.Compare(a.Name, b.Name) })
	const placeholder = "。"
	members = slices.DeleteFunc(members, func(m field.Member) bool {
		f, _ := fields.Known(m.Name)
		return f == field.Text
	})
	members = append(members, field.Member{Name: string(field.Text), Kind: field.String, Value: placeholder})
	a, left, err := fields.Article(members, nil)
	if err != nil {
		return nil, nil, err
	}
	a.Paragraphs = nil
	return a, left, nil
}

// titled gives the only article of a file the title of its front matter. Its own heading, if it
// is another, becomes the subtitle.
func titled(a *news.Article, title string) {
	if a.Title != title && a.Subtitle == "" && !strings.Contains(title, a.Title) {
		a.Subtitle = a.Title
	}
	a.Title, a.Confidence = title, sure
}

// dispatch matches how a report of an agency or broadcaster begins.
var dispatch = regexp.MustCompile(`^\s*(?:[（(][^（）()]{2,24}[)）]|[^。！？]{2,24}(?:电|電|讯|訊|消息))[\s　（(:：]`)

// divides returns the level of the headings each of which is an article, 0 if the file is one.
func divides(parts []part, title string) int {
	count, texts, dispatches := map[int]int{}, map[int]int{}, map[int]int{}
	for _, p := range parts {
		count[p.level]++
		if hanIn(p.paragraphs) > 0 {
			texts[p.level]++
			if dispatch.MatchString(p.paragraphs[0].Text + " ") {
				dispatches[p.level]++
			}
		}
	}
	if texts[1] > 1 && title == "" && texts[1]*2 > count[1] {
		return 1
	}
	if i := slices.IndexFunc(parts, func(p part) bool { return p.level == 1 }); i >= 0 && count[1] == 1 &&
		len(parts[i].paragraphs) == 0 && dayInHeading.MatchString(parts[i].heading) && texts[2] > 1 {
		return 2 // an issue of a day
	}
	for level := 1; level <= 6; level++ {
		if texts[level] > 1 && dispatches[level]*2 > texts[level] {
			return level
		}
	}
	return 0
}

func hanIn(paragraphs []news.Paragraph) int {
	n := 0
	for _, p := range paragraphs {
		for _, r := range p.Text {
			if textnorm.IsHan(r) {
				n++
			}
		}
	}
	return n
}

// groups returns the parts of each article. Headings above them without a text of their own say
// what the articles belong to.
func groups(parts []part, level int) [][]part {
	var all [][]part
	for _, p := range parts {
		if level > 0 && p.level < level && len(p.paragraphs) == 0 {
			continue
		}
		if n := len(all); n > 0 && (level == 0 || p.level > level || p.level == 0) {
			all[n-1] = append(all[n-1], p)
			continue
		}
		all = append(all, []part{p})
	}
	return all
}

// record makes an article of parts. The first heading, or the one that front matter repeats, is
// its title; the others are sections.
func record(parts []part, a news.Article, level int) field.Record {
	a.Confidence, a.Paragraphs = untitled, nil
	if level > 0 {
		a.Title = ""
	}
	line, titledAt := parts[0].line, titleIndex(parts, a.Title, level)
	if titledAt >= 0 {
		a.Title, line = parts[titledAt].heading, parts[titledAt].line
	}
	if a.Title == "" {
		a.Title, parts[0].paragraphs = titleLine(parts[0].paragraphs)
	}
	if a.Title != "" {
		a.Confidence = sure
	}
	section := ""
	for i, p := range parts {
		a.URL = cmp.Or(a.URL, p.url)
		if i != titledAt && p.heading != "" {
			section = p.heading
			if len(p.paragraphs) == 0 && (i+1 == len(parts) || parts[i+1].level <= p.level) {
				a.Paragraphs = append(a.Paragraphs, news.Paragraph{Kind: news.Body, Text: p.heading})
			}
		}
		for _, text := range p.paragraphs {
			text.Section = cmp.Or(text.Section, section)
			a.Paragraphs = append(a.Paragraphs, text)
		}
	}
	return field.Record{Article: &a, Line: line}
}

// titleLine takes a first paragraph that can only be a title from those of a text without
// headings.
func titleLine(paragraphs []news.Paragraph) (title string, rest []news.Paragraph) {
	const longest = 40 // characters
	if len(paragraphs) < 2 || paragraphs[0].Section != "" {
		return "", paragraphs
	}
	first := paragraphs[0].Text
	if utf8.RuneCountInString(first) > longest || strings.ContainsAny(first, "。！？；：") {
		return "", paragraphs
	}
	return first, paragraphs[1:]
}

// titleIndex returns the part whose heading is the title, -1 if none is. If front matter has a
// title, only a heading of the first level is another form of it.
func titleIndex(parts []part, title string, level int) int {
	for i, p := range parts {
		switch {
		case p.level == 0 || p.level == boldLevel:
			continue
		case title == "" || p.heading == title || p.level == 1:
			return i
		}
		break
	}
	return -1
}
