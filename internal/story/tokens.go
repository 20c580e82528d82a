package story

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"xunwen/internal/news"
)

// token is what a difference consists of: a Han character or another sign, a run of letters and
// digits, or the end of a paragraph.
type token struct {
	text string // as printed, with white space after it; "" for the end of a paragraph
	key  rune   // tokens with the same key are equal
}

const endOfParagraph = '\n'

// Runs of letters and digits have keys of a private-use area that no text uses for long.
const (
	firstRunKey = '\U000F0000'
	lastRunKey  = unicode.MaxRune
)

// tokens divides texts. The same run has the same key in all of them. White space and width don't
// make a difference: full-width letters, digits and signs equal the usual ones.
type tokens struct{ runs map[string]rune }

func newTokens() *tokens { return &tokens{map[string]rune{}} }

// paragraphs returns the tokens of the paragraphs of an article. A section's heading is a
// paragraph before its first one.
func (t *tokens) paragraphs(list []news.Paragraph) []token {
	var out []token
	section := ""
	for _, p := range list {
		if p.Section != "" && p.Section != section {
			section = p.Section
			out = append(t.append(out, section), token{key: endOfParagraph})
		}
		out = append(t.append(out, p.Text), token{key: endOfParagraph})
	}
	return out
}

// append appends the tokens of a text.
func (t *tokens) append(to []token, text string) []token {
	for len(text) > 0 {
		end := tokenEnd(text)
		size := end
		for size < len(text) {
			r, n := utf8.DecodeRuneInString(text[size:])
			if !unicode.IsSpace(r) {
				break
			}
			size += n
		}
		if end > 0 {
			to = append(to, token{text: text[:size], key: t.key(text[:end])})
		}
		text = text[size:]
	}
	return to
}

// tokenEnd returns where the first token of a text ends, 0 if it begins with white space.
func tokenEnd(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case unicode.IsSpace(r):
		return 0
	case !inRun(r):
		return size
	}
	for size < len(text) {
		r, n := utf8.DecodeRuneInString(text[size:])
		if !inRun(r) {
			break
		}
		size += n
	}
	return size
}

// inRun reports whether a character is a part of a run: a letter of a script with words, a digit,
// or a mark on one.
func inRun(r rune) bool {
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo) {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// key returns the key of a token.
func (t *tokens) key(text string) rune {
	folded := norm.NFKC.String(text)
	if r, size := utf8.DecodeRuneInString(folded); size == len(folded) && r < firstRunKey && r != endOfParagraph {
		return r
	}
	key, ok := t.runs[folded]
	if !ok {
		key = min(firstRunKey+rune(len(t.runs)), lastRunKey)
		t.runs[folded] = key
	}
	return key
}

// keys returns the keys of tokens.
func keys(list []token) []rune {
	out := make([]rune, len(list))
	for i, t := range list {
		out[i] = t.key
	}
	return out
}

// characters counts the characters of a token: code points that are no white space.
func (t token) characters() (n int) {
	for _, r := range t.text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// beginning returns the first tokens, at most so many, and whether these are all.
func beginning(list []token, most int) ([]token, bool) {
	if len(list) <= most {
		return list, true
	}
	return slices.Clip(list[:most]), false
}
