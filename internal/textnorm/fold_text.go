package textnorm

import (
	"bytes"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/unicode/norm"
)

// folding is the state of folding one text. Unchanged parts are copied whole.
type folding struct {
	*table
	source         string
	copied         int // source[:copied] is in out
	out            []byte
	alignments     []alignment
	wantAlignments bool

	// The ellipsis that ends out was written with dots of this kind. It is so only
	// while out ends at dotsAt.
	dots   rune
	dotsAt int
}

const none = -1

// run returns the folded source.
func (f *folding) run() string {
	s := f.source
	for i := 0; i < len(s); {
		if n := f.plain(s[i:]); n > 0 {
			i += n
			continue
		}
		if c := s[i]; 'A' <= c && c <= 'Z' {
			f.copy(i)
			f.out = append(f.out, c+'a'-'A')
			i++
			f.copied = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch n := f.lookup(r); {
		case isBlank(r):
			i = f.blank(i, size)
			continue
		case r == 0 || r == utf8.RuneError && size == 1:
			f.copy(i)
			f.append(string(utf8.RuneError), i, i+size, true)
		case n != unchanged:
			f.copy(i)
			f.replace(f.folded[n], i, i+size)
		case mayRun(r) && f.continuesRun(r, i):
			f.copy(i)
			f.put(r, i, i+size, true)
		default:
			i += size
			continue
		}
		i += size
		f.copied = i
	}
	if f.copied == 0 && len(f.out) == 0 {
		return s
	}
	f.copy(len(s))
	return unsafe.String(unsafe.SliceData(f.out), len(f.out)) // as strings.Builder does: out doesn't change any more
}

// plain returns the length of a prefix of s that certainly folds to itself and is
// in no run: ASCII, and what the table leaves unchanged of the blocks U+4000 to
// U+9FFF, which is nearly all of a Chinese text.
func (f *folding) plain(s string) int {
	i := 0
	for i < len(s) {
		c := s[i]
		switch {
		case c >= 0xE4 && c <= 0xE9:
			if i+2 >= len(s) || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
				return i
			}
			r := rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
			if f.bmp[r] != unchanged {
				return i
			}
			i += 3
		case c < utf8.RuneSelf && plainASCII[c]:
			i++
		default:
			return i
		}
	}
	return i
}

// plainASCII are the characters of ASCII that fold to themselves wherever they are.
var plainASCII = func() (is [utf8.RuneSelf]bool) {
	for c := byte('!'); c < utf8.RuneSelf; c++ {
		is[c] = (c < 'A' || c > 'Z') && !strings.ContainsRune(`-.~'`+"`", rune(c))
	}
	return is
}()

// copy copies the source up to an offset.
func (f *folding) copy(to int) {
	if f.out == nil {
		f.out = make([]byte, 0, len(f.source)+len(f.source)/16)
	}
	f.out = append(f.out, f.source[f.copied:to]...)
	f.copied = to
}

// append appends what became of source[from:to], one character or white space:
// whole, or a part of it. A character for one of its length needs no alignment.
func (f *folding) append(text string, from, to int, whole bool) {
	start := len(f.out)
	f.out = append(f.out, text...)
	if _, size := utf8.DecodeRuneInString(text); f.wantAlignments && (size != to-from || size != len(text) || !whole) {
		f.addAlignment(alignment{start, len(f.out), from, to})
	}
}

func (f *folding) addAlignment(p alignment) {
	if f.alignments == nil {
		const bytesPerAlignment = 32 // about a full-width comma in ten characters
		f.alignments = make([]alignment, 0, len(f.source)/bytesPerAlignment+1)
	}
	f.alignments = append(f.alignments, p)
}

// replace appends what source[from:to], one character, folds to.
func (f *folding) replace(e entry, from, to int) {
	if !e.runs {
		f.append(e.text, from, to, true)
		return
	}
	for _, r := range e.text {
		f.put(r, from, to, utf8.RuneLen(r) == len(e.text))
	}
}

