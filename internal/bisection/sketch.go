package bisection

import (
	"context"
	"slices"
	"unicode/utf8"
)

// TermMemory is how many bytes a kept term takes.
const TermMemory = 12

const (
	// A term's hash has sampleBits bits that decide whether it is in the sample. Terms with the
	// same other bits are taken for one.
	sampleBits = 10
	// firstSample is the share of terms that are kept at first, as a power of 1/2: a quarter
	// is nearly as good as all (docs/measurements/reordering.md).
	firstSample = 2

	// Terms in fewer than leastTexts texts, or a smaller number of few texts, don't count:
	// their lists are short. Neither do those in more than a tenth of all.
	leastTexts = 64
	leastPart  = 1024
	leastOfFew = 4
	commonPart = 10
)

// Sketch gets texts, one after another, and keeps a sample of the terms of each. It takes at
// most TermMemory bytes for each of them, Order included. It is not safe for concurrent use.
type Sketch struct {
	limit  int
	sample int      // it is 1/2^sample of all terms
	terms  []uint32 // hashes by text
	ends   []int    // by text: the terms of it and those before it
	seen   [seenSlots]seenTerm
}

// seenTerm is a term of a text, whose number is plus 1.
type seenTerm struct{ hash, text uint32 }

// seenSlots is the size of the hash table by which the terms of a text are kept once; those of a
// text with more than half as many are sorted.
const seenSlots = 1 << 11

// NewSketch returns a Sketch of at most limit terms.
func NewSketch(limit int) *Sketch { return &Sketch{limit: limit, sample: firstSample} }

// Add adds a part of the current text: pairs of Han characters, and words of ASCII letters and
// digits.
func (s *Sketch) Add(text string) {
	before := rune(0) // the character before, of a pair
	word := uint64(0) // what was read of a word
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			i++
			before = 0
			switch lower := c | ' '; {
			case lower >= 'a' && lower <= 'z', c >= '0' && c <= '9':
				word = (word + uint64(lower) + 1) * multiplier
			case word != 0:
				s.add(word)
				word = 0
			}
			continue
		}
		r, size := decode(text[i:])
		i += size
		if word != 0 {
			s.add(word)
			word = 0
		}
		if !pairs(r) {
			before = 0
			continue
		}
		if before != 0 {
			s.add(uint64(before)<<32 | uint64(r))
		}
		before = r
	}
	if word != 0 {
		s.add(word)
	}
}

// decode decodes the first character of a text that is not empty.
func decode(s string) (r rune, size int) {
	const firstHan, lastHan, hanSize = 0xE4, 0xE9, 3 // first bytes of nearly all Han characters
	if c := s[0]; c >= firstHan && c <= lastHan && len(s) >= hanSize && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
		return rune(c&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), hanSize
	}
	return utf8.DecodeRuneInString(s)
}

// pairs reports whether a character makes pairs: East Asian ones, from kana to hangul and in the
// higher planes, without punctuation and forms for compatibility.
func pairs(r rune) bool { return r >= 0x3040 && r < 0xE000 || r >= 0x20000 }

// multiplier is an odd number near 2^64 divided by the golden ratio.
const multiplier = 0x9E3779B97F4A7C15

// add adds a term of the current text if it is in the sample.
func (s *Sketch) add(term uint64) {
	x := term * multiplier
	hash := uint32((x ^ x>>32) * multiplier >> 32)
	if hash&(1<<s.sample-1) != 0 || s.isSeen(hash) {
		return
	}
	s.terms = append(s.terms, hash)
}

// isSeen reports whether the current text has a term already, false if it has too many to tell.
func (s *Sketch) isSeen(hash uint32) bool {
	text := uint32(len(s.ends)) + 1
	for i := hash >> sampleBits; ; i++ {
		switch seen := &s.seen[i%seenSlots]; {
		case seen.text != text:
			if !s.hasMany() {
				*seen = seenTerm{hash, text}
			}
			return false
		case seen.hash == hash:
			return true
		}
	}
}

// start returns where the terms of the current text start.
func (s *Sketch) start() int {
	if n := len(s.ends); n > 0 {
		return s.ends[n-1]
	}
	return 0
}

// hasMany reports whether the current text has too many terms for the hash table.
func (s *Sketch) hasMany() bool { return len(s.terms)-s.start() >= seenSlots/2 }

// End ends a text.
func (s *Sketch) End() {
	if s.hasMany() {
		from := s.start()
		text := s.terms[from:]
		slices.Sort(text)
		s.terms = s.terms[:from+len(slices.Compact(text))]
	}
	s.ends = append(s.ends, len(s.terms))
	for len(s.terms) > s.limit && s.sample < sampleBits {
		s.halve()
	}
}

// halve leaves out about half of the terms.
func (s *Sketch) halve() {
	s.sample++
	kept, from := 0, 0
	for i, end := range s.ends {
		for _, hash := range s.terms[from:end] {
			if hash&(1<<s.sample-1) == 0 {
				s.terms[kept] = hash
				kept++
			}
		}
		from, s.ends[i] = end, kept
	}
	s.terms = s.terms[:kept]
}

// Order puts some of the texts, named by their numbers in the order in which they were added, in
// an order with similar ones beside each other. It returns their indexes. The Sketch can't be
// used afterwards. It runs on all cores.
func (s *Sketch) Order(ctx context.Context, texts []int) ([]uint32, error) {
	return s.part(texts).order(ctx)
}

// part makes a part of texts, with those terms that are neither rare nor common.
func (s *Sketch) part(texts []int) *part {
	counts := make([]uint32, 1<<(32-sampleBits))
	for _, n := range texts {
		for _, hash := range s.of(n) {
			counts[hash>>sampleBits]++
		}
	}
	least := uint32(min(max(len(texts)/leastPart, leastOfFew), leastTexts))
	most := uint32(len(texts) / commonPart)
	kinds, total := 0, 0
	number := counts // from 1, by hash, of terms that count
	for hash, n := range counts {
		number[hash] = 0
		if n >= least && n <= most {
			kinds++
			number[hash] = uint32(kinds)
			total += int(n)
		}
	}
	p := newPart(len(texts), total)
	p.kinds = kinds
	for i, n := range texts {
		for _, hash := range s.of(n) {
			if term := number[hash>>sampleBits]; term > 0 {
				p.terms = append(p.terms, term-1)
			}
		}
		p.add(uint32(i))
	}
	s.terms = nil
	return p
}

// of returns the terms of a text.
func (s *Sketch) of(text int) []uint32 {
	from := 0
	if text > 0 {
		from = s.ends[text-1]
	}
	return s.terms[from:s.ends[text]]
}
