package engine

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/search"
)

const (
	snippetRunes = 120 // about three lines of a result
	wholeRunes   = 140 // a paragraph up to this length is shown whole
	leadRunes    = 30  // how far before the first mark a sentence may begin
)

// maxWindows bounds the places that a snippet is tried at.
const maxWindows = 1_000

// Where a snippet may begin or end without hurting: after these.
const (
	sentenceEnds = "。！？；!?;…"
	clauseEnds   = "，、：,:"
)

// snippet cuts about snippetRunes characters out of text, those that hold most
// of the marks' weight, at sentence or clause ends where they are near.
func snippet(text string, marks []mark) search.Snippet {
	if utf8.RuneCountInString(text) <= wholeRunes {
		return search.Snippet{Text: text, Marks: spans(marks)}
	}
	start, end := window(text, marks)
	s := search.Snippet{Text: text[start:end], Before: start > 0, After: end < len(text)}
	var inside []mark
	for _, m := range marks {
		if m.Start >= start && m.End <= end {
			m.Start -= start
			m.End -= start
			inside = append(inside, m)
		}
	}
	s.Marks = spans(inside)
	return s
}

// window returns the byte range that a snippet takes.
func window(text string, marks []mark) (start, end int) {
	first, last := 0, 0
	if len(marks) > 0 {
		first, last = densest(text, marks)
		start = begin(text, first)
	}
	room := snippetRunes - utf8.RuneCountInString(text[start:last])
	return start, finish(text, last, room)
}

// densest returns the byte range, marks included, that holds the most weight
// within a snippet's length less its lead; each piece counts once.
func densest(text string, marks []mark) (first, last int) {
	const repeated = .01 // a second occurrence decides between equals
	best := -1.
	for i, from := range marks[:min(len(marks), maxWindows)] {
		limit := forward(text, from.Start, snippetRunes-leadRunes)
		limit = max(limit, from.End)
		seen := map[int]bool{}
		sum, end := 0., from.End
		for _, m := range marks[i:] {
			if m.Start >= limit {
				break
			}
			if m.End > limit {
				continue
			}
			if seen[m.piece] {
				sum += repeated * m.weight
			} else {
				sum += m.weight
			}
			seen[m.piece] = true
			end = max(end, m.End)
		}
		if sum > best {
			best, first, last = sum, from.Start, end
		}
	}
	return first, last
}

// begin moves back from a mark to where its sentence begins, or its clause, or
// at the least by a few characters.
func begin(text string, at int) int {
	from := backward(text, at, leadRunes)
	if from == 0 {
		return 0
	}
	for _, ends := range []string{sentenceEnds, clauseEnds} {
		if i := strings.LastIndexAny(text[from:at], ends); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[from+i:])
			return skipClosing(text, from+i+size, at)
		}
	}
	return backward(text, at, leadRunes/2)
}

// skipClosing steps over closing quotes and blanks that belong to what ended.
func skipClosing(text string, from, to int) int {
	for from < to {
		r, size := utf8.DecodeRuneInString(text[from:])
		if !strings.ContainsRune("”’」』）》)\u3000 ", r) {
			break
		}
		from += size
	}
	return from
}

// finish moves forward from the last mark by at most room characters, to a
// sentence or clause end if one is in the second half of them.
func finish(text string, at, room int) int {
	if room <= 0 {
		return at
	}
	limit := forward(text, at, room)
	if limit == len(text) {
		return limit
	}
	half := forward(text, at, room/2)
	for _, ends := range []string{sentenceEnds, clauseEnds} {
		if i := strings.LastIndexAny(text[half:limit], ends); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[half+i:])
			return half + i + size
		}
	}
	return limit
}

// forward returns the offset n characters after at, at most the text's end.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// backward returns the offset n characters before at, at least 0.
func backward(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}
