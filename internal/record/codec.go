package record

import (
	"encoding/binary"
	"errors"
	"math"
	"unsafe"

	"xunwen/internal/news"
)

// ErrDamaged is wrapped by the errors for records that can't be as they were written.
var ErrDamaged = errors.New("record is damaged")

// members lists an article's strings in their order on disk.
func members(a *news.Article) []*string {
	return []*string{&a.ID, &a.File, &a.Publication, &a.Date, &a.Page, &a.PageName,
		&a.Title, &a.Kicker, &a.Subtitle, &a.Byline, &a.Source, &a.URL}
}

// encode appends the record of a to b.
func encode(b []byte, a *news.Article) []byte {
	b = binary.AppendUvarint(b, uint64(size(a)))
	for _, s := range members(a) {
		b = appendString(b, *s)
	}
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(a.Confidence))
	b = binary.AppendUvarint(b, uint64(len(a.Paragraphs)))
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		b = appendString(b, string(p.Kind))
		b = appendString(b, p.Section)
		b = appendString(b, p.Text)
	}
	return b
}

// size returns the bytes of all strings of an article.
func size(a *news.Article) int {
	n := 0
	for _, s := range members(a) {
		n += len(*s)
	}
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		n += len(p.Kind) + len(p.Section) + len(p.Text)
	}
	return n
}

func appendString(b []byte, s string) []byte {
	return appendCoded(binary.AppendUvarint(b, uint64(len(s))), s)
}

// decode decodes a record; the strings of the article share one piece of memory.
func decode(s string) (news.Article, error) {
	var a news.Article
	d := decoder{rest: s}
	size := d.uvarint()
	if d.bad || size > maxGrowth*uint64(len(d.rest)) {
		return news.Article{}, ErrDamaged
	}
	d.out = make([]byte, size+slack)
	for _, m := range members(&a) {
		*m = d.string()
	}
	a.Confidence = math.Float64frombits(d.uint64())
	n := d.uvarint()
	if d.bad || n > uint64(len(d.rest)) { // a paragraph takes at least one byte
		return news.Article{}, ErrDamaged
	}
	a.Paragraphs = make([]news.Paragraph, n)
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		p.Kind, p.Section, p.Text = news.Kind(d.string()), d.string(), d.string()
	}
	if d.bad || d.rest != "" || len(d.out) != slack {
		return news.Article{}, ErrDamaged
	}
	return a, nil
}

// decoder reads values from the front of rest, and strings into the front of out; bad is
// set once one is incomplete.
type decoder struct {
	rest string
	out  []byte // with slack more bytes
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
	if d.bad || n > uint64(len(d.out)-slack) {
		d.bad = true
		return ""
	}
	taken, ok := decodeCoded(d.out[:n+slack], d.rest)
	if !ok {
		d.bad = true
		return ""
	}
	s := unsafe.String(unsafe.SliceData(d.out), n) // only what follows it is written to
	d.rest, d.out = d.rest[taken:], d.out[n:]
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
