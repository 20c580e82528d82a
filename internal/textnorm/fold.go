package textnorm

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Folder folds text for matching. The zero Folder folds width, case and white
// space; one made by NewFolder folds script too. It is safe for concurrent use,
// and only texts that were folded by the same Folder can be compared.
type Folder struct{ script *script }

// Folded is a text folded for matching, with a map of offsets to the original.
// The zero Folded is the folded empty text.
type Folded struct {
	Text string

	original int     // length of the original in bytes
	shifts   []shift // nil if every offset equals its original
}

// shift maps the offsets from folded up to the next shift: they correspond to
// those from original. Only a rune that changes its length in bytes (，) or a
// white-space run needs one, so the list is much smaller than the text.
type shift struct{ folded, original int }

// Fold returns s folded for matching:
//
//   - full-width and half-width forms fold as x/text/width.Fold does,
//   - case folds rune by rune: ß stays, K (Kelvin) and K become k,
//   - script folds by the Folder's table, character by character: 臺灣 becomes 台湾,
//   - a run of white space becomes one space; a NUL and a byte that is not
//     valid UTF-8 count as white space, so that they separate words.
//
// Every other rune becomes exactly one rune. The folded text has neither NUL nor
// invalid UTF-8, and folding it again changes nothing. Text that is already
// folded costs no allocation.
func (f Folder) Fold(s string) Folded {
	first := f.firstChange(s)
	if first == len(s) {
		return Folded{Text: s, original: len(s)}
	}
	text := folding{Folder: f, source: s, wantShifts: true}
	text.run(first)
	return Folded{Text: text.out.String(), original: len(s), shifts: text.shifts}
}

// FoldString is Fold for callers that need no offsets.
func (f Folder) FoldString(s string) string {
	first := f.firstChange(s)
	if first == len(s) {
		return s
	}
	text := folding{Folder: f, source: s}
	text.run(first)
	return text.out.String()
}

// Span maps a match in f.Text to the original: [i,j) of f.Text are [start,end)
// there, exactly the runes that the match was folded from. An offset inside a
// rune counts as its start; offsets outside the text count as its nearest end.
func (f Folded) Span(i, j int) (start, end int) {
	start, end = f.Original(i), f.Original(j)
	return start, max(start, end)
}

// Original maps a byte offset of f.Text to the byte offset in the original of
// the rune that i lies in; len(f.Text) maps to the length of the original. A
// match [i,j) in f.Text is [Original(i),Original(j)) in the original. Offsets
// outside the text map to its nearest end.
func (f Folded) Original(i int) int {
	if i >= len(f.Text) {
		return f.original
	}
	if i <= 0 {
		return 0
	}
	for !utf8.RuneStart(f.Text[i]) {
		i--
	}
	after := sort.Search(len(f.shifts), func(k int) bool { return f.shifts[k].folded > i })
	if after == 0 {
		return i
	}
	s := f.shifts[after-1]
	return s.original + i - s.folded
}

// folding is the state of folding one text. Unchanged parts are copied whole.
type folding struct {
	Folder
	source     string
	out        strings.Builder
	shifts     []shift
	wantShifts bool
}

// run folds the source. The bytes before first need no change.
func (f *folding) run(first int) {
	s := f.source
	f.out.Grow(len(s))
	copied := 0 // s[:copied] is in out
	for i := first; i < len(s); {
		if n := f.plainPrefix(s[i:]); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if isBlank(r, size) {
			end := blankEnd(s, i+size)
			f.out.WriteString(s[copied:i])
			f.out.WriteByte(' ')
			f.shift(end-i, 1, end)
			i, copied = end, end
			continue
		}
		to := f.foldRune(r)
		if to == r {
			i += size
			continue
		}
		f.out.WriteString(s[copied:i])
		f.out.WriteRune(to)
		f.shift(size, utf8.RuneLen(to), i+size)
		i += size
		copied = i
	}
	f.out.WriteString(s[copied:])
}

// shift records that text which took `before` bytes, up to the offset end of the
// original, now takes `after` bytes.
func (f *folding) shift(before, after, end int) {
	if f.wantShifts && before != after {
		if f.shifts == nil {
			const bytesPerShift = 32 // about a full-width comma in ten characters
			f.shifts = make([]shift, 0, len(f.source)/bytesPerShift+1)
		}
		f.shifts = append(f.shifts, shift{folded: f.out.Len(), original: end})
	}
}

// firstChange returns the offset of the first rune that folding changes, or
// len(s).
func (f Folder) firstChange(s string) int {
	for i := 0; i < len(s); {
		if n := f.plainPrefix(s[i:]); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if isBlank(r, size) {
			if s[i] != ' ' || blankEnd(s, i+1) != i+1 {
				return i
			}
		} else if f.foldRune(r) != r {
			return i
		}
		i += size
	}
	return len(s)
}

// plainPrefix returns the length of a prefix of s that certainly folds to
// itself: printable ASCII except capitals and space, and what the table leaves
// unchanged of the blocks U+4000 to U+9FFF, which is nearly all of a Chinese text.
func (f Folder) plainPrefix(s string) int {
	i := 0
	for i < len(s) {
		c := s[i]
		switch {
		case c >= 0xE4 && c <= 0xE9:
			if i+2 >= len(s) || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
				return i
			}
			if f.script != nil {
				r := rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
				if f.script.near[r-firstNear] != unchanged {
					return i
				}
			}
			i += 3
		case c > ' ' && c < utf8.RuneSelf && (c < 'A' || c > 'Z'):
			i++
		default:
			return i
		}
	}
	return i
}

// blankEnd returns the end of the white-space run that continues at s[i:].
func blankEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isBlank(r, size) {
			break
		}
		i += size
	}
	return i
}
