package jsonl

import (
	"bytes"
	"cmp"
	"errors"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/textnorm"
)

// object is a JSON object, as members of a record.
type object struct {
	lenient    bool           // ignore unknown members of paragraphs
	members    []field.Member // those of objects inside are named by both: author.name
	paragraphs []news.Paragraph
	fault      error // why it is no record, although its values could be read
}

// maxName bounds the name of a member, with those of the objects around it, in bytes.
const maxName = 512

// members reads an object member by member. What is deeper in it than records are looked for, or
// has a longer name than members have, is a member of which only the name is known.
func members(d *jsontext.Decoder, prefix string, lenient bool) (object, error) {
	o := object{lenient: lenient}
	if _, err := d.ReadToken(); err != nil { // {
		return o, err
	}
	for d.PeekKind() == '"' {
		token, err := d.ReadToken()
		if err != nil {
			return o, err
		}
		name := token.String()
		if len(prefix)+len(name) > maxName || d.StackDepth() > deepest {
			err = o.skip(d, prefix+shortened(name))
		} else {
			err = o.read(d, prefix+name)
		}
		if err != nil {
			return o, err
		}
	}
	_, err := d.ReadToken() // }
	return o, err
}

// shortened returns a name up to maxName.
func shortened(name string) string {
	if len(name) <= maxName {
		return name
	}
	return strings.ToValidUTF8(name[:maxName], "")
}

// read reads the value of a member.
func (o *object) read(d *jsontext.Decoder, name string) error {
	switch kind := d.PeekKind(); kind {
	case '{':
		inner, err := members(d, name+".", o.lenient)
		o.take(inner)
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

// skip passes over the value of a member.
func (o *object) skip(d *jsontext.Decoder, name string) error {
	o.add(name, field.Other, "")
	return d.SkipValue()
}

// take takes over the members of an object in this one, whose names say which it is, and its
// paragraphs.
func (o *object) take(inner object) {
	o.keep(inner.members...)
	if len(o.paragraphs) == 0 {
		o.paragraphs = inner.paragraphs
	}
	o.fault = cmp.Or(o.fault, inner.fault)
}

func (o *object) add(name string, kind field.Kind, value string) {
	o.keep(field.Member{Name: name, Kind: kind, Value: value})
}

// keep adds members, up to one more than a record can have, by which it is rejected.
func (o *object) keep(members ...field.Member) {
	room := max(0, field.MaxMembers+1-len(o.members))
	o.members = append(o.members, members[:min(len(members), room)]...)
}

func kindOf(k jsontext.Kind) field.Kind {
	if k == '0' {
		return field.Number
	}
	return field.String
}

// list reads a list: the paragraphs of a record, texts, or objects with a name or text.
func (o *object) list(name string, raw jsontext.Value) error {
	if name[strings.LastIndexByte(name, '.')+1:] == string(field.Paragraphs) {
		o.fault = cmp.Or(o.fault, o.readParagraphs(raw))
		return nil
	}
	var items []jsontext.Value
	if err := json.Unmarshal(raw, &items); err != nil {
		return err
	}
	if len(items) == 0 {
		return nil
	}
	var texts []string
	others := len(items)
	for _, item := range items {
		switch item.Kind() {
		case '"':
			var text string
			if err := json.Unmarshal(item, &text); err != nil {
				return err
			}
			texts = append(texts, text)
		case '{':
			text, rest := textOf(item, name)
			o.keep(rest...)
			if text == "" && isText(name) {
				others-- // a picture
				continue
			} else if text != "" {
				texts = append(texts, text)
			}
		}
	}
	kind := field.List
	if len(texts) < others {
		kind = field.Other
	}
	o.add(name, kind, strings.Join(texts, "\n"))
	return nil
}

// isText reports whether a member is a text by its name.
func isText(name string) bool {
	f, _ := field.IsKnown(name[strings.LastIndexByte(name, '.')+1:])
	return f == field.Text
}

// textOf returns what an object in a list of this name says: its name or text, and the other
// members that are Chinese; of a part of a text, which can have a caption too, all that is.
func textOf(item jsontext.Value, list string) (text string, rest []field.Member) {
	o, err := members(jsontext.NewDecoder(bytes.NewReader(item)), "", true)
	if err != nil {
		return "", nil
	}
	if isText(list) {
		return o.texts(), nil
	}
	for _, m := range o.members {
		switch {
		case m.Name == "name" || m.Name == string(field.Text):
			text += m.Value
		case strings.IndexFunc(m.Value, textnorm.IsHan) >= 0:
			m.Name = list + "." + m.Name
			rest = append(rest, m)
		}
	}
	return text, rest
}

// texts returns the texts of an object on lines: all that are Chinese, and what is called text.
func (o *object) texts() string {
	var texts []string
	for _, m := range o.members {
		if isText(m.Name) || strings.IndexFunc(m.Value, textnorm.IsHan) >= 0 {
			texts = append(texts, m.Value)
		}
	}
	for _, p := range o.paragraphs {
		texts = append(texts, p.Text)
	}
	return strings.Join(texts, "\n")
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
