package engine

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// seams are the places where a text can be cut: in no mark, no number, no word
// of letters.
type seams struct {
	text  string
	marks []search.Span // in order, apart
}

func (s seams) at(i int) bool {
	_, marked := s.mark(i)
	return !marked && !divides(s.text, i)
}

// mark returns the mark that a cut at i would part. What is longer than a
// snippet has to be cut somewhere.
func (s seams) mark(i int) (search.Span, bool) {
	n, _ := slices.BinarySearchFunc(s.marks, i, func(m search.Span, i int) int { return m.End - i - 1 })
	if n == len(s.marks) || s.marks[n].Start >= i || length(s.text, s.marks[n].Start, s.marks[n].End) > snippetRunes {
		return search.Span{}, false
	}
	return s.marks[n], true
}

// before and after return the nearest seam on either side of i, or i.
func (s seams) before(i int) int {
	return s.nearest(i, backward, func(m search.Span) int { return m.Start })
}

func (s seams) after(i int) int {
	return s.nearest(i, forward, func(m search.Span) int { return m.End })
}

// step returns the offset so many characters from another: backward or forward.
type step func(text string, at, n int) int

// nearest moves i out of marks, to the edge that is given of each, and out of
// runs, until it is in none.
func (s seams) nearest(i int, to step, edge func(search.Span) int) int {
	for {
		if m, marked := s.mark(i); marked {
			i = edge(m)
		}
		at := runEdge(s.text, i, to)
		if at == i {
			return at
		}
		i = at
	}
}

// maxRun bounds how long a run of letters and digits is kept whole: longer
// than any word, number or address of a site.
const maxRun = 40

// runEdge moves at out of a run that it divides. Of a run that is too long only
// characters that are combined stay together.
func runEdge(text string, at int, to step) int {
	edge := at
	for range maxRun {
		if !divides(text, edge) {
			return edge
		}
		edge = to(text, edge, 1)
	}
	if !divides(text, edge) {
		return edge
	}
	for edge = at; extends(text, edge); {
		edge = to(text, edge, 1)
	}
	return edge
}

// divides tells whether a cut at the offset would part a number, a word of
// letters or a character with what is combined with it.
func divides(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(text[:at])
	after, sizeAfter := utf8.DecodeRuneInString(text[at:])
	switch {
	case extends(text, at):
		return true
	case textnorm.IsHan(before) && textnorm.IsHan(after):
		return isHanNumeral(before) && isHanNumeral(after)
	case isRunRune(before) && isRunRune(after):
		return true
	case isRunRune(before):
		next, _ := utf8.DecodeRuneInString(text[at+sizeAfter:])
		return unicode.IsDigit(before) && isUnitSign(after) || connects(before, after, next)
	case isRunRune(after):
		last, _ := utf8.DecodeLastRuneInString(text[:at-size])
		return unicode.IsDigit(after) && isCurrency(before) || connects(last, before, after)
	}
	return false
}

func isRunRune(r rune) bool { return textnorm.IsWordRune(r) && r != utf8.RuneError }

// connects tells whether sign, between two characters, makes one run of what
// they belong to: 3.14, 12:30, covid-19, news.cn.
func connects(before, sign, after rune) bool {
	switch sign {
	case '.', '-', '/', '\'', '’', '_', '@', '&', '．', '－', '／', '‐':
		return isRunRune(before) && isRunRune(after)
	case ',', ':', '：':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

func isUnitSign(r rune) bool { return r == '%' || r == '％' || r == '‰' || r == '°' || r == '℃' }

func isCurrency(r rune) bool { return unicode.Is(unicode.Sc, r) }

func isHanNumeral(r rune) bool {
	switch r {
	case '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '两', '萬', '億':
		return true
	}
	return false
}

// extends tells whether the character at the offset belongs to the one before:
// combining marks, variation selectors, joined emoji and their colours, flags.
func extends(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return false
	}
	const joiner = '\u200d'
	after, _ := utf8.DecodeRuneInString(text[at:])
	if after < 0x300 || textnorm.IsHan(after) { // no mark is there
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsMark(after) || after == joiner || before == joiner ||
		'\U0001F3FB' <= after && after <= '\U0001F3FF' || isFlag(before) && isFlag(after)
}

func isFlag(r rune) bool { return '\U0001F1E6' <= r && r <= '\U0001F1FF' }
