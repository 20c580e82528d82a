package plain

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/source/lineio"
)

// Read yields the articles of a text in which lines of labels follow their titles, as they come.
// Text before the first title is an article too.
func Read(in io.Reader, fields field.Reader) field.Records {
	return func(yield func(field.Record, error) bool) {
		r := &reader{fields: fields, yield: yield, line: 1}
		r.begin(1)
		lines := lineio.NewReader(in, lineio.MaxRecord)
		b, read := bufio.NewReader(lines), int64(0)
		for {
			text, err := b.ReadString('\n')
			read += int64(len(text))
			if !r.add(text) {
				return
			}
			lines.Done(read)
			if err == io.EOF {
				break
			}
			if err != nil {
				yield(field.Record{}, &field.ReadError{Line: r.line, Reason: err})
				return
			}
			r.line++
		}
		r.finish(nil)
	}
}

// maxArticle bounds the text of an article in bytes: more than that is a file without labels.
const maxArticle = 4 << 20

type reader struct {
	fields  field.Reader
	yield   func(field.Record, error) bool
	line    int
	start   int // line where the article begins
	members []field.Member
	texts   []text
	size    int
}

type text struct {
	line   int
	text   string
	spaced bool // after an empty line, or the first
}

func (r *reader) begin(line int) {
	r.start, r.members, r.texts, r.size = line, nil, nil, 0
}

// add adds a line to the article, or begins the next with it.
func (r *reader) add(raw string) bool {
	spaced := len(r.texts) == 0
	if n := len(r.texts); n > 0 {
		spaced = r.texts[n-1].line < r.line-1
	}
	for line := range strings.SplitSeq(strings.TrimRight(raw, "\r\n"), "\r") { // a lone CR ends a line too
		line = strings.TrimSpace(strings.ReplaceAll(line, "\x00", " "))
		if line == "" {
			continue
		}
		members := readLabels(line)
		switch {
		case members != nil && len(r.texts) == 0 && !(isHeadline(members) && r.hasTitle()): // of the same article
			r.label(members)
		case members != nil && len(r.texts) > 0 && r.opens(members):
			title := r.texts[len(r.texts)-1]
			r.texts = r.texts[:len(r.texts)-1]
			if !r.flush() {
				return false
			}
			r.begin(title.line)
			r.members = append(
				r.members,
				field.Member{Name: string(field.Title), Kind: field.String, Value: title.text},
			)
			r.label(members)
		case members != nil && isHeadline(members):
			if !r.flush() {
				return false
			}
			r.begin(r.line)
			r.label(members)
		default:
			r.texts = append(r.texts, text{r.line, line, spaced})
			r.size += len(line)
		}
	}
	if r.size > maxArticle {
		r.finish(fmt.Errorf("an article of more than %d MiB: the file has no lines such as 作者：… 时间：… below its titles",
			maxArticle>>20))
		return false
	}
	return true
}

// opens reports whether labels belong to a new article whose title is the line above them.
func (r *reader) opens(members []field.Member) bool {
	last := r.texts[len(r.texts)-1]
	return opensRecord(members) && isTitle(last.text) && (last.spaced || len(r.texts) == 1) && r.line-last.line <= 2
}

// hasTitle reports whether a label said the title of the article.
func (r *reader) hasTitle() bool {
	return slices.ContainsFunc(r.members, func(m field.Member) bool { return isHeadline([]field.Member{m}) })
}

// isHeadline reports whether labels begin with that of a title.
func isHeadline(members []field.Member) bool {
	f, _ := field.IsKnown(members[0].Name)
	return f == field.Title && members[0].Value != ""
}

func (r *reader) label(members []field.Member) {
	for _, m := range members {
		if f, _ := field.IsKnown(m.Name); f == field.Text {
			if m.Value != "" {
				r.texts = append(r.texts, text{r.line, m.Value, false})
			} else {
				r.texts = append(r.texts, text{r.line, "", false}) // the text begins with the next line
			}
			continue
		}
		r.members = append(r.members, m)
	}
}

// flush yields the article that ends.
func (r *reader) flush() bool {
	var lines []string
	for _, t := range r.texts {
		if t.text != "" {
			lines = append(lines, t.text)
		}
	}
	if len(lines) == 0 && len(r.members) == 0 {
		return true
	}
	members := append(r.members, field.Member{
		Name: string(field.Text), Kind: field.String, Value: strings.Join(lines, "\n")})
	fields := r.fields
	fields.Lenient = true // what a label can be is known
	a, left, err := fields.Article(members, nil)
	if err == nil && len(a.Paragraphs) == 0 {
		err = errors.New("no text below the title " + a.Title)
	}
	if err != nil {
		return r.yield(field.Record{}, &field.RecordError{Line: r.start, Reason: err})
	}
	a.Confidence = sure
	if a.Title == "" {
		a.Confidence = untitled
	}
	return r.yield(field.Record{Article: a, Line: r.start, Left: left}, nil)
}

// Confidence of an article with a title of its own line, and of one without.
const (
	sure     = 0.9
	untitled = 0.5
)

// finish yields the last article, or an error instead.
func (r *reader) finish(err error) {
	if err != nil {
		r.yield(field.Record{}, &field.RecordError{Line: r.start, Reason: err})
		return
	}
	r.flush()
}

// One reads a text that is one article: a title and paragraphs, with short lines among them as
// section headings. title is its title if the first line is none. isByline reports whether a line
// has only names of authors.
func One(content, title string, isByline func(line string) bool) news.Article {
	var lines []string
	for line := range strings.FieldsFuncSeq(content, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	a := news.Article{Confidence: untitled}
	if len(lines) > 1 && isTitle(lines[0]) {
		a.Title, lines = lines[0], lines[1:]
	}
	if a.Title == "" {
		a.Title = title
	}
	if a.Title != "" {
		a.Confidence = sure
	}
	if len(lines) > 1 && isByline(lines[0]) {
		a.Byline, lines = lines[0], lines[1:]
	}
	section := ""
	for i, line := range lines {
		const longestSection = 24
		if i > 0 && i+1 < len(lines) && utf8.RuneCountInString(line) <= longestSection && isTitle(line) &&
			!strings.ContainsAny(line, "。！？；”）)") && utf8.RuneCountInString(lines[i+1]) > longestSection {
			section = line
			continue
		}
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Section: section, Kind: news.Body, Text: line})
	}
	return a
}
