package textcode

import (
	"bytes"
	"cmp"
	"slices"
)

const (
	// bytesPerPair is how many bytes of a sample there are for each time that two strings
	// must follow one another to become one: with 8 MB of news, that makes some 70,000
	// strings, of which the commonest are kept. Measured in
	// docs/measurements/building.md.
	bytesPerPair = 1_400_000
	leastPairs   = 2
	// maxLearned is how many strings are made before the rarest ones are left out.
	maxLearned = MaxStrings * 3 / 2
)

// trainer makes a dictionary. Its strings are numbered in the order in which they were added;
// the first 256 are the single bytes.
type trainer struct {
	strings *trie
	texts   [][]byte
	counts  []int // by string
	pairs   pairCounts
	often   uint32
}

// Train makes a dictionary for a sample of texts and for times as many in all, the sample
// included. It keeps no reference to them.
func Train(sample [][]byte, times int) *Dictionary {
	size := 0
	for _, text := range sample {
		size += len(text)
	}
	t := &trainer{often: uint32(max(leastPairs, size/bytesPerPair))}
	for i := range bytesAlone {
		t.texts = append(t.texts, []byte{byte(i)})
	}
	t.number()
	t.pairs.limit = maxPairs
	t.pairs.resize(1<<12, 1)
	for _, text := range sample {
		t.learn(text)
	}
	t.pairs = pairCounts{}
	for range 2 { // what is left out makes others more frequent
		t.count(sample)
		t.keep(times)
	}
	d := newDictionary(len(t.texts))
	for i, text := range t.texts {
		d.set(i, text)
	}
	return d
}

// number numbers the strings of t.texts.
func (t *trainer) number() {
	t.strings = newTrie(len(t.texts))
	for i, text := range t.texts {
		if _, size := character(text); size > 0 {
			t.strings.add(text, int32(i))
		}
	}
}

// learn adds the characters of a text, and strings that are made of two that often follow one
// another.
func (t *trainer) learn(text []byte) {
	last, start := int32(none), 0
	for at := 0; at < len(text); {
		number, n := t.strings.longest(text[at:])
		if number == none {
			if _, n = character(text[at:]); n == 0 { // a byte that is in no character
				last = none
				at++
				continue
			}
			if number = t.add(text[at : at+n]); number == none {
				return
			}
		}
		end := at + n
		if last != none && end-start <= MaxString && t.pairs.add(last, number) >= t.often && len(t.texts) < maxLearned {
			last = t.add(text[start:end])
		} else {
			last, start = number, at
		}
		at = end
	}
}

// add adds a string and returns its number, none if there is no room.
func (t *trainer) add(text []byte) int32 {
	number := t.strings.add(text, int32(len(t.texts)))
	if int(number) == len(t.texts) {
		t.texts = append(t.texts, text)
	}
	return number
}

// count counts how often strings are used for a sample.
func (t *trainer) count(sample [][]byte) {
	alone := [bytesAlone]int{}
	t.counts = make([]int, len(t.texts))
	for _, text := range sample {
		for len(text) > 0 {
			number, n := t.strings.longest(text)
			if number == none {
				alone[text[0]]++
				n = 1
			} else {
				t.counts[number]++
			}
			text = text[n:]
		}
	}
	for i, text := range t.texts {
		if len(text) == 1 {
			t.counts[i] += alone[text[0]]
		}
	}
}

// keep leaves out the strings that don't pay for their place in the dictionary, and those that
// save the least if they are too many. It sorts the others by their frequency.
func (t *trainer) keep(times int) {
	type used struct {
		text         []byte
		count, saves int
	}
	var all []used
	for i, text := range t.texts {
		u := used{text, t.counts[i], t.counts[i] * saved(text)}
		switch {
		case len(text) == 1:
			u.saves = always
		case times > 1 && isCharacter(text):
			u.saves = always - 1 // the rest may have it next to others
		}
		if u.saves > (1+len(text))/times {
			all = append(all, u)
		}
	}
	byCount := func(a, b used) int { return cmp.Or(b.count-a.count, bytes.Compare(a.text, b.text)) }
	slices.SortFunc(all, func(a, b used) int { return cmp.Or(b.saves-a.saves, byCount(a, b)) })
	all = all[:min(len(all), MaxStrings)]
	slices.SortFunc(all, byCount)
	t.texts = t.texts[:0]
	for _, u := range all {
		t.texts = append(t.texts, u.text)
	}
	t.number()
}

// always is what strings save that stay whatever they do.
const always = 1 << 60

// isCharacter reports whether a string is one character, or a single byte.
func isCharacter(text []byte) bool {
	_, size := character(text)
	return size == len(text) || len(text) == 1
}

// saved is about how many bytes of codes one use of a string saves.
func saved(text []byte) int {
	if isCharacter(text) {
		return 2*len(text) - 2 // its bytes have codes of two bytes each, being rare
	}
	return 1 // two codes become one, some of which have one byte
}

// pairCounts counts pairs of strings, by open addressing.
type pairCounts struct {
	keys   []uint64 // 0 for none
	counts []uint32
	used   int
	limit  int // of slots
}

func (p *pairCounts) slot(key uint64) int {
	mask := len(p.keys) - 1
	for i := int(key*0x9E3779B97F4A7C15>>32) & mask; ; i = (i + 1) & mask {
		if p.keys[i] == key || p.keys[i] == 0 {
			return i
		}
	}
}

// add counts a pair and returns how often it was counted.
func (p *pairCounts) add(a, b int32) uint32 {
	key := uint64(a)<<32 | uint64(b) | 1<<63
	i := p.slot(key)
	if p.keys[i] == 0 {
		if p.used == len(p.keys)/4*3 {
			p.makeRoom()
			i = p.slot(key)
		}
		p.used++
		p.keys[i] = key
	}
	p.counts[i]++
	return p.counts[i]
}

// maxPairs bounds the slots for pairs, of 12 bytes each.
const maxPairs = 1 << 22

// makeRoom doubles the table, or forgets the rarest pairs.
func (p *pairCounts) makeRoom() {
	if len(p.keys) < p.limit {
		p.resize(2*len(p.keys), 1)
		return
	}
	for least := uint32(2); p.used > p.limit/2; least++ {
		p.resize(p.limit, least)
	}
}

// resize makes a table with the pairs that were counted often enough.
func (p *pairCounts) resize(size int, least uint32) {
	keys, counts := p.keys, p.counts
	p.keys, p.counts, p.used = make([]uint64, size), make([]uint32, size), 0
	for i, key := range keys {
		if counts[i] >= least {
			at := p.slot(key)
			p.keys[at], p.counts[at] = key, counts[i]
			p.used++
		}
	}
}
