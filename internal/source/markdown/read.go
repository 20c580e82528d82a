package markdown

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
)

// MaxSize bounds a file in bytes: its tree is in memory.
const MaxSize = 4 << 20

// part is a heading with what follows it up to the next one.
type part struct {
	level      int // of the heading; 0 before the first
	heading    string
	line       int
	number     int    // among the parts of the file
	url        string // of the original, if a link says so
	paragraphs []news.Paragraph
}

// sure is the confidence of an article whose title is a heading or in the front matter.
const (
	sure     = 0.95
	untitled = 0.5
)

// Read yields the articles of a file, each with the line of its heading. Usually that is one, with
// the headings in it as sections. A file is several if it has several headings of the first level,
// or headings below one of them each of which a dispatch follows. What has no text is a
// *field.RecordError.
func Read(content string, fields field.Reader) field.Records {
	return func(yield func(field.Record, error) bool) {
		records, bad := read(content, fields)
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
		for _, err := range bad {
			if !yield(field.Record{}, err) {
				return
			}
		}
	}
}

func read(content string, fields field.Reader) (records []field.Record, bad []*field.RecordError) {
	if !strings.Contains(content, "\n") {
		content = strings.ReplaceAll(content, "\r", "\n") // as old programs end lines
	}
	members, rest := cutFront(content)
	before := strings.Count(content[:len(content)-len(rest)], "\n")
	parts := split(prepare(rest))
	for i := range parts {
		parts[i].line += before
		parts[i].number = i
	}
	head, left, err := frontArticle(fields, members)
	if err != nil {
		return nil, []*field.RecordError{{Line: 1, Reason: err}}
	}
	level := divides(parts, head.Title)
	if level > 0 && head.Title != "" {
		left = append(left, string(field.Title))
	}
	articles, headings := divide(parts, level)
	used := map[int]bool{} // numbers of headings that say something about an article
	for _, one := range articles {
		r := record(one.parts, *head, level)
		switch {
		case len(r.Article.Paragraphs) > 0:
			belongTo(r.Article, one.above, used)
			records = append(records, r)
		case r.Article.Title != "":
			bad = append(bad, noText(r.Line, r.Article.Title))
		}
	}
	for _, p := range headings {
		if !used[p.number] {
			bad = append(bad, noText(p.line, p.heading))
		}
	}
	switch {
	case len(records) == 1 && head.Title != "" && level == 0:
		titled(records[0].Article, head.Title)
	case len(records)+len(bad) == 0:
		bad = append(bad, noText(1, head.Title))
	}
	if len(records) > 0 {
		records[0].Left = left
	}
	return records, bad
}

func noText(line int, title string) *field.RecordError {
	if title == "" {
		return &field.RecordError{Line: line, Reason: errors.New("no article: neither a heading nor text")}
	}
	return &field.RecordError{Line: line, Reason: errors.New("no text below the title " + title)}
}

// belongTo gives an article what the headings above it say: the publication and the day at the
// top, and the part of it.
func belongTo(a *news.Article, headings []part, used map[int]bool) {
	var names []string
	for _, p := range headings {
		used[p.number] = true
		name := p.heading
		if m := dayInHeading.FindStringIndex(name); m != nil {
			if day, err := news.Day(strings.Trim(name[m[0]:m[1]], "()（）")); err == nil && a.Date == "" {
				a.Date = day
				name = strings.TrimSpace(name[:m[0]] + name[m[1]:])
			}
		}
		switch {
		case name == "":
		case p.level == 1 && a.Publication == "":
			a.Publication = name
		default:
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		a.PageName = strings.Join(names, " ")
	}
}

// frontArticle returns the article of the front matter, without paragraphs, and the names of the
// members that are not in it.
func frontArticle(fields field.Reader, members []field.Member) (*news.Article, []string, error) {
	slices.SortFunc(members, func(a, b field.Member) int { return cmp.Compare(a.Name, b.Name) })
	fields.Lenient = true // front matter has what a site's generator needs
	const placeholder = "。"
	var texts []string
	members = slices.DeleteFunc(members, func(m field.Member) bool {
		f, _ := fields.Known(m.Name)
		if f == field.Text && strings.TrimSpace(m.Value) != "" {
			texts = append(texts, m.Name)
		}
		return f == field.Text
	})
	members = append(members, field.Member{Name: string(field.Text), Kind: field.String, Value: placeholder})
	a, left, err := fields.Article(members, nil)
	if err != nil {
		return nil, nil, err
	}
	a.Paragraphs = nil
	return a, append(left, texts...), nil
}

// titled gives the only article of a file the title of its front matter. Its own heading, if it
// is another, becomes the subtitle, or a paragraph if it has one.
func titled(a *news.Article, title string) {
	heading := a.Title
	a.Title, a.Confidence = title, sure
	switch {
	case heading == "" || strings.Contains(title, heading):
	case a.Subtitle == "":
		a.Subtitle = heading
	case a.Subtitle != heading:
		a.Paragraphs = slices.Insert(a.Paragraphs, 0, news.Paragraph{Kind: news.Body, Text: heading})
	}
}

// record makes an article of parts. The first heading, or the one that front matter repeats, is
// its title; the others are sections.
func record(parts []part, a news.Article, level int) field.Record {
	a.Confidence, a.Paragraphs = untitled, nil
	if level > 0 {
		a.Title = ""
	}
	line, titledAt := parts[0].line, titleIndex(parts, a.Title)
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
			if !slices.ContainsFunc(p.paragraphs, func(text news.Paragraph) bool { return text.Section == "" }) {
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
func titleIndex(parts []part, title string) int {
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
