package suggest

import (
	"math/bits"
	"unicode/utf8"
)

// minedWords numbers words in the order in which it gets them. Words of up to 16 bytes, nearly
// all, are their own keys in a hash table with linear probing. Before that is a small one
// without probing, which the cache of a processor keeps.
type minedWords struct {
	recent [recentWords]wordSlot // by a part of the hash, the last word that was found
	slots  []wordSlot
	shift  int
	long   map[string]uint32
	text   []byte
	list   []minedWord // by number
}

// wordSlot has the number of a word, plus 1; 0 is a free slot.
type wordSlot struct {
	key    wordKey
	number uint32
	flags  wordFlags
}

// minedWord is a word and what is known of it.
type minedWord struct {
	hash  uint64 // textHash
	start uint32 // in text
	bytes uint8
	runes uint8
	flags wordFlags
}

// wordFlags say what matters of a word.
type wordFlags uint8

const (
	isStopWord wordFlags = 1 << iota
	isParticle
	isDictionaryWord
	hasHanCharacter
	beginsWithDigit
	isSingle    // a single character
	isAmbiguous // by Spelling
	mayBeSpelt  // in another way than the dictionary tells
)

// mayBegin reports whether a compound may begin with a word.
func (f wordFlags) mayBegin() bool { return f&(isStopWord|beginsWithDigit) == 0 }

// wordKey is the bytes of a word, padded with zeros, which no word has.
type wordKey struct{ a, b uint64 }

// keySize is the length of the longest word that has a key.
const keySize = 16

// keyOf returns the key of text[start:end], which is not longer than keySize.
func keyOf(text string, start, end int) wordKey {
	n := end - start
	switch {
	case n > 8:
		return wordKey{load8(text[start:]), load8(text[end-8:]) >> (8 * uint(keySize-n))}
	case start+8 <= len(text):
		return wordKey{a: load8(text[start:]) << (8 * uint(8-n))}
	case end >= 8:
		return wordKey{a: load8(text[end-8:]) >> (8 * uint(8-n)) << (8 * uint(8-n))}
	}
	a := uint64(0)
	for i := range n {
		a |= uint64(text[start+i]) << (8 * uint(8-n+i))
	}
	return wordKey{a: a}
}

// load8 returns the first eight bytes of s in little endian.
func load8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func (k wordKey) hash() uint64 {
	high, low := bits.Mul64(k.a^0x9E3779B97F4A7C15, k.b^0xD6E8FEB86659FD93) // as in wyhash
	return high ^ low
}

const leastSlots = 1 << 10

func newMinedWords() minedWords {
	return minedWords{
		slots: make([]wordSlot, leastSlots), shift: 64 - bits.TrailingZeros(leastSlots), long: map[string]uint32{},
	}
}

// recentWords is how many words are found without the large table: nearly all that a text has.
const recentWords = 1 << 13

// recentSlot returns the slot of recent for a hash.
func (w *minedWords) recentSlot(hash uint64) *wordSlot { return &w.recent[hash%recentWords] }

// find returns the number and the flags of a word, false if it has none. Those of more than
// keySize bytes have no key and hash.
func (w *minedWords) find(word string, k wordKey, hash uint64) (number uint32, flags wordFlags, ok bool) {
	if len(word) > keySize {
		n, ok := w.long[word]
		if !ok {
			return 0, 0, false
		}
		return n, w.list[n].flags, true
	}
	s := w.slot(k, hash)
	if s.number == 0 {
		return 0, 0, false
	}
	*w.recentSlot(hash) = *s
	return s.number - 1, s.flags, true
}

// look is find for a word by itself.
func (w *minedWords) look(word string) (number uint32, flags wordFlags, ok bool) {
	var k wordKey
	if len(word) <= keySize {
		k = keyOf(word, 0, len(word))
	}
	return w.find(word, k, k.hash())
}

// slot returns the slot of a key with a hash, or the free one for it.
func (w *minedWords) slot(k wordKey, hash uint64) *wordSlot {
	for i := hash >> w.shift; ; i++ {
		s := &w.slots[i&uint64(len(w.slots)-1)]
		if s.number == 0 || s.key == k {
			return s
		}
	}
}

// add gives a word, which has none, the next number.
func (w *minedWords) add(word string, flags wordFlags) uint32 {
	n := uint32(len(w.list))
	w.list = append(w.list, minedWord{
		textHash(word), uint32(len(w.text)), uint8(len(word)), uint8(utf8.RuneCountInString(word)), flags,
	})
	w.text = append(w.text, word...)
	if len(word) > keySize {
		w.long[string(w.word(n))] = n
		return n
	}
	if 3*len(w.list) > 2*len(w.slots) {
		w.grow()
	}
	k := keyOf(word, 0, len(word))
	*w.slot(k, k.hash()) = wordSlot{k, n + 1, flags}
	return n
}

func (w *minedWords) grow() {
	before := w.slots
	w.slots, w.shift = make([]wordSlot, 2*len(before)), w.shift-1
	for _, s := range before {
		if s.number != 0 {
			*w.slot(s.key, s.key.hash()) = s
		}
	}
}

// word returns the word with a number.
func (w *minedWords) word(n uint32) []byte {
	m := &w.list[n]
	return w.text[m.start:][:m.bytes]
}

// textHash is a polynomial of the bytes of a text, so that the hash of two texts after each
// other follows from theirs: see appendHash.
func textHash(text string) uint64 {
	h := uint64(0)
	for i := range len(text) {
		h = h*hashBase + uint64(text[i]) + 1
	}
	return h
}

const hashBase = 0x9E3779B97F4A7C15 // odd, so that no bit is lost

// appendHash returns the hash of a text with hash h and a word after it.
func appendHash(h uint64, word *minedWord) uint64 { return h*hashPowers[word.bytes] + word.hash }

// hashPowers are the powers of hashBase.
var hashPowers = func() (powers [256]uint64) {
	p := uint64(1)
	for i := range powers {
		powers[i] = p
		p *= hashBase
	}
	return powers
}()

// mixHash spreads a hash over all bits.
func mixHash(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	return h ^ h>>29
}
