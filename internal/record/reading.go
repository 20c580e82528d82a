package record

import (
	"encoding/binary"

	"xunwen/internal/news"
)

// Record is a record in a store, of which single texts can be read.
type Record struct {
	body       []byte // from the ends of texts on
	set        uint16
	paragraphs int
	first      int // texts before the first paragraph
	codes      int // where the codes of texts begin in body
}

// parse reads the beginning of a record.
func parse(b []byte) (r Record, ok bool) {
	if len(b) < 3 {
		return Record{}, false
	}
	r.set = binary.LittleEndian.Uint16(b)
	n, size := uint64(b[2]), 1
	if n >= 0x80 {
		if n, size = binary.Uvarint(b[2:]); size <= 0 {
			return Record{}, false
		}
	}
	r.body = b[2+size:]
	for i := range titleCount {
		r.first += int(r.set >> i & 1)
	}
	if n > uint64(len(r.body)) {
		return Record{}, false
	}
	r.paragraphs = int(n)
	r.codes = (r.first + r.paragraphs) * r.endSize()
	return r, r.codes <= len(r.body)
}

// endSize is how many bytes say where a text ends.
func (r *Record) endSize() int {
	if r.set&wide != 0 {
		return 4
	}
	return 2
}

// end returns where the codes of the first n texts end in body.
func (r *Record) end(n int) int {
	switch {
	case n == 0:
		return r.codes
	case r.set&wide != 0:
		return r.codes + int(binary.LittleEndian.Uint32(r.body[4*(n-1):]))
	}
	return r.codes + int(binary.LittleEndian.Uint16(r.body[2*(n-1):]))
}

// text returns the codes of a text.
func (r *Record) text(n int) ([]byte, bool) {
	start, end := r.end(n), r.end(n+1)
	if start > end || end > len(r.body) {
		return nil, false
	}
	return r.body[start:end], true
}

// Paragraphs returns the number of paragraphs.
func (r *Record) Paragraphs() int { return r.paragraphs }

// The texts of an article that are not of a paragraph.
const (
	Title = iota
	Kicker
	Subtitle
)

// Head returns the codes of title, kicker or subtitle. ok is false if the record is damaged.
func (r *Record) Head(which int) (codes []byte, ok bool) {
	if r.set>>which&1 == 0 {
		return nil, true
	}
	n := 0
	for i := range which {
		n += int(r.set >> i & 1)
	}
	return r.text(n)
}

// Paragraph returns the codes of the text of a paragraph, from 0. ok is false if there is
// none, or the record is damaged.
func (r *Record) Paragraph(n int) (codes []byte, ok bool) {
	if n < 0 || n >= r.paragraphs {
		return nil, false
	}
	return r.text(r.first + n)
}

// Section returns the codes of the heading above a paragraph, from 0. ok is false if there is
// no such paragraph, or the record is damaged.
func (r *Record) Section(n int) (codes []byte, ok bool) {
	if n < 0 || n >= r.paragraphs || r.set&plain != 0 {
		return nil, r.set&plain != 0
	}
	m, ok := r.metadata()
	if !ok {
		return nil, false
	}
	for i := titleCount; i < memberCount; i++ {
		if r.set>>i&1 != 0 {
			m.value(i)
		}
	}
	if r.set&unsure != 0 {
		m.uvarint()
	}
	for !m.bad {
		run := m.uvarint()
		m.string()
		if section := m.string(); uint64(n) < run {
			return section, !m.bad
		}
		n -= int(run)
	}
	return nil, false
}

// metadata returns a reader of what follows the texts.
func (r *Record) metadata() (reader, bool) {
	at := r.end(r.first + r.paragraphs)
	if at > len(r.body) {
		return reader{}, false
	}
	return reader{rest: r.body[at:]}, true
}

// article decodes the record, with the texts of its paragraphs or without. Its paragraphs take
// the place of those in c.
func (r *Record) article(c *collector, texts bool) (a news.Article, ok bool) {
	all := members(&a)
	n := 0
	for i := range titleCount {
		if r.set>>i&1 != 0 {
			codes, ok := r.text(n)
			c.bad = c.bad || !ok
			c.add(all[i], codes)
			n++
		}
	}
	m, ok := r.metadata()
	if !ok {
		return news.Article{}, false
	}
	for i := titleCount; i < memberCount; i++ {
		if r.set>>i&1 != 0 {
			shared, codes := m.value(i)
			c.addValue(all[i], shared, codes)
		}
	}
	switch {
	case r.set&certain != 0:
		a.Confidence = 1
	case r.set&unsure != 0:
		a.Confidence = confidence(m.uvarint())
	}
	a.Paragraphs = c.paragraphs(r.paragraphs)
	if texts && !r.addTexts(c, n, a.Paragraphs) {
		return news.Article{}, false
	}
	r.addKinds(c, &m, a.Paragraphs)
	if c.bad || m.bad || len(m.rest) > 0 {
		return news.Article{}, false
	}
	c.share()
	return a, true
}

// addTexts decodes the texts of paragraphs, which come after first others.
func (r *Record) addTexts(c *collector, first int, paragraphs []news.Paragraph) bool {
	for i := range paragraphs {
		codes, ok := r.text(first + i)
		if !ok {
			return false
		}
		c.add(&paragraphs[i].Text, codes)
	}
	return true
}

// addKinds reads kinds and sections of paragraphs.
func (r *Record) addKinds(c *collector, m *reader, paragraphs []news.Paragraph) {
	if r.set&plain != 0 {
		for i := range paragraphs {
			paragraphs[i].Kind = news.Body
		}
		return
	}
	for at := 0; at < len(paragraphs); {
		n := m.uvarint()
		kind, section := m.string(), m.string()
		if n == 0 || n > uint64(len(paragraphs)-at) {
			m.bad = true
			return
		}
		for i := range n {
			p := &paragraphs[at+int(i)]
			if i == 0 {
				c.add((*string)(&p.Kind), kind)
				c.add(&p.Section, section)
				continue
			}
			c.again((*string)(&p.Kind), 2)
			c.again(&p.Section, 2)
		}
		at += int(n)
	}
}
