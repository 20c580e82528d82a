package jsonl

import (
	"slices"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/textnorm"
)

// container is an object that is a record, or has records in it.
type container struct {
	object
	wrapper bool // records in it were yielded
	text    bool // one of its first scanned members is a text
	scanned int
	c       context
	single  *nested // an object in it that looks like a record, while it is the only one
}

// nested is an object in another one.
type nested struct {
	name string
	o    *container
	line int
}

// object reads an object. Records in its lists and objects are yielded, and it is a wrapper
// then; else it is a record itself.
func (d *document) object(outer context) (*container, error) {
	o := &container{object: object{lenient: d.fields.Lenient}, c: outer}
	o.c.depth++
	if _, err := d.d.ReadToken(); err != nil { // {
		return o, err
	}
	for d.d.PeekKind() == '"' {
		token, err := d.d.ReadToken()
		if err != nil {
			return o, err
		}
		if err := d.member(o, token.String()); err != nil {
			return o, err
		}
	}
	if _, err := d.d.ReadToken(); err != nil { // }
		return o, err
	}
	if o.single != nil { // a part of this record
		o.take(o.single.o.named(o.single.name))
	}
	if o.wrapper {
		return o, d.leftOut(o)
	}
	return o, nil
}

// named returns an object whose members have the name of the object before theirs.
func (o *container) named(name string) object {
	inner, name := o.object, shortened(name)+"."
	inner.members = slices.Clone(inner.members)
	for i, m := range inner.members {
		inner.members[i].Name = shortened(name + m.Name)
	}
	return inner
}

// leftOut yields the names of an object's own members that are in none of the records in it and
// have a Chinese text.
func (d *document) leftOut(o *container) error {
	var left []string
	for _, m := range o.members {
		if !inherited[m.Name] && !o.isFeedTitle(m.Name) && strings.IndexFunc(m.Value, textnorm.IsHan) >= 0 {
			left = append(left, m.Name)
		}
	}
	if len(left) > 0 && !d.yield(field.Record{Line: d.lines.Last(), Left: left}, nil) {
		return errStopped
	}
	return nil
}

// isFeedTitle reports whether a member is the title of a JSON Feed: the publication of its items.
func (o *container) isFeedTitle(name string) bool {
	return name == string(field.Title) && slices.ContainsFunc(o.members, func(m field.Member) bool {
		return m.Name == "version" && strings.HasPrefix(m.Value, "https://jsonfeed.org/")
	})
}

// inherited are the fields that records have from the objects around them.
var inherited = map[string]bool{"date": true, "publication": true, "page": true, "page_name": true, "日期": true,
	"报纸": true, "版次": true, "版名": true}

// SearchHits is what Elasticsearch calls its lists of records; elsewhere it is a counter of readers.
const SearchHits = "hits"

// member reads the value of a member of o.
func (d *document) member(o *container, name string) error {
	f, known := field.IsKnown(name)
	if _, mapped := d.fields.Map[name]; mapped {
		known = true
	}
	within := o.c.depth < deepest && (!known || f == field.Text || name == SearchHits) && !o.hasText()
	switch k := d.d.PeekKind(); {
	case k == '[' && within:
		return d.list(o, name)
	case k == '{' && within:
		return d.nested(o, name)
	}
	n := len(o.members)
	if err := o.read(d.d, name); err != nil {
		return err
	}
	if inherited[name] && len(o.members) > n {
		o.c.members = append(slices.Clip(o.c.members), o.members[n])
	}
	if o.isFeedTitle(name) && len(o.members) > n {
		m := field.Member{Name: string(field.Publication), Kind: field.String, Value: o.members[n].Value}
		o.c.members = append(slices.Clip(o.c.members), m)
		return nil
	}
	o.c.named = o.c.named || f == field.Title
	return nil
}

// titled reports whether an object has a title, which parts of a text have not.
func (o *container) titled() bool {
	return slices.ContainsFunc(o.members, func(m field.Member) bool {
		f, _ := field.IsKnown(m.Name)
		return f == field.Title
	})
}

// hasText reports whether an object has a text of its own, so that others in it don't count.
func (o *container) hasText() bool {
	for ; o.scanned < len(o.members) && !o.text; o.scanned++ {
		m := o.members[o.scanned]
		f, _ := field.IsKnown(m.Name)
		o.text = f == field.Text && m.Value != ""
	}
	return o.text || len(o.paragraphs) > 0
}

// list reads a list in an object. If its first object looks like a record, all are records.
func (d *document) list(o *container, name string) error {
	if _, err := d.d.ReadToken(); err != nil { // [
		return err
	}
	c := o.c.dated(name)
	var texts []string
	first, records := true, false
	for k := d.d.PeekKind(); k != ']' && k != 0; k = d.d.PeekKind() {
		switch {
		case k == '{':
			line := d.lineOfNext()
			inner, err := d.object(c)
			if err != nil {
				return err
			}
			if first {
				records = inner.wrapper || d.looksLikeRecord(inner, o.c.named) && !(isText(name) && !inner.titled())
			}
			if text := inner.texts(); !records && isText(name) && text != "" {
				texts = append(texts, text) // a part of the text
			}
			first, o.wrapper = false, o.wrapper || records
			if records && !inner.wrapper {
				if err := d.emit(inner, c, line); err != nil {
					return err
				}
			}
		case k == '"':
			token, err := d.d.ReadToken()
			if err != nil {
				return err
			}
			texts = append(texts, token.String())
		default:
			if err := d.d.SkipValue(); err != nil {
				return err
			}
		}
	}
	if len(texts) > 0 {
		o.add(name, field.List, strings.Join(texts, "\n"))
	} else if !first && !records {
		o.add(name, field.Other, "")
	}
	_, err := d.d.ReadToken()
	return err
}

// dated returns the context of a list that is named by the day of its records.
func (c context) dated(name string) context {
	if day, err := news.Day(name); err == nil && day != "" {
		m := field.Member{Name: string(field.Date), Kind: field.String, Value: day}
		c.members = append(slices.Clip(c.members), m)
	}
	return c
}

// nested reads an object in an object. Two of them that look like records, each by a name of its
// own, are some; a single one is a part of the record around it.
func (d *document) nested(o *container, name string) error {
	line := d.lineOfNext()
	inner, err := d.object(o.c.dated(name))
	switch {
	case err != nil:
		return err
	case inner.wrapper:
		o.wrapper = true
		return nil
	case !d.looksLikeRecord(inner, true):
		o.take(inner.named(name))
		return nil
	case o.single == nil && !o.wrapper:
		o.single = &nested{name, inner, line}
		return nil
	}
	if o.single != nil {
		first := o.single
		o.single, o.wrapper = nil, true
		if err := d.emit(first.o, o.c, first.line); err != nil {
			return err
		}
	}
	return d.emit(inner, o.c, line)
}

// looksLikeRecord reports whether an object in another one can be a record: it has a text, or a
// title if nothing around it has one, or unknown members that can be a text.
func (d *document) looksLikeRecord(o *container, named bool) bool {
	return len(o.paragraphs) > 0 || d.fields.Holds(o.members, !named)
}
