package record

import (
	"encoding/binary"
	"math"
	"math/bits"

	"xunwen/internal/news"
	"xunwen/internal/textcode"
)

// members lists an article's strings in their order on disk: first those that are texts.
func members(a *news.Article) [memberCount]*string {
	return [...]*string{&a.Title, &a.Kicker, &a.Subtitle,
		&a.ID, &a.File, &a.Publication, &a.Date, &a.Page, &a.PageName, &a.Byline, &a.Source, &a.URL}
}

const (
	memberCount = 12
	titleCount  = 3 // how many of them are texts
	memberID    = 3
	memberURL   = 11
)

// Bits of a record that are not of a member.
const (
	wide    = 1 << (memberCount + iota) // ends of texts have 32 bits
	unsure                              // there is a confidence that is neither 0 nor 1
	plain                               // all paragraphs are of the body, without a section
	certain                             // the confidence is 1
)

// draft is a record before its strings are coded: uvarints and strings as they are.
type draft []byte

// appendDraft appends the draft of an article.
func appendDraft(b draft, a *news.Article) draft {
	for _, s := range members(a) {
		b = appendString(b, *s)
	}
	b = binary.AppendUvarint(b, confidenceBits(a.Confidence))
	b = binary.AppendUvarint(b, uint64(len(a.Paragraphs)))
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		b = appendString(b, p.Text)
		b = appendString(b, string(p.Kind))
		b = appendString(b, p.Section)
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// confidenceBits returns a number for a float64, which is small for those with few digits.
func confidenceBits(c float64) uint64 { return bits.ReverseBytes64(math.Float64bits(c)) }

func confidence(b uint64) float64 { return math.Float64frombits(bits.ReverseBytes64(b)) }

// eachString calls visit for the strings of a draft and returns what follows it.
func (d draft) eachString(visit func(s []byte)) (rest draft) {
	r := reader{rest: d}
	for range memberCount {
		visit(r.string())
	}
	r.uvarint()
	for range 3 * r.uvarint() {
		visit(r.string())
	}
	return r.rest
}

// coder makes records of drafts whose texts are coded.
type coder struct {
	encoder *textcode.Encoder
	shared  *sharing
	texts   texts  // of the next drafts
	ends    []int  // of texts in codes
	codes   []byte // of texts
	meta    []byte
	record  []byte
	scratch []byte
}

// encode appends the record of a draft to b, and returns what follows the draft.
func (c *coder) encode(b []byte, d draft) (out []byte, rest draft) {
	r := reader{rest: d}
	var set uint16
	c.ends, c.codes, c.meta = c.ends[:0], c.codes[:0], c.meta[:0]
	for i := range memberCount {
		s := r.string()
		if len(s) == 0 {
			continue
		}
		set |= 1 << i
		if i < titleCount {
			c.addText()
		} else {
			c.meta = c.appendValue(c.meta, i, s)
		}
	}
	switch sure := r.uvarint(); sure {
	case confidenceBits(0):
	case confidenceBits(1):
		set |= certain
	default:
		set |= unsure
		c.meta = binary.AppendUvarint(c.meta, sure)
	}
	paragraphs := r.uvarint()
	runs := len(c.meta)
	if c.addParagraphs(&r, paragraphs) {
		set |= plain
		c.meta = c.meta[:runs]
	}
	if len(c.codes) > math.MaxUint16 {
		set |= wide
	}
	c.record = binary.LittleEndian.AppendUint16(c.record[:0], set)
	c.record = binary.AppendUvarint(c.record, paragraphs)
	for _, end := range c.ends {
		if set&wide == 0 {
			c.record = binary.LittleEndian.AppendUint16(c.record, uint16(end))
		} else {
			c.record = binary.LittleEndian.AppendUint32(c.record, uint32(end))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(c.record)+len(c.codes)+len(c.meta)))
	b = append(append(append(b, c.record...), c.codes...), c.meta...)
	return b, r.rest
}

// addParagraphs adds texts to codes, and runs of kinds and sections to meta. It reports
// whether all paragraphs are of the body, without a section.
func (c *coder) addParagraphs(r *reader, n uint64) (isPlain bool) {
	isPlain = true
	var kind, section []byte // of the run
	length := uint64(0)
	endRun := func() {
		if length > 0 {
			c.meta = binary.AppendUvarint(c.meta, length)
			c.meta = c.appendCoded(c.meta, kind)
			c.meta = c.appendCoded(c.meta, section)
		}
		length = 0
	}
	for range n {
		r.string()
		c.addText()
		k, s := r.string(), r.string()
		isPlain = isPlain && string(k) == string(news.Body) && len(s) == 0
		if string(k) != string(kind) || string(s) != string(section) {
			endRun()
			kind, section = k, s
		}
		length++
	}
	endRun()
	return isPlain
}

// addText adds the next text.
func (c *coder) addText() {
	c.codes = append(c.codes, c.texts.next()...)
	c.ends = append(c.ends, len(c.codes))
}

func (c *coder) appendCoded(b []byte, s []byte) []byte {
	c.scratch = c.encoder.Append(c.scratch[:0], s)
	return append(binary.AppendUvarint(b, uint64(len(c.scratch))), c.scratch...)
}

// reader reads values from the front of rest; bad is set once one is incomplete.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) uvarint() uint64 {
	x, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[n:]
	return x
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.bad, r.rest = true, nil
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// string returns bytes with their number before them.
func (r *reader) string() []byte { return r.bytes(r.uvarint()) }
