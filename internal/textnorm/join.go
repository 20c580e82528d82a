package textnorm

import (
	"iter"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Joined is a folded text without its joiners: signs between two word characters
// (Han characters, letters and digits) that some write and others don't. These
// are
//
//   - a hyphen or dash (歼-20, 中—美), except between two digits: 10-12 is a range,
//   - a middle dot (九·一八, 3·15),
//   - a comma that separates thousands (5,999),
//   - a space between a letter and a digit (iphone 15).
//
// Whether a sign is a joiner depends only on the characters next to it and, for a
// comma, on the runs of digits on both sides, so that a word of whole runs is
// joined alike alone and inside a text.
type Joined struct {
	Text string

	joiners []joiner // by their place
}

// joiner is a sign that was taken out.
type joiner struct {
	at        int  // its offset in Joined.Text
	removed   int  // bytes of all joiners up to this one
	separates bool // it is a separator of thousands
}

// Join returns a folded text without its joiners. A text that has none costs no
// allocation.
func Join(folded string) Joined {
	var j Joined
	var out strings.Builder
	copied := 0 // folded[:copied] is in out
	for i := 0; i < len(folded); i++ {
		c := folded[i]
		if isNearHan(c) {
			i += nearSize - 1
			continue
		}
		if !mayJoin[c] || c == ',' && i >= nearSize && isNearHan(folded[i-nearSize]) {
			continue
		}
		size := joinerAt(folded, i)
		if size == 0 {
			continue
		}
		if j.joiners == nil {
			out.Grow(len(folded))
		}
		out.WriteString(folded[copied:i])
		copied = i + size
		j.joiners = append(j.joiners, joiner{out.Len(), copied - out.Len(), folded[i] == ','})
		i += size - 1
	}
	if j.joiners == nil {
		j.Text = folded
		return j
	}
	out.WriteString(folded[copied:])
	j.Text = out.String()
	return j
}

// mayJoin has the first bytes of joiners.
var mayJoin = [256]bool{dash: true, ',': true, ' ': true, middleDotFirst: true}

// middleDotFirst is the first byte of the middle dot.
const middleDotFirst = 0xC2

// Span maps a part of the joined text to the folded text: [i,j) of Text are
// [start,end) there, with the joiners inside and without those at its ends.
func (t Joined) Span(i, j int) (start, end int) {
	if t.joiners == nil {
		return i, max(i, j)
	}
	return t.span(i, j)
}

func (t Joined) span(i, j int) (start, end int) {
	start, end = i+t.removed(i+1), j+t.removed(j)
	return start, max(start, end)
}

// Offset maps an offset of the folded text, which is not inside a joiner, to Text.
func (t Joined) Offset(i int) int {
	if t.joiners == nil {
		return i
	}
	return t.offset(i)
}

func (t Joined) offset(i int) int {
	n := sort.Search(len(t.joiners), func(k int) bool { return t.joiners[k].at+t.joiners[k].removed > i })
	if n == 0 {
		return i
	}
	return i - t.joiners[n-1].removed
}

// removed returns the bytes of the joiners before an offset.
func (t Joined) removed(before int) int {
	n := sort.Search(len(t.joiners), func(k int) bool { return t.joiners[k].at >= before })
	if n == 0 {
		return 0
	}
	return t.joiners[n-1].removed
}

// Boundary reports whether a word may begin or end at the offset i of Text: at the
// ends of the text, next to a Han character or a sign, between a letter and a
// digit, and where a joiner was that doesn't separate thousands: 100 is not a word of
// 1,100.
func (t Joined) Boundary(i int) bool {
	if i <= 0 || i >= len(t.Text) {
		return i == 0 || i == len(t.Text)
	}
	if !utf8.RuneStart(t.Text[i]) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(t.Text[:i])
	after, _ := utf8.DecodeRuneInString(t.Text[i:])
	if k := kindOf(before); k != kindOf(after) || k != letter && k != digit {
		return true
	}
	j, ok := t.joinerBefore(i)
	return ok && !j.separates
}

// Separates reports whether a separator of thousands was at the offset i of Text.
func (t Joined) Separates(i int) bool {
	j, ok := t.joinerBefore(i)
	return ok && j.separates
}

// joinerBefore returns the joiner that was at an offset of Text.
func (t Joined) joinerBefore(i int) (joiner, bool) {
	n := sort.Search(len(t.joiners), func(k int) bool { return t.joiners[k].at >= i })
	if n == len(t.joiners) || t.joiners[n].at != i {
		return joiner{}, false
	}
	return t.joiners[n], true
}

// Occurrences yields the offsets in Text at which a word, which is joined itself,
// begins and has boundaries at both ends. They may overlap.
func (t Joined) Occurrences(word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		_, first := utf8.DecodeRuneInString(word)
		for from := 0; word != ""; {
			i := strings.Index(t.Text[from:], word)
			if i < 0 {
				return
			}
			i += from
			if t.Boundary(i) && t.Boundary(i+len(word)) && !yield(i) {
				return
			}
			from = i + first
		}
	}
}

// kind is what matters of a character for words.
type kind int

const (
	sign kind = iota
	han
	letter
	digit
)

func kindOf(r rune) kind {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case '0' <= r && r <= '9':
			return digit
		case IsWordRune(r):
			return letter
		}
		return sign
	case IsHan(r):
		return han
	case !IsWordRune(r):
		return sign
	case unicode.IsNumber(r):
		return digit
	}
	return letter
}

// thousands is the length of a group of digits after a comma.
const thousands = 3

// joinerAt returns the length of the joiner at text[i:], 0 if there is none.
func joinerAt(text string, i int) int {
	const dot = string(middleDot)
	size := 1
	switch c := text[i]; {
	case c == dash || c == ',' || c == ' ':
	case c == middleDotFirst && strings.HasPrefix(text[i:], dot):
		size = len(dot)
	default:
		return 0
	}
	if i == 0 || i+size == len(text) {
		return 0
	}
	last, _ := utf8.DecodeLastRuneInString(text[:i])
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	before, after := kindOf(last), kindOf(next)
	joins := false
	switch text[i] {
	case dash:
		joins = before != sign && after != sign && !(before == digit && after == digit)
	case ',':
		joins = before == digit && after == digit && separatesThousands(text[:i], text[i+size:])
	case ' ':
		joins = before == letter && after == digit || before == digit && after == letter
	default:
		joins = before != sign && after != sign
	}
	if !joins {
		return 0
	}
	return size
}

// separatesThousands reports whether one to three digits end a text and exactly
// three begin the one after it.
func separatesThousands(before, after string) bool {
	n := 0
	for ; n <= thousands && before != ""; n++ {
		r, size := utf8.DecodeLastRuneInString(before)
		if kindOf(r) != digit {
			break
		}
		before = before[:len(before)-size]
	}
	if n < 1 || n > thousands {
		return false
	}
	n = 0
	for _, r := range after {
		if kindOf(r) != digit {
			break
		}
		if n++; n > thousands {
			return false
		}
	}
	return n == thousands
}
