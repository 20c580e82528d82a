package dsl

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/numeral"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/textnorm"
)

// contiguous matches the texts with a word in joined form, with boundaries at both ends.
func (t *translator) contiguous(p TextPlace, word string, uncut bool) object {
	if word == "" {
		return matchNone
	}
	var out []object
	if layout.IsHan(word) {
		if uncut && numeral.Edges(word) {
			out = append(out, t.uncut(p, word))
		} else {
			out = append(out, t.phrase(p, word))
		}
	} else if uncut && numeral.Edges(word) {
		if t.least {
			t.exact = false
			return t.certainlyUncut(p, word)
		}
		t.exact, t.least = false, false
	}
	if utf8.RuneCountInString(word) == 1 && layout.IsHan(word) {
		return out[0]
	}
	if uncut && layout.IsHan(word) && numeral.Edges(word) {
		rule := uncutRule(word, interval(layout.Units(textnorm.Join(word), 0, len(word), true)...), false)
		return AnyOf(append(out, object{"intervals": object{p.stream(layout.JoinedStream): rule}})...)
	}
	if !layout.IsHan(word) && strings.ContainsFunc(word, isSign) {
		switch {
		case spansSentences(word), isHanWithSigns(word) && mayLoseSign(word):
			return t.bySigns(p, word)
		case isHanWithSigns(word): // Joined lacks the sentences without letters, digits and joiners
			out = append(out, t.phrase(p, word))
		}
	}
	for _, units := range waysToCut(word) {
		out = append(out, tokens{list: units}.match(p.stream(layout.JoinedStream)))
	}
	return AnyOf(out...)
}

// bySigns matches the texts with a word that has signs, and more: Joined lacks some of the texts that have it, and
// Characters has it where it is no word.
func (t *translator) bySigns(p TextPlace, word string) object {
	t.exact = false
	if t.least {
		first, _ := utf8.DecodeRuneInString(word)
		last, _ := utf8.DecodeLastRuneInString(word)
		if isLetterOrDigit(first) || isLetterOrDigit(last) || mayLoseSign(word) {
			t.least = false
			return matchNone
		}
		return t.phrase(p, word)
	}
	grams := analyzer.WordGrams(word)
	if len(grams) == 0 { // no joiner can be inside it
		return t.phrase(p, word)
	}
	var all []object
	for _, g := range grams {
		all = append(all, GramIn(p, g))
	}
	return AllOf(all...)
}

func isSign(r rune) bool { return !textnorm.IsHan(r) && !isLetterOrDigit(r) }

func isLetterOrDigit(r rune) bool { return textnorm.IsWordRune(r) && !textnorm.IsHan(r) }

func isHanWithSigns(word string) bool { return !strings.ContainsFunc(word, isLetterOrDigit) }

// spansSentences reports whether a word has characters after a mark that ends a sentence in some texts.
func spansSentences(word string) bool {
	ends := engine.SentenceEnds(word)
	return len(ends) > 0 && ends[0] < len(word) || len(word) > 1 && word[0] == '.'
}

// mayLoseSign reports whether a word begins or ends with a sign that is a joiner next to a Han character.
func mayLoseSign(word string) bool {
	return strings.Trim(word, "-·") != word
}

// waysToCut returns the units of a joined word, for each way in which a text may cut its runs of letters and of
// digits by joiners, up to maxCuts.
func waysToCut(word string) [][]string {
	base := layout.Units(textnorm.Join(word), 0, len(word), true)
	out := [][]string{base}
	add := func(ways [][]string) [][]string {
		var more [][]string
		for _, way := range ways {
			for i, u := range way {
				r, _ := utf8.DecodeRuneInString(u)
				if !unicode.IsLetter(r) || textnorm.IsHan(r) {
					continue
				}
				for at := range u {
					if at > 0 {
						more = append(more, slices.Concat(way[:i], []string{u[:at], u[at:]}, way[i+1:]))
					}
				}
			}
		}
		return more
	}
	ways := out
	for range maxCuts {
		ways = add(ways)
		if len(out)+len(ways) > maxWays {
			break
		}
		for _, way := range ways {
			if !slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, way) }) {
				out = append(out, way)
			}
		}
	}
	return out
}

const (
	maxCuts = 1  // joiners inside the runs of letters of a word, if not all are
	maxWays = 32 // to cut a word
)
