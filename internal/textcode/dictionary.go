package textcode

import (
	"encoding/binary"
	"errors"
	"slices"
)

const (
	// MaxString is the length in bytes of the longest string of a dictionary, which are 8
	// Han characters.
	MaxString = 24
	// maxLeads is how many first bytes are followed by a second one: with more strings,
	// there would be too few codes of one byte for the commonest.
	maxLeads = 192
	// MaxStrings is how many strings a dictionary has at most.
	MaxStrings = 256 + maxLeads*255

	bytesAlone = 256 // all single bytes are strings
)

// Dictionary has the strings that codes stand for, the commonest first. The first ones have a
// code of one byte, the others of two. It is safe for concurrent use.
type Dictionary struct {
	slots []slot
	alone int // how many have a code of one byte
}

// slot is a string, with room behind it so that all can be copied in one piece.
// It has 32 bytes, so that none is in two cache lines.
type slot struct {
	text   [MaxString]byte
	length uint8
	mark   uint8
	_      [6]byte
}

func (s *slot) bytes() []byte { return s.text[:s.length] }

// newDictionary returns a dictionary without strings in n slots.
func newDictionary(n int) *Dictionary {
	leads := (n - bytesAlone + 254) / 255
	return &Dictionary{slots: make([]slot, n), alone: 256 - leads}
}

func (d *Dictionary) set(i int, text []byte) {
	s := &d.slots[i]
	s.length = uint8(copy(s.text[:], text))
}

// Len returns the number of strings.
func (d *Dictionary) Len() int { return len(d.slots) }

// Bytes returns a string, which must not be changed.
func (d *Dictionary) Bytes(i int) []byte { return d.slots[i].bytes() }

// Map returns a dictionary with other strings of at most MaxString bytes for the same codes,
// and a mark for each.
func (d *Dictionary) Map(to func(text []byte) (string, uint8)) *Dictionary {
	m := newDictionary(d.Len())
	for i := range d.slots {
		text, mark := to(d.Bytes(i))
		m.set(i, []byte(text))
		m.slots[i].mark = mark
	}
	return m
}

// Next returns the number of the string that codes begin with and the length of its code, 0 if
// there is none.
func (d *Dictionary) Next(codes []byte) (i, size int) {
	if len(codes) == 0 {
		return 0, 0
	}
	i = int(codes[0])
	if i < d.alone {
		return i, 1
	}
	if len(codes) == 1 {
		return 0, 0
	}
	if i = d.alone + (i-d.alone)<<8 + int(codes[1]); i >= len(d.slots) {
		return 0, 0
	}
	return i, 2
}

// Prefix returns those of valid codes that stand for the first n bytes of their text or more.
func (d *Dictionary) Prefix(codes []byte, n int) []byte {
	if n >= len(codes)*MaxString {
		return codes
	}
	at := 0
	for n > 0 && at < len(codes) {
		i, size := d.Next(codes[at:])
		if size == 0 {
			return codes
		}
		at += size
		n -= int(d.slots[i].length)
	}
	return codes[:at]
}

// chunk is how many bytes of codes are decoded before more room is made.
const chunk = 512

// Append appends the text that codes stand for. It reports whether they are valid.
func (d *Dictionary) Append(to, codes []byte) (text []byte, ok bool) {
	text, _, ok = d.AppendMarked(to, codes)
	return text, ok
}

// AppendMarked is Append, and returns the marks of all strings of the text, united bit by bit.
func (d *Dictionary) AppendMarked(to, codes []byte) (text []byte, marks uint8, ok bool) {
	for {
		part := codes[:min(chunk, len(codes))]
		to = slices.Grow(to, (len(part)+1)*MaxString)
		n, taken, more := d.decode(to[len(to):cap(to)], part)
		to, marks = to[:len(to)+n], marks|more
		if codes = codes[taken:]; len(codes) == 0 {
			return to, marks, true
		}
		if taken == 0 {
			return to, marks, false
		}
	}
}

// decode decodes codes until they end, one is invalid or cut off, or less than MaxString bytes
// of out are left.
func (d *Dictionary) decode(out, codes []byte) (n, taken int, marks uint8) {
	slots, alone := d.slots, d.alone
	i := 0
	for i < len(codes) {
		c, size := int(codes[i]), 1
		if c >= alone {
			if i+1 == len(codes) {
				return n, i, marks
			}
			c, size = alone+(c-alone)<<8+int(codes[i+1]), 2
		}
		if c >= len(slots) || len(out)-n < MaxString {
			return n, i, marks
		}
		s := &slots[c]
		*(*[MaxString]byte)(out[n:]) = s.text
		n += int(s.length)
		marks |= s.mark
		i += size
	}
	return n, i, marks
}

var errDictionary = errors.New("its dictionary is invalid")

// AppendTo appends the dictionary as Parse reads it: the number of strings u32, their lengths,
// u8 each, and the strings.
func (d *Dictionary) AppendTo(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(d.Len()))
	for i := range d.slots {
		b = append(b, d.slots[i].length)
	}
	for i := range d.slots {
		b = append(b, d.Bytes(i)...)
	}
	return b
}

// Parse reads what AppendTo wrote.
func Parse(b []byte) (*Dictionary, error) {
	if len(b) < 4 {
		return nil, errDictionary
	}
	n := binary.LittleEndian.Uint32(b)
	if n < bytesAlone || n > MaxStrings || int(n) > len(b)-4 {
		return nil, errDictionary
	}
	lengths, text := b[4:4+n], b[4+n:]
	d := newDictionary(int(n))
	for i, length := range lengths {
		if length == 0 || length > MaxString || int(length) > len(text) {
			return nil, errDictionary
		}
		d.set(i, text[:length])
		text = text[length:]
	}
	if len(text) > 0 {
		return nil, errDictionary
	}
	return d, nil
}
