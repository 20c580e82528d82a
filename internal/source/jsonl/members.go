package jsonl

import (
	"errors"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
)

// object is a JSON object, as members of a record.
type object struct {
	lenient    bool           // ignore unknown members of paragraphs
	members    []field.Member // those of objects inside are named by both: author.name
	paragraphs []news.Paragraph
}

// members reads an object member by member.
func members(d *jsontext.Decoder, prefix string, lenient bool) (object, error) {
	o := object{lenient: lenient}
	if _, err := d.ReadToken(); err != nil { // {
		return o, err
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return o, err
		}
		if err := o.read(d, prefix+name.String()); err != nil {
			return o, err
		}
	}
	_, err := d.ReadToken() // }
	return o, err
}

// read reads the value of a member.
func (o *object) read(d *jsontext.Decoder, name string) error {
	switch kind := d.PeekKind(); kind {
	case '{':
		inner, err := members(d, name+".", o.lenient)
		o.members = append(o.members, inner.members...)
		return err
	case '[':
		raw, err := d.ReadValue()
		if err != nil {
			return err
		}
		return o.list(name, raw)
	case '"', '0':
		token, err := d.ReadToken()
		o.add(name, kindOf(kind), token.String())
		return err
	default: // null is a member without a value
		token, err := d.ReadToken()
		if err == nil && token.Kind() != 'n' {
			o.add(name, field.Other, token.String())
		}
		return err
	}
}

func (o *object) add(name string, kind field.Kind, value string) {
	o.members = append(o.members, field.Member{Name: name, Kind: kind, Value: value})
}

func kindOf(k jsontext.Kind) field.Kind {
	if k == '0' {
		return field.Number
	}
	return field.String
}

// list reads a list: the paragraphs of a record, texts, or objects with a name or text.
func (o *object) list(name string, raw jsontext.Value) error {
	if name == string(field.Paragraphs) {
		return o.readParagraphs(raw)
	}
	var items []jsontext.Value
	if err := json.Unmarshal(raw, &items); err != nil {
		return err
	}
	if len(items) == 0 {
		return nil
	}
	var texts []string
	for _, item := range items {
		switch item.Kind() {
		case '"':
			var text string
			if err := json.Unmarshal(item, &text); err != nil {
				return err
			}
			texts = append(texts, text)
		case '{':
			var named struct {
				Name string `json:"name"`
				Text string `json:"text"`
			}
			if json.Unmarshal(item, &named) == nil && named.Name+named.Text != "" {
				texts = append(texts, named.Name+named.Text)
			}
		}
	}
	kind := field.List
	if len(texts) < len(items) {
		kind = field.Other
	}
	o.add(name, kind, strings.Join(texts, "\n"))
	return nil
}

func (o *object) readParagraphs(raw jsontext.Value) error {
	err := json.Unmarshal(raw, &o.paragraphs, json.RejectUnknownMembers(!o.lenient))
	if err == nil {
		return nil
	}
	var texts []string
	if json.Unmarshal(raw, &texts) != nil {
		var semantic *json.SemanticError
		if errors.As(err, &semantic) {
			semantic.JSONPointer = jsontext.Pointer("/" + string(field.Paragraphs) + string(semantic.JSONPointer))
		}
		return err
	}
	o.paragraphs = nil
	for _, text := range texts {
		o.paragraphs = append(o.paragraphs, news.Paragraph{Text: text})
	}
	return nil
}
