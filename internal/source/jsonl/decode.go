package jsonl

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/source/markup"
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

// Decode returns the article of one line, and the names of the members that are not in it.
// Unescaped control characters become spaces. The caller fills in defaults and calls Normalize.
func Decode(line []byte, fields field.Reader) (*news.Article, []string, error) {
	switch {
	case len(line) > 0 && line[0] == '[':
		return nil, nil, errors.New("a JSON array among lines: want one object per line, or one array of them")
	case len(line) == 0 || line[0] != '{':
		return nil, nil, errors.New("not a record: a line must be one JSON object")
	}
	a, left, err := decode(line, fields)
	if err != nil && bytes.ContainsFunc(line, isControl) {
		line = withoutControls(line)
		a, left, err = decode(line, fields)
	}
	if err != nil {
		return nil, nil, explain(line, err)
	}
	return a, left, nil
}

// decode reads article records as they are defined directly, and others member by member.
func decode(line []byte, fields field.Reader) (*news.Article, []string, error) {
	var r record
	if len(fields.Map) == 0 && json.Unmarshal(line, &r, json.RejectUnknownMembers(true)) == nil {
		if len(r.Paragraphs) == 0 && r.Text != "" && !markup.Is(r.Text+r.Title) {
			r.Paragraphs, r.Text = markup.Text(r.Text), ""
		}
		if r.Text == "" {
			a := r.Article
			a.Confidence = sure
			if r.Confidence != nil {
				a.Confidence = *r.Confidence
			}
			return &a, nil, nil
		}
	}
	d := jsontext.NewDecoder(bytes.NewBuffer(line))
	o, err := members(d, "", fields.Lenient)
	if err != nil {
		return nil, nil, err
	}
	if err := cmp.Or(onlyOne(d), o.fault); err != nil {
		return nil, nil, err
	}
	return fields.Article(o.members, o.paragraphs)
}

// onlyOne reports what follows the object of a line.
func onlyOne(d *jsontext.Decoder) error {
	_, err := d.ReadToken()
	if err == io.EOF {
		return nil
	}
	if err == nil {
		err = &jsontext.SyntacticError{ByteOffset: d.InputOffset() - 1, Err: errors.New("more after the object")}
	}
	return err
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

// explain describes an error in terms of the line.
func explain(line []byte, err error) error {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return explainSyntax(line, syntax)
	}
	return explainSemantic(err)
}

// explainSemantic describes the error of a value of the wrong type.
func explainSemantic(err error) error {
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
