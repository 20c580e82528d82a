package numeral

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// Alternative is another way to write a part of a text.
type Alternative struct {
	Span
	Text string
}

// Alternatives returns the ways to write the numbers of a folded text in the
// other way, digits with characters and characters with digits: each number with
// the word that it belongs to, and, if there are several, all of them at once.
// The words of the text don't overlap and are in order: characters inside a word
// (十分, 四川, 一带一路) are no number unless the word is a number with its unit.
func Alternatives(text string, words []Span) []Alternative {
	p := newPlaces(text, words)
	if p == nil {
		return nil
	}
	var found []placed
	for i := 0; i < len(p.text); {
		n, end, ok := p.read(i)
		if ok {
			if at, ok := p.place(n); ok {
				found = append(found, at)
			}
		}
		i = max(end, i+1)
	}
	var out []Alternative
	for _, han := range []bool{true, false} {
		var some []placed // that are written the same way
		for _, at := range found {
			if at.han == han {
				some = append(some, at)
			}
		}
		if len(some) > 1 {
			out = append(out, p.exchange(some)...)
		}
		out = append(out, p.pad(some)...)
		for _, at := range some {
			at.forms = without(string(p.text[at.start:at.end]), append(slices.Clip(at.forms), at.also...))
			out = append(out, p.exchange([]placed{at})...)
		}
	}
	return out
}

// placed is a number with the part of the text that is exchanged with it.
type placed struct {
	number
	from, to int
}

// places knows where the words of a text are.
type places struct {
	scanner
	offsets  []int // of the characters in bytes, with the end
	wordFrom []int // by character: where its word begins
	wordTo   []int // and ends
}

// newPlaces returns nil if the text has no number.
func newPlaces(text string, words []Span) *places {
	any := false
	p := &places{}
	at := make(map[int]int, len(text)) // byte → character
	for i, r := range text {
		at[i] = len(p.text)
		p.text = append(p.text, r)
		p.offsets = append(p.offsets, i)
		any = any || isDigit(r) || isNumeral(r)
	}
	if !any || !utf8.ValidString(text) {
		return nil
	}
	at[len(text)] = len(p.text)
	p.offsets = append(p.offsets, len(text))
	for i := range p.text {
		p.wordFrom, p.wordTo = append(p.wordFrom, i), append(p.wordTo, i+1)
	}
	for _, w := range words {
		from, to := at[w.Start], at[w.End]
		for i := from; i < to; i++ {
			p.wordFrom[i], p.wordTo[i] = from, to
		}
	}
	return p
}

// exchange writes the numbers of some places, which follow each other, in the
// other way. Where one has more forms than another, its last is repeated.
func (p *places) exchange(some []placed) []Alternative {
	first, last := some[0], some[len(some)-1]
	most := 0
	for _, at := range some {
		most = max(most, len(at.forms))
	}
	out := make([]Alternative, 0, most)
	for k := range most {
		text, from := "", first.from
		for _, at := range some {
			text += string(p.text[from:at.start]) + at.forms[min(k, len(at.forms)-1)]
			from = at.end
		}
		text += string(p.text[from:last.to])
		out = append(out, Alternative{Span{p.offsets[first.from], p.offsets[last.to]}, text})
	}
	return out
}

// pad writes months and days in digits with a zero before them, and others without it:
// 3月5日 and 03月05日. It gives nothing for texts without such numbers.
func (p *places) pad(some []placed) []Alternative {
	var out []placed
	changed := false
	for _, at := range some {
		text := string(p.text[at.start:at.end])
		at.forms = []string{text}
		if !at.han && p.takesZero(at.number) {
			at.forms = without(text, []string{at.value, "0" + at.value})
			changed = true
		}
		out = append(out, at)
	}
	if !changed {
		return nil
	}
	return p.exchange(out)
}

// takesZero reports whether a number is a month or a day that may have a zero before it.
func (p *places) takesZero(n number) bool {
	return len(n.value) == 1 && n.value != "0" && isMonthOrDay(p.at(n.end)) && p.at(n.start-1) != '第'
}

