package snippet

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// breaker is a break iterator: it finds the boundaries of a text, the offsets
// where a cut splits no mark, number, word of letters or grapheme. Unlike the
// word boundaries of UAX 29, boundaries between Han characters are everywhere
// but in numerals, since a snippet may end after any of them.
type breaker struct {
	text  string
	marks []search.Span // sorted and disjoint
}

func (b breaker) isBoundary(at int) bool {
	_, marked := b.markAt(at)
	return !marked && !splitsToken(b.text, at)
}

// markAt returns the mark that a cut at an offset would split. A mark longer
// than a snippet does not count: it has to be cut somewhere.
func (b breaker) markAt(at int) (search.Span, bool) {
	i, _ := slices.BinarySearchFunc(b.marks, at, func(m search.Span, at int) int { return m.End - at - 1 })
	if i == len(b.marks) || b.marks[i].Start >= at || length(b.text, b.marks[i].Start, b.marks[i].End) > maxRunes {
		return search.Span{}, false
	}
	return b.marks[i], true
}

// preceding and following return the nearest boundary in that direction, or at
// if it is one.
func (b breaker) preceding(at int) int {
	return b.nearest(at, backward, func(m search.Span) int { return m.Start })
}

func (b breaker) following(at int) int {
	return b.nearest(at, forward, func(m search.Span) int { return m.End })
}

// step is backward or forward: it returns the offset n characters from another.
type step func(text string, at, n int) int

// nearest moves at out of marks, to the given edge of each, and out of tokens,
// until it is in none.
func (b breaker) nearest(at int, move step, edge func(search.Span) int) int {
	for {
		if m, marked := b.markAt(at); marked {
			at = edge(m)
		}
		next := tokenEdge(b.text, at, move)
		if next == at {
			return at
		}
		at = next
	}
}

// maxToken bounds the length of a token that is kept whole, in characters. It
// is longer than any word, number or host name.
const maxToken = 40

// tokenEdge moves at out of a token that it splits. Of a token that is too long
// only the graphemes are kept whole.
func tokenEdge(text string, at int, move step) int {
	edge := at
	for range maxToken {
		if !splitsToken(text, edge) {
			return edge
		}
		edge = move(text, edge, 1)
	}
	if !splitsToken(text, edge) {
		return edge
	}
	for edge = at; extendsGrapheme(text, edge); {
		edge = move(text, edge, 1)
	}
	return edge
}

// splitsToken reports whether a cut at an offset splits a number, a word of
// letters or a grapheme.
func splitsToken(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(text[:at])
	after, sizeAfter := utf8.DecodeRuneInString(text[at:])
	switch {
	case extendsGrapheme(text, at):
		return true
	case textnorm.IsHan(before) && textnorm.IsHan(after):
		return isHanNumeral(before) && isHanNumeral(after)
	case isTokenRune(before) && isTokenRune(after):
		return true
	case isTokenRune(before):
		next, _ := utf8.DecodeRuneInString(text[at+sizeAfter:])
		return unicode.IsDigit(before) && isUnitSign(after) || connects(before, after, next)
	case isTokenRune(after):
		last, _ := utf8.DecodeLastRuneInString(text[:at-size])
		return unicode.IsDigit(after) && isCurrency(before) || connects(last, before, after)
	}
	return false
}

func isTokenRune(r rune) bool { return textnorm.IsWordRune(r) && r != utf8.RuneError }

// connects reports whether a sign between two characters joins them into one
// token: 3.14, 12:30, covid-19, news.cn.
func connects(before, sign, after rune) bool {
	switch sign {
	case '.', '-', '/', '\'', '’', '_', '@', '&', '．', '－', '／', '‐':
		return isTokenRune(before) && isTokenRune(after)
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

// extendsGrapheme reports whether the character at an offset belongs to the one
// before it: combining marks, variation selectors, joined emoji and their skin
// tones, flags. It covers what UAX 29 calls extended grapheme clusters as far as
// newspapers print them.
func extendsGrapheme(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return false
	}
	const joiner = '\u200d'
	after, _ := utf8.DecodeRuneInString(text[at:])
	if after < 0x300 || textnorm.IsHan(after) { // the first combining mark is U+0300
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsMark(after) || after == joiner || before == joiner || isSkinTone(after) ||
		isFlag(before) && isFlag(after)
}

func isSkinTone(r rune) bool { return '\U0001F3FB' <= r && r <= '\U0001F3FF' }

func isFlag(r rune) bool { return '\U0001F1E6' <= r && r <= '\U0001F1FF' }
