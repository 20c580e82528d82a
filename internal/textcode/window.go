package textcode

import (
	"bytes"
	"unicode/utf8"
)

// Windows finds the parts of texts around one character by their codes: the character of some
// words that fewest strings have. It decodes nothing else. It isn't safe for concurrent use.
type Windows struct {
	dictionary *Dictionary
	reach      int     // characters on both sides
	flags      []uint8 // by string

	starts [maxReach]int // of the last codes, by their number
	text   []byte
}

const (
	// MaxReach is the number of characters on a side of a window, at most.
	MaxReach = maxReach - 1

	maxReach = 64 // a power of 2
)

// Windows returns Windows around a character of words, which have nothing but Han characters;
// nil if none of these is indexed, or reach is too far.
func (x *Index) Windows(words []string, reach int) *Windows {
	if reach > MaxReach {
		return nil
	}
	rarest, at := "", -1
	var pieces []uint16
	for _, word := range words {
		for i, r := range word {
			if r < firstIndexed || r > lastIndexed {
				continue
			}
			if with := x.with(r); at < 0 || len(with) < len(pieces) {
				rarest, at, pieces = word, i, with
			}
		}
	}
	if at < 0 {
		return nil
	}
	w := &Windows{dictionary: x.dictionary, reach: reach, flags: bytes.Clone(x.flags)}
	f := Finder{phrase: []byte(rarest), at: at}
	for _, i := range pieces {
		if w.flags[i]&flagSigns != 0 || f.fits(x.dictionary.Bytes(int(i))) {
			w.flags[i] |= flagPiece
		}
	}
	return w
}

// Each calls visit for the windows of the text that codes stand for, until it returns false.
// It isn't sure if there may be others, or folding the text would change one. A window has
// more than the characters asked for where a string does, and is valid until visit returns.
func (w *Windows) Each(codes []byte, visit func(window []byte) (more bool)) (sure bool) {
	alone, flags := w.dictionary.alone, w.flags
	for i, n := 0, 0; i < len(codes); n++ {
		c, size := int(codes[i]), 1
		if c >= alone {
			if i+1 == len(codes) {
				return false
			}
			c, size = alone+(c-alone)<<8+int(codes[i+1]), 2
		}
		if c >= len(flags) {
			return false
		}
		w.starts[n%maxReach] = i
		if flags[c]&(flagUnknown|flagPiece) != 0 {
			if !w.open(codes, n) {
				return false
			}
			if !visit(w.text) {
				return true
			}
		}
		i += size
	}
	return true
}

// open decodes the window around code n, and reports whether folding it changes nothing.
func (w *Windows) open(codes []byte, n int) bool {
	first := n
	for before := 0; first > 0 && before < w.reach; {
		if first--; n-first == maxReach {
			return false // of many strings without text
		}
		i, _ := w.dictionary.Next(codes[w.starts[first%maxReach]:])
		before += utf8.RuneCount(w.dictionary.Bytes(i))
	}
	w.text = w.text[:0]
	after := -1 // characters after the string of code n
	for at := w.starts[first%maxReach]; at < len(codes) && after < w.reach; {
		i, size := w.dictionary.Next(codes[at:])
		s := w.dictionary.Bytes(i)
		if size == 0 || w.flags[i]&(flagUnknown|flagSigns) != 0 || w.flags[i]&flagDoubt != 0 && len(s) > 0 {
			return false
		}
		w.text = append(w.text, s...)
		switch {
		case at == w.starts[n%maxReach]:
			after = 0
		case after >= 0:
			after += utf8.RuneCount(s)
		}
		at += size
	}
	return true
}