// place decides whether a number is one where it is, and what belongs to it: 第
// before it, its unit, and the rest of the words that it is a part of.
func (p *places) place(n number) (placed, bool) {
	at := placed{number: n, from: n.start, to: n.end}
	before := p.at(n.start - 1)
	ordinal := before == '第' || before == '双' && (n.value == "11" || n.value == "12") // 双十一
	if ordinal {
		at.from--
	}
	unit := p.unit(n, ordinal)
	at.to += len([]rune(unit))
	if n.han && p.takesZero(n) {
		at.forms = append(slices.Clip(at.forms), "0"+n.value)
	}
	inMonth := before == '月' && n.kind == short // 腊月廿三
	if !inMonth && !p.shortTens(&at, unit) {
		return at, false
	}
	if !ordinal && notCounted[n.value+unit] || n.kind == small && unit == "" {
		return at, false
	}
	if n.kind == small && n.value == "2" && !p.liang(&at, unit, ordinal) {
		return at, false
	}
	inWord := p.wordFrom[at.from] < at.from || p.wordTo[at.to-1] > at.to
	if n.han && inWord && unit == "" && !ordinal && !inMonth || n.kind == small && inWord && unit != "号" {
		return at, false
	}
	if n.kind == short && unit == "" && !ordinal && !inMonth {
		next := p.at(n.end)
		if !unicode.Is(unicode.Han, next) || isNumeral(next) {
			return at, false
		}
		at.to = p.wordTo[n.end]
	}
	at.from, at.to = p.wordFrom[at.from], p.wordTo[at.to-1]
	return at, true
}

// unit returns the longest unit after a number, "" for none. Of a small number it
// must end where a word does.
func (p *places) unit(n number, ordinal bool) string {
	set := units
	if n.value == "1" && !ordinal {
		set = afterOne
	}
	after := set.at(p.text[n.end:])
	if n.kind == short {
		after = append(after, readAs.at(p.text[n.end:])...)
	}
	for _, length := range after {
		end := n.end + length
		if n.kind != small || p.wordTo[end-1] == end {
			return string(p.text[n.end:end])
		}
	}
	return ""
}

// shortTens leaves 廿 and 卅 to dates and ages: 廿四日, but not 廿国集团.
func (p *places) shortTens(at *placed, unit string) bool {
	if dated.of[unit] {
		return true
	}
	at.forms = slices.DeleteFunc(slices.Clone(at.forms), startsWithShortTen)
	at.also = slices.DeleteFunc(slices.Clone(at.also), startsWithShortTen)
	return !at.han || !startsWithShortTen(string(p.text[at.start:at.end]))
}

func startsWithShortTen(s string) bool {
	return strings.HasPrefix(s, "廿") || strings.HasPrefix(s, "卅")
}

// liang chooses between 二 and 两 for a 2: February is 二月, two months are 两个月.
func (p *places) liang(at *placed, unit string, ordinal bool) bool {
	numbers := ordinal || ordered.of[unit]
	if at.han {
		return p.text[at.start] != '两' || !numbers
	}
	if !numbers {
		at.forms = []string{"两", "二"}
	}
	return true
}

// Cuts reports whether the ends of text[start:end] cut a number: 三日 cuts the
// number of 十三日, 17 that of 2017, 十二 that of 十二点五, and 十万 that of 几十万.
func Cuts(text string, start, end int) bool {
	return Inside(text, start) || Inside(text, end)
}

// Inside reports whether an offset of a text is inside a number.
func Inside(text string, at int) bool {
	before, size := utf8.DecodeLastRuneInString(text[:at])
	farther, _ := utf8.DecodeLastRuneInString(text[:at-size])
	after, size := utf8.DecodeRuneInString(text[at:])
	farthest, _ := utf8.DecodeRuneInString(text[at+size:])
	return sameNumber(before, after) || isPoint(before) && sameNumber(farther, after) ||
		isPoint(after) && sameNumber(before, farthest) || (before == '几' || before == '数') && isNumeral(after)
}

func isPoint(r rune) bool { return r == '点' || r == '.' }

// Edges reports whether a text begins or ends with a numeral, so that another text may
// cut it.
func Edges(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return isDigit(first) || isNumeral(first) || isDigit(last) || isNumeral(last)
}

func sameNumber(a, b rune) bool {
	return isDigit(a) && isDigit(b) || isNumeral(a) && isNumeral(b)
}
