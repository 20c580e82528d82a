package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/textnorm"
)

// textStreams are the tokens of one or more texts, as an index has them: an element is tokens
// separated by spaces, and no phrase spans two of them.
type textStreams struct {
	// Characters has the normal form of each text: each character with the one after it, but the mark
	// that ends a sentence and the last character alone. In exactly the texts that contain a phrase,
	// the tokens of the phrase are next to one another.
	Characters []string `json:"t,omitempty"`
	// Joined has the sentences with letters, digits or joiners in joined form: Han characters, signs,
	// and the runs of letters or of digits that a word may begin or end with.
	Joined []string `json:"j,omitempty"`
	// Grams has the grams of package analyzer, direct and joint, each once in a text.
	Grams string `json:"g,omitempty"`
}

// add adds a text in normal form.
func (s *textStreams) add(folded string) {
	if folded == "" {
		return
	}
	s.Characters = append(s.Characters, strings.Join(Pairs(folded), " "))
	joined := textnorm.Join(folded)
	start := 0
	for _, end := range append(engine.SentenceEnds(joined.Text), len(joined.Text)) {
		if start < end && isMixed(joined, start, end) {
			s.Joined = append(s.Joined, strings.Join(Units(joined, start, end, false), " "))
			if whole := Units(joined, start, end, true); len(whole) < strings.Count(s.Joined[len(s.Joined)-1], " ")+1 {
				s.Joined = append(s.Joined, strings.Join(whole, " "))
			}
		}
		start = end
	}
	grams := map[string]bool{}
	var all strings.Builder
	all.WriteString(s.Grams)
	add := func(t analyzer.Token) {
		if term := gramTerm(t.Term); term != "" && !grams[term] {
			grams[term] = true
			all.WriteString(" " + term)
		}
	}
	analyzer.EachGram(folded, add)
	analyzer.EachJoinedGram(folded, joined, add)
	s.Grams = all.String()
}

// Pairs lists the tokens of a folded text in Characters.
func Pairs(text string) []string {
	out := make([]string, 0, len(text)/hanSize+1)
	ends := engine.SentenceEnds(text)
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		end := i + size
		if len(ends) > 0 && ends[0] == end {
			ends = ends[1:]
		} else {
			_, next := utf8.DecodeRuneInString(text[end:])
			end += next
		}
		out = append(out, Token(text[i:end]))
		i += size
	}
	return out
}

// hanSize is the bytes of nearly all Han characters.
const hanSize = 3

// visibleSpace stands for a space in a token.
const visibleSpace = "␠"

// Token returns a text as a token: without white space, at which tokens are cut.
func Token(text string) string {
	if strings.IndexFunc(text, cuts) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if cuts(r) {
			return []rune(visibleSpace)[0]
		}
		return r
	}, text)
}

// cuts reports whether the whitespace tokenizer may cut at a character. Java has some that Go has not.
func cuts(r rune) bool { return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F }

// isMixed reports whether part of a joined text has letters, digits or joiners.
func isMixed(joined textnorm.Joined, start, end int) bool {
	if from, to := joined.Span(start, end); to-from != end-start {
		return true
	}
	return strings.IndexFunc(joined.Text[start:end], func(r rune) bool {
		return textnorm.IsWordRune(r) && !textnorm.IsHan(r)
	}) >= 0
}

// Units lists the units of part of a joined text. Whole ones are not cut where only a joiner was.
func Units(joined textnorm.Joined, start, end int, whole bool) []string {
	if whole {
		joined = textnorm.Joined{Text: joined.Text}
	}
	var out []string
	from := start
	for i := range joined.Text[start:end] {
		if at := start + i; at > start && joined.Boundary(at) {
			out = append(out, Token(joined.Text[from:at]))
			from = at
		}
	}
	return append(out, Token(joined.Text[from:end]))
}

// gramTerm returns the token of a gram, direct or joint.
func gramTerm(gram string) string {
	rest, _ := strings.CutPrefix(gram, analyzer.JointPrefix)
	return Token(rest)
}

// IsHan reports whether a text consists of Han characters.
func IsHan(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !textnorm.IsHan(r) }) < 0
}
