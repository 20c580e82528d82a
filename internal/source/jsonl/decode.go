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

// record is a line as it may be written: an article record in which text may
// stand for paragraphs and confidence may be absent.
type record struct {
	news.Article
	Confidence *float64 `json:"confidence"`
	Text       string   `json:"text"`
}

// sure is the confidence of a record that says none: whoever wrote a record by
// hand or by program knew its parts, unlike a reader that guessed them.
const sure = 1

// Decode returns the article of one line. A member that no record has is an
// error unless lenient; names are compared letter by letter. Control characters
// that stand as they are become blanks. The article still wants filling in and
// Normalize.
func Decode(line []byte, lenient bool) (*news.Article, error) {
	switch {
	case len(line) > 0 && line[0] == '[':
		return nil, errors.New("a JSON array: write one object a line, without [ ] and commas between them")
	case len(line) == 0 || line[0] != '{':
		return nil, errors.New("not a record: a line must hold one JSON object")
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
			return nil, errors.New("text and paragraphs both stand in the record: keep one of them")
		}
		a.Paragraphs = paragraphs(r.Text)
	}
	return &a, nil
}

// isControl tells control characters, which must be escaped in JSON and, by many
// who write it, aren't.
func isControl(r rune) bool { return r < ' ' }

// withoutControls is a copy of a line with blanks for them; whatever else it
// holds, UTF-8 or not, stays.
func withoutControls(line []byte) []byte {
	out := bytes.Clone(line)
	for i, c := range out {
		if isControl(rune(c)) {
			out[i] = ' '
		}
	}
	return out
}

// paragraphs cuts a text into paragraphs at its line breaks. White space around
// a paragraph is layout; within it stays as given.
func paragraphs(text string) []news.Paragraph {
	var out []news.Paragraph
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, news.Paragraph{Kind: news.Body, Text: line})
		}
	}
	return out
}

// explain says what is wrong with a line in the words of someone who wrote it.
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
		return fmt.Errorf(
			"not UTF-8 (byte 0x%02x at byte %d of the line): convert it to UTF-8",
			line[e.ByteOffset],
			e.ByteOffset+1,
		)
	}
	switch {
	case errors.Is(e.Err, io.ErrUnexpectedEOF):
		return errors.New("the record is cut off: it must be whole and on one line")
	case errors.Is(e.Err, jsontext.ErrDuplicateName):
		return fmt.Errorf("member %q stands twice", strings.TrimPrefix(string(e.JSONPointer), "/"))
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
