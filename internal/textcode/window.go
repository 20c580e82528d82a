package textcode

import (
	"bytes"
	"unicode/utf8"
)

// Windows finds the parts of texts where words may be near one another by their codes: where
// one character of each is, the one that fewest strings have. It decodes nothing else. It
// isn't safe for concurrent use.
type Windows struct {
	dictionary *Dictionary
	reach      int     // characters
	flags      []uint8 // by string
	all        uint8   // the flags of words

	starts [maxReach]int // of the last codes of strings that are not empty, by their number
	text   []byte
}

const (
	// MaxReach is the number of characters on a side of a window, at most.
	MaxReach = maxReach - 1

	maxReach = 64 // a power of 2

	// maxWords is how many words have a flag. Windows don't depend on others.
	maxWords  = 2
	flagWords = 8 - maxWords // log2 of the flag of the first word
)

// Windows returns Windows where words may be within so many characters. The words have nothing
// but Han characters. It returns nil if there is one without an indexed character, or reach is
// too far.
func (x *Index) Windows(words []string, reach int) *Windows {
	if reach > MaxReach || len(words) == 0 {
		return nil
	}
	w := &Windows{dictionary: x.dictionary, reach: reach, flags: bytes.Clone(x.flags)}
	for n, word := range words[:min(len(words), maxWords)] {
		at, pieces := x.rarest(word)
		if at < 0 {
			return nil
		}
		flag := uint8(1) << (flagWords + n)
		w.all |= flag
		f := Finder{phrase: []byte(word), at: at}
		for _, i := range pieces {
			if w.flags[i]&flagSigns != 0 || f.fits(x.dictionary.Bytes(int(i))) {
				w.flags[i] |= flag
			}
		}
	}
	return w
}

// Each calls visit for the windows of the text that codes stand for, until it returns false.
// It isn't sure if there may be others, or folding the text would change one. A window ends
// with the characters asked for on both sides of a word, or with more where a string does. It
// is valid until visit returns.
func (w *Windows) Each(codes []byte, visit func(window []byte) (more bool)) (sure bool) {
	alone, flags := w.dictionary.alone, w.flags
	var at places
	n := 0
	for i := 0; i < len(codes); {
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
		flag := flags[c]
		if flag&(flagUnknown|flagEmpty) == flagEmpty {
			i += size
			continue
		}
		w.starts[n%maxReach] = i
		if flag&(flagUnknown|w.all) != 0 {
			if flag&flagUnknown != 0 {
				return false
			}
			if w.near(&at, flag) {
				if !w.open(codes, n) {
					return false
				}
				if !visit(w.text) {
					return true
				}
			}
		}
		if flag&(flagDoubt|flagSigns|flagStops) == 0 {
			at.settled++
		}
		i += size
		n++
	}
	return true
}

// places says where words may be that Each has come by.
type places struct {
	settled int           // strings so far that folding doesn't change: each has a character or more
	last    [maxWords]int // one more than settled was before the last one with a character of each word
}

// near takes note of the words that may be in the next string, and reports whether all may be
// within reach before its end.
func (w *Windows) near(at *places, flag uint8) bool {
	all := true
	for word := range at.last {
		bit := uint8(1) << (flagWords + word)
		if flag&bit != 0 {
			at.last[word] = at.settled + 1
		}
		all = all && (w.all&bit == 0 || at.last[word] > 0 && at.settled+1-at.last[word] <= w.reach)
	}
	return all
}

// open decodes the window around code n, and reports whether folding it changes nothing.
func (w *Windows) open(codes []byte, n int) bool {
	first := n
	for before := 0; first > 0 && before < w.reach; {
		first--
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
