package story

import "unicode"

// slide moves what only one text has to where a reader would see it: to the beginning of a
// paragraph, a sentence or a clause. Of "A。B。" and "A。" the cut is "B。", not "。B".
func slide(spans []span, first, next []token) {
	var at span // where a span begins in both texts
	for i := range spans {
		s := spans[i]
		if isChange := i%2 == 0; isChange && i > 0 && i < len(spans)-1 && (s.first == 0) != (s.next == 0) {
			text, begin := first, at.first
			if s.first == 0 {
				text, begin = next, at.next
			}
			by := bestShift(text, begin, s.longer(), spans[i-1].first-1, spans[i+1].first-1)
			spans[i-1] = spans[i-1].plus(span{by, by})
			spans[i+1] = spans[i+1].plus(span{-by, -by})
			at = at.plus(span{by, by})
		}
		at = at.plus(s)
	}
}

// bestShift returns by how many tokens a change, of n tokens from begin on, is best moved without
// changing what either text is: at most so many to the left and to the right.
func bestShift(text []token, begin, n, left, right int) (by int) {
	best := edge(text, begin)
	for shift := -1; shift >= -left && text[begin+shift].key == text[begin+n+shift].key; shift-- {
		if e := edge(text, begin+shift); e > best {
			by, best = shift, e
		}
	}
	for shift := 1; shift <= right && text[begin+shift-1].key == text[begin+n+shift-1].key; shift++ {
		if e := edge(text, begin+shift); e > best {
			by, best = shift, e
		}
	}
	return by
}

// edge says how well a change begins at a token: best with a paragraph, then with a sentence, then
// with a clause.
func edge(text []token, at int) int {
	if at == 0 {
		return 3
	}
	switch r := text[at-1].key; {
	case r == endOfParagraph:
		return 3
	case r == '。' || r == '!' || r == '?' || r == '”' || r == '」':
		return 2
	case unicode.IsPunct(r):
		return 1
	}
	return 0
}
