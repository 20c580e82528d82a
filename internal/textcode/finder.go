package textcode

import "bytes"

// The characters that an Index knows: the common Han characters, of 3 bytes each.
const (
	firstIndexed, lastIndexed = 0x4E00, 0x9FFF

	indexedSize = 3
)

// MaxSought is the length in bytes of the longest phrase that a Finder finds.
const MaxSought = 48

// Index knows which strings of a dictionary have a Han character. It is safe for concurrent use.
type Index struct {
	dictionary *Dictionary
	ends       []uint32 // of the strings of each character
	strings    []uint16

	flags []uint8 // by string
}

// Marks are the marks by which an Index knows strings that don't say what texts with them
// contain.
type Marks struct {
	Unknown uint8 // any text
	Blanks  uint8 // white space that may not count
	Signs   uint8 // signs that others, and white space, may change or take away
	Stops   uint8 // signs that others of their kind next to them change
}

// NewIndex indexes a dictionary.
func NewIndex(d *Dictionary, m Marks) *Index {
	x := &Index{
		dictionary: d, ends: make([]uint32, lastIndexed-firstIndexed+2), flags: make([]uint8, d.Len()),
	}
	n := uint32(0)
	x.each(func(at, _ int) { x.ends[at+1]++; n++ })
	for i := range x.ends[1:] {
		x.ends[i+1] += x.ends[i]
	}
	x.strings = make([]uint16, n)
	x.each(func(at, i int) { // ends are where the strings begin until they are there
		x.strings[x.ends[at]] = uint16(i)
		x.ends[at]++
	})
	for i := range d.slots {
		x.flags[i] = m.flags(&d.slots[i])
	}
	return x
}

// flags returns what the mark of a string says.
func (m Marks) flags(s *slot) (flags uint8) {
	if s.mark&(m.Unknown|m.Blanks) != 0 || s.length == 0 {
		flags |= flagDoubt
	}
	if s.length == 0 {
		flags |= flagEmpty
	}
	if s.mark&m.Stops != 0 {
		flags |= flagStops
	}
	if s.mark&m.Unknown != 0 {
		flags |= flagUnknown
	}
	if s.mark&m.Signs != 0 {
		flags |= flagSigns
	}
	return flags
}

// each calls visit for each character that is indexed, by its place, and string with it; a
// string with it twice may be visited twice.
func (x *Index) each(visit func(at, i int)) {
	for i := range x.dictionary.slots {
		for _, r := range string(x.dictionary.Bytes(i)) {
			if r >= firstIndexed && r <= lastIndexed {
				visit(int(r)-firstIndexed, i)
			}
		}
	}
}

// with returns the strings with a character.
func (x *Index) with(r rune) []uint16 {
	at, from := int(r)-firstIndexed, uint32(0)
	if at > 0 {
		from = x.ends[at-1]
	}
	return x.strings[from:x.ends[at]]
}

// rarest returns where in a phrase the character is that fewest strings have, and these; -1 if
// none is indexed.
func (x *Index) rarest(phrase string) (at int, with []uint16) {
	at = -1
	for i, r := range phrase {
		if r < firstIndexed || r > lastIndexed {
			continue
		}
		if w := x.with(r); at < 0 || len(w) < len(with) {
			at, with = i, w
		}
	}
	return at, with
}

// Finder finds a phrase in texts by their codes, of which it decodes few: those around the
// strings with one of its characters, the one that fewest strings have. It isn't safe for
// concurrent use.
type Finder struct {
	dictionary *Dictionary
	phrase     []byte
	at         int     // of the character in phrase
	flags      []uint8 // by string

	starts [maxBefore]int // of the last codes, by their number
	text   []byte
}

const (
	flagDoubt = 1 << iota // unknown or with white space, or empty
	flagPiece             // with the character, and around it nothing but what the phrase has there
	flagUnknown
	flagSigns
	flagEmpty
	flagStops

	maxBefore = 16 // MaxSought / indexedSize, a power of 2
)

// Finder returns a Finder of a phrase, nil if it is too long or has no character that is
// indexed.
func (x *Index) Finder(phrase string) *Finder {
	if len(phrase) > MaxSought {
		return nil
	}
	at, pieces := x.rarest(phrase)
	if at < 0 {
		return nil
	}
	f := &Finder{
		dictionary: x.dictionary, phrase: []byte(phrase), at: at, flags: bytes.Clone(x.flags),
	}
	for _, i := range pieces {
		if f.fits(x.dictionary.Bytes(int(i))) {
			f.flags[i] |= flagPiece
		}
	}
	return f
}

// fits reports whether a text with the phrase may have the string where the character is.
func (f *Finder) fits(s []byte) bool {
	char := f.phrase[f.at : f.at+indexedSize]
	for i := 0; i+indexedSize <= len(s); i++ {
		if !bytes.HasPrefix(s[i:], char) {
			continue
		}
		before, after := min(i, f.at), min(len(s)-i, len(f.phrase)-f.at)
		if bytes.Equal(s[i-before:i+after], f.phrase[f.at-before:f.at+after]) {
			return true
		}
	}
	return false
}

// In reports whether the text that codes stand for contains the phrase. It isn't sure if the
// text has doubtful strings, or codes are invalid.
func (f *Finder) In(codes []byte) (found, sure bool) {
	alone, flags, doubt := f.dictionary.alone, f.flags, uint8(0)
	for i, n := 0, 0; i < len(codes); n++ {
		c, size := int(codes[i]), 1
		if c >= alone {
			if i+1 == len(codes) {
				return false, false
			}
			c, size = alone+(c-alone)<<8+int(codes[i+1]), 2
		}
		if c >= len(flags) {
			return false, false
		}
		f.starts[n%maxBefore] = i
		if flag := flags[c]; flag != 0 {
			doubt |= flag & flagDoubt
			if flag&flagPiece != 0 && f.around(codes, n) {
				return true, true
			}
		}
		i += size
	}
	return false, doubt == 0
}

// around reports whether the phrase is in the text around code n, without doubtful strings.
func (f *Finder) around(codes []byte, n int) bool {
	first, before := n, 0
	for first > 0 && n-first < maxBefore-1 && before < f.at {
		first--
		i, _ := f.dictionary.Next(codes[f.starts[first%maxBefore]:])
		before += int(f.dictionary.slots[i].length)
	}
	f.text = f.text[:0]
	at, own := f.starts[n%maxBefore], -1 // the end of the code's string
	for rest := codes[f.starts[first%maxBefore]:]; own < 0 || len(f.text)-own < len(f.phrase)-f.at-indexedSize; {
		i, size := f.dictionary.Next(rest)
		if size == 0 {
			break
		}
		if f.flags[i]&flagDoubt != 0 {
			return false
		}
		f.text = append(f.text, f.dictionary.Bytes(i)...)
		if own < 0 && len(codes)-len(rest) == at {
			own = len(f.text)
		}
		rest = rest[size:]
	}
	return bytes.Contains(f.text, f.phrase)
}
