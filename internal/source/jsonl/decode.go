package jsonl

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"xunwen/internal/news"
)

// record is a line of input: an article record that can have text instead of paragraphs and
// no confidence.
type record struct {
	news.Article
	Confidence *float64 `json:"confidence"`
	Text       string   `json:"text"`
}

// sure is the default confidence: the author of a record, a person or a program, knew its
// parts, unlike a reader that infers them.
const sure = 1

// Decode returns the article of one line. Unknown members are an error unless lenient;
// names are case-sensitive. Unescaped control characters become spaces. The caller fills
// in defaults and calls Normalize.
func Decode(line []byte, lenient bool) (*news.Article, error) {
	switch {
	case len(line) > 0 && line[0] == '[':
		return nil, errors.New("a JSON array: write one object per line, without [ ] and commas between them")
	case len(line) == 0 || line[0] != '{':
		return nil, errors.New("not a record: a line must be one JSON object")
	}
	var r record
	err := json.Unmarshal(line, &r, json.RejectUnknownMembers(!lenient))
	if err != nil && bytes.ContainsFunc(line, isControl) {
		r, line = record{}, withoutControls(line)
		err = json.Unmarshal(line, &r, json.RejectUnknownMembers(!lenient))
	}
	if err != nil {
		return nil, explain(line, err)
	}
	a := r.Article
	a.Confidence = sure
	if r.Confidence != nil {
		a.Confidence = *r.Confidence
	}
	if r.Text != "" {
		if len(a.Paragraphs) > 0 {
			return nil, errors.New("the record has both text and paragraphs: keep one of them")
		}
		a.Paragraphs = paragraphs(r.Text)
	}
	return &a, nil
}

// isControl reports whether r is a control character, which JSON requires to be escaped and
// many programs don't escape.
func isControl(r rune) bool { return r < ' ' }

// withoutControls returns a copy of a line with spaces for control characters. All other
// bytes stay, valid UTF-8 or not.
func withoutControls(line []byte) []byte {
	out := bytes.Clone(line)
	for i, c := range out {
		if isControl(rune(c)) {
			out[i] = ' '
		}
	}
	return out
}

// paragraphs splits a text at its line breaks. White space around a paragraph is layout and
// removed; white space inside stays.
func paragraphs(text string) []news.Paragraph {
	var out []news.Paragraph
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, news.Paragraph{Kind: news.Body, Text: line})
		}
	}
	return out
}

// explain describes an error in terms of the line.
func explain(line []byte, err error) error {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return explainSyntax(line, syntax)
	}
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return err
	}
	place := strings.TrimPrefix(string(semantic.JSONPointer), "/")
	switch {
	case errors.Is(semantic.Err, json.ErrUnknownName):
		return fmt.Errorf("unknown member %q: correct its name or pass --lenient", place)
	case semantic.JSONKind != 0 && semantic.GoType != nil:
		return fmt.Errorf("member %s: want %s, found %s", place, wanted(semantic.GoType), found(semantic.JSONKind))
	}
	return fmt.Errorf("member %s: %w", place, semantic.Err)
}

func explainSyntax(line []byte, e *jsontext.SyntacticError) error {
	if r, size := utf8.DecodeRune(line[min(int(e.ByteOffset), len(line)):]); r == utf8.RuneError && size == 1 {
		return fmt.Errorf("not UTF-8 (byte 0x%02x at byte %d of the line): convert it to UTF-8",
			line[e.ByteOffset], e.ByteOffset+1)
	}
	switch {
	case errors.Is(e.Err, io.ErrUnexpectedEOF):
		return errors.New("the record is incomplete: it must be on one line")
	case errors.Is(e.Err, jsontext.ErrDuplicateName):
		return fmt.Errorf("member %q occurs twice", strings.TrimPrefix(string(e.JSONPointer), "/"))
	}
	reason := strings.TrimPrefix(e.Err.Error(), "jsontext: ")
	return fmt.Errorf("not JSON at byte %d of the line: %s", e.ByteOffset+1, reason)
}

func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Float64, reflect.Pointer:
		return "a number"
	case reflect.Slice:
		return "a list"
	}
	return "an object"
}

func found(k jsontext.Kind) string {
	switch k {
	case '"':
		return "a string"
	case '0':
		return "a number"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 't', 'f':
		return "true or false"
	}
	return "null"
}
