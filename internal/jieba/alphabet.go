package jieba

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// alphabet numbers the characters of the dictionary and the model from 1, frequent ones
// first: their entries in tables are beside each other. 0 is any other character.
type alphabet struct {
	pages [maxCharacter/pageSize + 1]uint16 // of a character, its page
	ids   []uint32                          // page after page
	n     int
}

const (
	pageSize = 256
	// maxCharacter is the last number that four bytes of UTF-8 can encode.
	maxCharacter = 1<<21 - 1
	// The ids of ASCII are the characters + 1.
	lastASCII = 0x80
	// maxCharacters is how many characters the keys of the trie can tell apart.
	maxCharacters = 1<<idBits - 1
)

func newAlphabet(d Dictionary) (*alphabet, error) {
	counts := map[rune]float64{}
	for r := range d.Model.Emissions {
		counts[r] = 0
	}
	for _, words := range [][]Word{d.Words, d.UserWords} {
		for _, w := range words {
			for _, r := range w.Text {
				counts[r] += w.Frequency
			}
		}
	}
	maps.DeleteFunc(counts, func(r rune, _ float64) bool { return r < lastASCII })
	characters := slices.SortedFunc(maps.Keys(counts), func(a, b rune) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return numberCharacters(characters)
}

// numberCharacters returns the alphabet of ASCII and some other characters, in that order.
func numberCharacters(others []rune) (*alphabet, error) {
	if len(others)+lastASCII > maxCharacters {
		return nil, fmt.Errorf("the dictionary has %d characters, at most %d are possible", len(others), maxCharacters)
	}
	a := &alphabet{ids: make([]uint32, pageSize)}
	for r := range rune(lastASCII) {
		a.add(r)
	}
	for _, r := range others {
		if r < lastASCII || r > maxCharacter || a.id(uint32(r)) != 0 {
			return nil, fmt.Errorf("character %U is out of range or twice in the alphabet", r)
		}
		a.add(r)
	}
	return a, nil
}

func (a *alphabet) add(r rune) {
	page := &a.pages[r/pageSize]
	if *page == 0 {
		*page = uint16(len(a.ids) / pageSize)
		a.ids = append(a.ids, make([]uint32, pageSize)...)
	}
	a.n++
	a.ids[int(*page)*pageSize+int(r%pageSize)] = uint32(a.n)
}

// id returns the number of a character up to maxCharacter.
func (a *alphabet) id(r uint32) uint32 {
	return a.ids[uint32(a.pages[r/pageSize&(1<<13-1)])*pageSize+r%pageSize]
}

// characters returns what numberCharacters got.
func (a *alphabet) characters() []rune {
	others := make([]rune, a.n-lastASCII)
	for page, at := range a.pages {
		if at == 0 {
			continue
		}
		for i, id := range a.ids[int(at)*pageSize:][:pageSize] {
			if id > lastASCII {
				others[id-lastASCII-1] = rune(page*pageSize + i)
			}
		}
	}
	return others
}

// decode returns the character at the beginning of a text and its size, which is 0
// where the text ends in the middle of one. As in cppjieba, it does not check the
// bytes after the first.
func decode[Text string | []byte](text Text) (r uint32, size int) {
	switch c := text[0]; {
	case c < 0x80:
		return uint32(c), 1
	case c <= 0xdf && len(text) > 1:
		return uint32(c&0x1f)<<6 | uint32(text[1]&0x3f), 2
	case c <= 0xef && len(text) > 2:
		return uint32(c&0x0f)<<12 | uint32(text[1]&0x3f)<<6 | uint32(text[2]&0x3f), 3
	case c <= 0xf7 && len(text) > 3:
		return uint32(c&7)<<18 | uint32(text[1]&0x3f)<<12 | uint32(text[2]&0x3f)<<6 | uint32(text[3]&0x3f), 4
	}
	return 0, 0
}
