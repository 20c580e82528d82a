package record

import (
	"encoding/binary"
	"errors"
	"math"

	"xunwen/internal/news"
)

var errCorrupt = errors.New("record is damaged")

// members lists an article's strings in their order on disk.
func members(a *news.Article) []*string {
	return []*string{&a.ID, &a.File, &a.Publication, &a.Date, &a.Page, &a.PageName,
		&a.Title, &a.Kicker, &a.Subtitle, &a.Byline, &a.Source, &a.URL}
}

// encode appends the record of a to b.
func encode(b []byte, a *news.Article) []byte {
	for _, s := range members(a) {
		b = appendString(b, *s)
	}
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(a.Confidence))
	b = binary.AppendUvarint(b, uint64(len(a.Paragraphs)))
	for _, p := range a.Paragraphs {
		b = appendString(b, string(p.Kind))
		b = appendString(b, p.Section)
		b = appendString(b, p.Text)
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// decode decodes a record; the strings of the article share memory with s.
func decode(s string) (news.Article, error) {
	var a news.Article
	d := decoder{rest: s}
	for _, m := range members(&a) {
		*m = d.string()
	}
	a.Confidence = math.Float64frombits(d.uint64())
	n := d.uvarint()
	if d.bad || n > uint64(len(d.rest)) { // a paragraph takes at least one byte
		return news.Article{}, errCorrupt
	}
	a.Paragraphs = make([]news.Paragraph, n)
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		p.Kind, p.Section, p.Text = news.Kind(d.string()), d.string(), d.string()
	}
	if d.bad || d.rest != "" {
		return news.Article{}, errCorrupt
	}
	return a, nil
}

// decoder reads values from the front of rest; bad is set once one is
// incomplete.
type decoder struct {
	rest string
	bad  bool
}

func (d *decoder) uvarint() uint64 {
	var x uint64
	for shift := 0; shift < 64; shift += 7 {
		if d.rest == "" {
			break
		}
		c := d.rest[0]
		d.rest = d.rest[1:]
		x |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return x
		}
	}
	d.bad = true
	return 0
}

func (d *decoder) string() string {
	n := d.uvarint()
	if n > uint64(len(d.rest)) {
		d.bad = true
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) uint64() uint64 {
	if len(d.rest) < 8 {
		d.bad = true
		return 0
	}
	var x uint64
	for i := 7; i >= 0; i-- {
		x = x<<8 | uint64(d.rest[i])
	}
	d.rest = d.rest[8:]
	return x
}
