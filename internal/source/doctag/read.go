package doctag

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"xunwen/internal/source/field"
	"xunwen/internal/source/lineio"
	"xunwen/internal/textnorm"
)

// mark matches the beginning of such a file; an element may be around the documents.
var mark = regexp.MustCompile(
	`(?is)^(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>]*>\s*)*(?:<[a-z]\w{0,31}>\s*)?<doc(?:ument)?(?:\s[^<>]*)?>`)

// Is reports whether a text begins like documents between <doc> and </doc>.
func Is(head []byte) bool { return mark.Match(head) }

// Has reports whether a text has such documents in it.
func Has(text []byte) bool { return opening.Match(text) && closing.Match(text) }

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
					r.reject(errors.New("the file ends within a document that begins here"))
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
		if !r.open && len(bytes.TrimSpace(line)) == 0 {
			return true
		}
		if !r.open {
			at := opening.FindIndex(line)
			if at == nil {
				return r.outside(line)
			}
			if !r.outside(line[:at[0]]) {
				return false
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

// tagsAndComments are what may be around documents.
var tagsAndComments = regexp.MustCompile(`(?s)<!--.*?-->|<[^<>]*>|<!--.*$|^.*?-->`)

var errOutside = errors.New("text that is in no document: put it between <doc> and </doc>")

// isText reports whether a character belongs to a text: radicals, which some write for characters, are no letters.
func isText(r rune) bool { return unicode.IsLetter(r) || textnorm.IsHan(r) }

// outside reports a text around documents.
func (r *reader) outside(text []byte) bool {
	if len(text) == 0 || !bytes.ContainsFunc(tagsAndComments.ReplaceAll(text, nil), isText) {
		return true
	}
	return r.yield(field.Record{}, &field.RecordError{Line: r.line, Reason: errOutside})
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

// sections are the marks around a text in which XML knows no tags; what is in it often is HTML.
var sections = strings.NewReplacer("<![CDATA[", "", "]]>", "")

// members returns the attributes and elements of a document. What elements have inside them is
// kept, with its tags, for the reader of the text.
func members(doc []byte) []field.Member {
	text := string(doc)
	if strings.Contains(text, "<![CDATA[") {
		text = sections.Replace(text)
	}
	z := html.NewTokenizer(strings.NewReader(text))
	var d document
	for {
		kind := z.Next()
		raw := string(z.Raw()) // before TagName changes it
		switch kind {
		case html.ErrorToken:
			d.text(raw)
			return d.finish()
		case html.StartTagToken:
			d.start(z, raw)
		case html.EndTagToken:
			d.end(z, raw)
		default:
			d.text(raw)
		}
	}
}

// document is what was read of one.
type document struct {
	members []field.Member
	name    string // of the element that is open, "" in none
	depth   int    // of elements of this name in one another
	value   strings.Builder
	own     strings.Builder // text in no element
}

func (d *document) add(name, value string) {
	d.members = append(d.members, field.Member{Name: name, Kind: field.String, Value: value})
}

func (d *document) text(raw string) {
	if d.name != "" {
		d.value.WriteString(raw)
	} else {
		d.own.WriteString(raw)
	}
}

func (d *document) start(z *html.Tokenizer, raw string) {
	tag, more := z.TagName()
	switch name := string(tag); {
	case d.name == name:
		d.depth++
		d.text(raw)
	case d.name != "":
		d.text(raw)
	case isDoc(name):
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			d.add(string(key), string(value))
		}
	default:
		d.name, d.depth = name, 1
		d.value.Reset()
	}
}

func (d *document) end(z *html.Tokenizer, raw string) {
	tag, _ := z.TagName()
	if d.name == "" {
		return
	}
	if d.name == string(tag) {
		d.depth--
	}
	if d.depth > 0 {
		d.text(raw)
		return
	}
	d.add(d.name, d.value.String())
	d.name = ""
}

func (d *document) finish() []field.Member {
	if d.name != "" { // not closed
		d.add(d.name, d.value.String())
	}
	text := strings.TrimSpace(d.own.String())
	if text == "" {
		return d.members
	}
	for i, m := range d.members {
		if f, _ := field.IsKnown(m.Name); f == field.Text && strings.TrimSpace(m.Value) != "" {
			d.members[i].Value += "\n" + text // around the element of the text
			return d.members
		}
	}
	d.add(string(field.Text), text)
	return d.members
}

func isDoc(tag string) bool { return tag == "doc" || tag == "document" }
