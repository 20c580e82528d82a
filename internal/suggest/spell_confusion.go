package suggest

import (
	"slices"
	"sync/atomic"
)

// confusion knows which characters of a lexicon are confused with one another.
type confusion struct {
	bySyllable map[string]*syllable // without tone
	spoken     [][]spoken           // by character: its readings
	shapes     []shape              // by character

	// alike has by character those that look like it, once they were asked for:
	// comparing one with all others takes 0.1 ms.
	alike []atomic.Pointer[[]alike]
}

// syllable is one without tone.
type syllable struct {
	homophones []homophone
	near       []*syllable // those that sound similar
}

// homophone is a character that may be read as a given syllable.
type homophone struct {
	char  uint16
	tone  uint8
	usual bool // it is the usual reading of the character
}

// spoken is a reading of a character.
type spoken struct {
	*syllable
	tone int
}

// alike is a character, by index, that looks like another, with the log probability
// that one is written for the other.
type alike struct {
	char uint16
	log  float64
}

func newConfusion(l *Lexicon) *confusion {
	c := &confusion{
		bySyllable: map[string]*syllable{},
		spoken:     make([][]spoken, len(l.chars)),
		shapes:     make([]shape, len(l.chars)),
		alike:      make([]atomic.Pointer[[]alike], len(l.chars)),
	}
	for i, r := range l.chars {
		c.shapes[i] = newShape(glyphOf(r))
		for k, reading := range readings(r) {
			s := c.bySyllable[reading.syllable]
			if s == nil {
				s = &syllable{}
				c.bySyllable[reading.syllable] = s
			}
			s.homophones = append(s.homophones, homophone{uint16(i), uint8(reading.tone), k == 0})
			c.spoken[i] = append(c.spoken[i], spoken{s, reading.tone})
		}
	}
	for name, s := range c.bySyllable {
		s.near = c.nearTo(name)
	}
	return c
}

func (c *confusion) nearTo(name string) []*syllable {
	var out []*syllable
	for _, near := range nearSyllables(name) {
		if s := c.bySyllable[near]; s != nil {
			out = append(out, s)
		}
	}
	return out
}

// readings returns the readings of a character with its index, -1 for none.
func (c *confusion) readings(r rune, char int) []spoken {
	if char >= 0 {
		return c.spoken[char]
	}
	var out []spoken
	for _, reading := range readings(r) {
		s := c.bySyllable[reading.syllable]
		if s == nil {
			s = &syllable{near: c.nearTo(reading.syllable)}
		}
		out = append(out, spoken{s, reading.tone})
	}
	return out
}

// Log probabilities, up to a constant, that one character is written for
// another: most mistakes are made with an input method that takes syllables
// without tones and offers the characters with that usual reading first.
const (
	toneDifference = -0.5
	nearSyllable   = -2 // zh for z, in for ing
	unusualReading = -3 // of either character

	minSimilarity = 0.7 // of two glyphs
	shapeSlope    = 8   // times 1 - similarity
)

// soundsLike calls visit with the characters, by index, that sound like r or
// nearly so, with the log probability that r is written for them. A character
// may be visited more than once. r has an index too, -1 for none.
func (c *confusion) soundsLike(r rune, index int, visit func(char int, log float64)) {
	for k, reading := range c.readings(r, index) {
		typed := homophone{usual: k == 0}.logReading()
		for _, h := range reading.homophones {
			log := typed + h.logReading()
			if int(h.tone) != reading.tone {
				log += toneDifference
			}
			visit(int(h.char), log)
		}
		for _, near := range reading.near {
			for _, h := range near.homophones {
				visit(int(h.char), typed+h.logReading()+nearSyllable)
			}
		}
	}
}

func (h homophone) logReading() float64 {
	if h.usual {
		return 0
	}
	return unusualReading
}

// looksLike returns the characters that look like r, which has an index too, -1 for none.
func (c *confusion) looksLike(r rune, index int) []alike {
	if index < 0 {
		return c.findAlike(r, index)
	}
	found := c.alike[index].Load()
	if found == nil {
		list := c.findAlike(r, index)
		found = &list
		c.alike[index].Store(found)
	}
	return *found
}

func (c *confusion) findAlike(r rune, index int) []alike {
	var out []alike
	typed := newMatcher(glyphOf(r))
	for char := range c.shapes {
		if char == index || !typed.mayMatch(&c.shapes[char]) {
			continue
		}
		if similarity := typed.similarity(&c.shapes[char]); similarity >= minSimilarity {
			out = append(out, alike{uint16(char), -shapeSlope * (1 - similarity)})
		}
	}
	return slices.Clip(out)
}