// blank folds the white space at source[i:], size bytes of it or more, and returns
// the end of it.
func (f *folding) blank(i, size int) int {
	s, end := f.source, i+size
	if s[i] == ' ' && i > f.copied && end < len(s) && isAlphanumeric(s[i-1]) && isAlphanumeric(s[end]) {
		return end
	}
	f.copy(i)
	next := rune(0) // the first character of what follows
	for at := end; at < len(s) && next == 0; {
		r, size := utf8.DecodeRuneInString(s[at:])
		at += size
		if n := f.lookup(r); isBlank(r) {
			end = at
		} else if n == unchanged {
			next = max(r, 1) // a NUL is a sign
		} else if text := f.folded[n].text; text != "" {
			next, _ = utf8.DecodeRuneInString(text)
		}
	}
	last, _ := utf8.DecodeLastRune(f.out)
	if isSpaced(last) && isSpaced(next) {
		f.append(" ", i, end, true)
	} else {
		f.append("", i, end, true)
	}
	f.copied = end
	return end
}

// isSpaced reports whether white space between a character and another such counts.
func isSpaced(r rune) bool { return r != utf8.RuneError && IsWordRune(r) }

func isAlphanumeric(c byte) bool { return c < utf8.RuneSelf && IsWordRune(rune(c)) }

// continuesRun reports whether the sign r at source[i:] may continue a run. It
// only looks at the byte before.
func (f *folding) continuesRun(r rune, i int) bool {
	var before byte
	switch {
	case i > f.copied:
		before = f.source[i-1]
	case len(f.out) > 0:
		before = f.out[len(f.out)-1]
	default:
		return false
	}
	const ofEllipsis = 0xA6 // the last byte of …
	last := [utf8.UTFMax]byte{}
	size := utf8.EncodeRune(last[:], r)
	return before == last[size-1] || before == ofEllipsis && isDot(r) || strings.ContainsRune(voicing, r)
}

// put appends a character to out, where it may continue a run: what source[from:to]
// folds to, whole or a part of it.
func (f *folding) put(r rune, from, to int, whole bool) {
	text := string(r)
	switch {
	case r == dash && f.endsIn(text) || r == ellipsis && f.endsIn(text):
		f.merge(len(text), text, to)
	case isDot(r):
		f.putDot(r, from, to, whole)
	case strings.ContainsRune(voicing, r):
		_, size := utf8.DecodeLastRune(f.out)
		last := string(f.out[len(f.out)-size:])
		if composed := norm.NFC.String(last + text); utf8.RuneCountInString(composed) == 1 {
			f.merge(size, composed, to)
			return
		}
		f.append(text, from, to, whole)
	default:
		f.append(text, from, to, whole)
	}
	if r == ellipsis {
		f.dotsAt = none
	}
}

// putDot is put for a dot. Three dots of a kind or more become an ellipsis.
func (f *folding) putDot(r rune, from, to int, whole bool) {
	const one = string(ellipsis)
	text := string(r)
	if f.dotsAt == len(f.out) && f.dots == r {
		f.merge(len(one), one, to)
		return
	}
	f.append(text, from, to, whole)
	if !f.endsIn(text + text + text) {
		return
	}
	f.merge(3*len(text), one, to)
	if f.endsIn(one + one) {
		f.merge(2*len(one), one, to)
	}
	f.dots, f.dotsAt = r, len(f.out)
}

func (f *folding) endsIn(text string) bool { return bytes.HasSuffix(f.out, []byte(text)) }

// merge replaces the last n bytes of out, which are whole characters, by a text;
// it stands for the source from what became them up to an offset.
func (f *folding) merge(n int, text string, to int) {
	start := len(f.out) - n
	if f.wantAlignments {
		from := startOf(f.alignments, start)
		for len(f.alignments) > 0 && f.alignments[len(f.alignments)-1].end > start {
			last := &f.alignments[len(f.alignments)-1]
			if last.start < start { // several characters of one: ㌀ and a mark after it
				last.end = start
				break
			}
			f.alignments = f.alignments[:len(f.alignments)-1]
		}
		f.addAlignment(alignment{start, start + len(text), from, to})
	}
	f.out = append(f.out[:start], text...)
}
