package doctag

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"xunwen/internal/source/field"
	"xunwen/internal/source/lineio"
)

// mark matches the beginning of such a file; an element may be around the documents.
var mark = regexp.MustCompile(
	`(?is)^(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>]*>\s*)*(?:<[a-z]\w{0,31}>\s*)?<doc(?:ument)?(?:\s[^<>]*)?>`)

// Is reports whether a text begins like documents between <doc> and </doc>.
func Is(head []byte) bool { return mark.Match(head) }

var (
	opening = regexp.MustCompile(`(?i)<doc(?:ument)?(?:\s[^<>]*)?>`)
	closing = regexp.MustCompile(`(?i)</doc(?:ument)?\s*>`)
)

// Read yields the articles of the documents. invalid returns the error of a line between two
// that is not in the encoding of the file.
func Read(in io.Reader, fields field.Reader, invalid func(from, to int) error) field.Records {
	return func(yield func(field.Record, error) bool) {
		r := &reader{fields: fields, invalid: invalid, yield: yield}
		b := bufio.NewReaderSize(in, 1<<16)
		for {
			r.line++
			line, err := readLine(b)
			if !r.add(line) {
				return
			}
			switch {
			case err == io.EOF:
				if r.open {
					r.reject(fmt.Errorf("the file ends within a document that begins here"))
				}
				return
			case err != nil:
				yield(field.Record{}, &field.ReadError{Line: r.line, Reason: err})
				return
			}
		}
	}
}

// readLine returns a line with its end, at most lineio.MaxRecord of it.
func readLine(b *bufio.Reader) ([]byte, error) {
	part, err := b.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return part, err
	}
	line := bytes.Clone(part)
	for errors.Is(err, bufio.ErrBufferFull) {
		if len(line) > lineio.MaxRecord {
			return nil, lineio.ErrTooLong
		}
		part, err = b.ReadSlice('\n')
		line = append(line, part...)
	}
	return line, err
}

type reader struct {
	fields  field.Reader
	invalid func(from, to int) error
	yield   func(field.Record, error) bool
	line    int
	open    bool
	start   int
	doc     []byte
}

// add adds a line, on which documents can begin and end.
func (r *reader) add(line []byte) bool {
	for {
		if !r.open {
			at := opening.FindIndex(line)
			if at == nil {
				return true
			}
			r.open, r.start, r.doc = true, r.line, append(r.doc[:0], line[at[0]:at[1]]...)
			line = line[at[1]:]
		}
		end := closing.FindIndex(line)
		if end == nil {
			r.doc = append(r.doc, line...)
			if len(r.doc) <= lineio.MaxRecord {
				return true
			}
			r.open = false
			return r.reject(lineio.ErrTooLong)
		}
		r.doc = append(r.doc, line[:end[0]]...)
		line = line[end[1]:]
		r.open = false
		if !r.flush() {
			return false
		}
	}
}

func (r *reader) reject(reason error) bool {
	return r.yield(field.Record{}, &field.RecordError{Line: r.start, Reason: reason})
}

func (r *reader) flush() bool {
	if err := r.invalid(r.start, r.line); err != nil {
		return r.reject(err)
	}
	a, left, err := r.fields.Article(members(r.doc), nil)
	if err != nil {
		return r.reject(err)
	}
	return r.yield(field.Record{Article: a, Line: r.start, Left: left}, nil)
}

// members returns the attributes and elements of a document. What elements have inside them is
// kept, with its tags, for the reader of the text.
func members(doc []byte) []field.Member {
	var all []field.Member
	add := func(name, value string) {
		all = append(all, field.Member{Name: name, Kind: field.String, Value: value})
	}
	z := html.NewTokenizer(bytes.NewReader(doc))
	name, depth := "", 0
	var value, own strings.Builder
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch {
		case kind == html.ErrorToken:
			if name != "" { // not closed
				add(name, value.String())
			}
			if text := strings.TrimSpace(own.String()); text != "" {
				add(string(field.Text), text)
			}
			return all
		case name == "" && kind == html.StartTagToken:
			tag, more := z.TagName()
			if isDoc(string(tag)) {
				for more {
					var key, attribute []byte
					key, attribute, more = z.TagAttr()
					add(string(key), string(attribute))
				}
				continue
			}
			name, depth = string(tag), 1
			value.Reset()
		case name != "" && (kind == html.StartTagToken || kind == html.EndTagToken):
			tag, _ := z.TagName()
			if string(tag) == name {
				depth += map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind]
			}
			if depth == 0 {
				add(name, value.String())
				name = ""
				continue
			}
			value.WriteString(raw)
		case name != "":
			value.WriteString(raw)
		default:
			own.WriteString(raw)
		}
	}
}

func isDoc(tag string) bool { return tag == "doc" || tag == "document" }
