package suggest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// pattern is what was typed, folded, with one separator for any sequence of signs
// that separate syllables.
type pattern struct {
	text    []rune
	typed   string // what was typed, without joiners
	lenient bool   // lu and nu match lü and nü as well
	whole   bool   // it matches only the whole of a word, each syllable in full
}

// separator separates syllables in a pattern.
const separator = ' '

// patterns returns the patterns of what was typed, those that match best first: as
// it is, with digits as tones, and with u for ü.
func (c *Completer) patterns(typed string) []pattern {
	folded := newPattern(c.fold.FoldString(umlauts(typed)))
	out := []pattern{{text: folded, typed: withoutJoiners(typed)}}
	if toned := c.withoutTones(folded); !slices.Equal(toned, folded) {
		out = append(out, pattern{text: toned})
	}
	last := out[len(out)-1]
	if text := string(last.text); strings.Contains(text, "lu") || strings.Contains(text, "nu") {
		out = append(out, pattern{text: last.text, lenient: true})
	}
	return out
}

func newPattern(folded string) []rune {
	var out []rune
	pending := false
	for _, r := range folded {
		if strings.ContainsRune(wordJoiners, r) {
			continue // words are listed without
		}
		if isSyllableSign(r) {
			pending = len(out) > 0
			continue
		}
		if pending {
			out, pending = append(out, separator), false
		}
		out = append(out, r)
	}
	return out
}

// wordJoiners are signs between the characters of a word (see textnorm.Joined).
const wordJoiners = "·-"

func withoutJoiners(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(wordJoiners, r) {
			return -1
		}
		return r
	}, s)
}

// isSyllableSign reports whether a sign may stand between syllables: a blank or an
// apostrophe of any shape, or what it is folded to.
func isSyllableSign(r rune) bool { return strings.ContainsRune(" \u00a0\u3000'\"’‘ʼ`´＇", r) }

// umlauts removes the tones of pinyin, and writes v for ü, u: and ｕ：, before folding
// makes u of them.
func umlauts(typed string) string {
	var out []rune
	for _, r := range typed {
		if r >= 0x2000 && (r < 0xFF01 || r > 0xFF5E) {
			out = append(out, r)
			continue
		}
		for _, r := range norm.NFKD.String(string(r)) {
			last := len(out) - 1
			afterU := last >= 0 && (out[last] == 'u' || out[last] == 'U')
			switch {
			case last >= 0 && isLatinLetter(out[last]) && strings.ContainsRune(toneMarks, r):
			case afterU && r == diaeresis, afterU && r == ':' && last > 0 && strings.ContainsRune("lnLN", out[last-1]):
				out[last] = 'v'
			default:
				out = append(out, r)
			}
		}
	}
	return norm.NFC.String(string(out))
}

// toneMarks are the marks of the tones. The third is often typed as a breve.
const toneMarks = string(macron) + string(acute) + string(caron) + string(grave) + "\u0306"

func isLatinLetter(r rune) bool { return isLowerLatin(r) || 'A' <= r && r <= 'Z' }
func isLowerLatin(r rune) bool  { return 'a' <= r && r <= 'z' }

// withoutTones replaces digits from 0 to 5 after a syllable by separators: bei3jing1
// is bei jing, c919 and 5g stay.
func (c *Completer) withoutTones(text []rune) []rune {
	out := make([]rune, 0, len(text))
	from := 0 // of the letters before i
	for i, r := range text {
		isTone := '0' <= r && r <= '5' && from < i && c.areSyllables(string(text[from:i])) &&
			(i+1 == len(text) || text[i+1] < '0' || text[i+1] > '9')
		if isTone {
			r = separator
		}
		if r != separator || len(out) > 0 && out[len(out)-1] != separator {
			out = append(out, r)
		}
		if !isLowerLatin(r) {
			from = i + 1
		}
	}
	if n := len(out); n > 0 && out[n-1] == separator {
		out = out[:n-1]
	}
	return out
}

// maxSyllable is the length of zhuang.
const maxSyllable = 6

// areSyllables reports whether letters are one or more syllables.
func (c *Completer) areSyllables(letters string) bool {
	reached := make([]bool, len(letters)+1)
	reached[0] = true
	for end := 1; end <= len(letters); end++ {
		for start := max(0, end-maxSyllable); start < end; start++ {
			if reached[start] && c.isSyllable(letters[start:end]) {
				reached[end] = true
			}
		}
	}
	return reached[len(letters)]
}

// isSyllable reports whether s is a reading of a character, also with u for ü.
func (c *Completer) isSyllable(s string) bool {
	if c.syllables[s] {
		return true
	}
	initial, final := s[:min(1, len(s))], s[min(1, len(s)):]
	return (initial == "l" || initial == "n") && strings.HasPrefix(final, "u") && c.syllables[initial+"v"+final[1:]]
}

// matches reports whether a word begins with a pattern: each character is matched
// by itself or by its syllable in full or its initial, and at the end of the
// pattern by any prefix of its syllable.
func (c *Completer) matches(word string, p pattern) bool {
	if len(p.text) > 0 && p.text[0] == separator {
		p.text = p.text[1:]
	}
	if len(p.text) == 0 {
		return !p.whole || word == ""
	}
	r, size := utf8.DecodeRuneInString(word)
	if size == 0 {
		return false
	}
	rest := word[size:]
	if strings.ContainsRune(wordJoiners, r) {
		return c.matches(rest, p)
	}
	if c.isFoldedTo(r, p.text[0]) && c.matches(rest, p.after(1)) {
		return true
	}
	for _, syllable := range c.syllablesOf(r) {
		shared := p.shared(syllable)
		for used := shared; used > 0; used-- {
			full := used == len(syllable) || used == len(p.text) && !p.whole
			initial := (used == 1 || used == 2 && syllable[1] == 'h') && !p.whole
			if (full || initial) && c.matches(rest, p.after(used)) {
				return true
			}
		}
	}
	return false
}

// isFoldedTo reports whether r, of a word as texts spell it, folds to a character.
func (c *Completer) isFoldedTo(r, folded rune) bool {
	if _, isVariant := c.variants[r]; isVariant {
		return c.fold.FoldString(string(r)) == string(folded)
	}
	return r == folded
}

// after returns p without its first n characters.
func (p pattern) after(n int) pattern {
	p.text = p.text[n:]
	return p
}

// shared returns how many characters a syllable and the pattern share at the
// beginning.
func (p pattern) shared(syllable string) int {
	n := 0
	for n < len(syllable) && n < len(p.text) {
		typed := p.text[n]
		if rune(syllable[n]) != typed && !(p.lenient && syllable[n] == 'v' && typed == 'u') {
			break
		}
		n++
	}
	return n
}
