package engine

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/textnorm"
)

// unit is the smallest part of an unquoted operand that is matched as a whole: a
// jieba word, or a run of words that jieba left in single characters, such as
// the name 谭德塞, which it segments 谭/德塞.
type unit struct {
	text       string   // folded
	grams      []string // what any document has whose text contains the unit
	start, end int      // its place in the operand, in bytes
}

// operand is an operand of a query, segmented.
type operand struct {
	text     string // joined
	tokens   []analyzer.Token
	content  []analyzer.Token // those that are matched and ranked
	stop     bool             // it is made of stop words alone
	units    []unit
	whole    []string // ranked by in the channel operands: its whole text, or nothing
	words    []string // ranked by in the channel words
	grams    []string // ranked by in the channel grams
	synonyms []synonym
}

// newOperand segments an operand; it has no synonyms yet. Stop words are neither
// matched nor ranked unless there is nothing else.
func newOperand(s Segmenter, text string) *operand {
	joined := join(s, text)
	o := &operand{text: joined, tokens: s.Segment(joined), stop: true}
	words := 0 // content that is no number
	onlyCharacters := true
	for _, t := range o.tokens {
		number, stop := isNumber(t.Term), s.IsStopWord(t.Term)
		if number || !stop {
			o.content = append(o.content, t)
			o.stop = false
		}
		if !number && !stop {
			words++
		}
		onlyCharacters = onlyCharacters && isSingleHan(t.Term)
	}
	// A number alone (第5) would say too little, and so would what stop words
	// leave of single characters: of 王和 every 王.
	if words == 0 || onlyCharacters {
		o.content = o.tokens
	}
	o.fill()
	return o
}

// newExactOperand segments an operand of which stop words are matched too.
func newExactOperand(s Segmenter, text string) *operand {
	joined := join(s, text)
	o := &operand{text: joined, tokens: s.Segment(joined)}
	o.content = o.tokens
	o.fill()
	return o
}

// join returns the joined form of a text.
func join(s Segmenter, text string) string { return textnorm.Join(s.FoldString(text)).Text }

// fill derives from the content what is matched and ranked.
func (o *operand) fill() {
	o.units, o.grams = unitsOf(o.content), analyzer.WordGrams(o.text)
	for _, t := range o.content {
		o.words = append(o.words, t.Term)
	}
}

// rankAsHeadline changes what the operand of a headline is ranked by. Numbers distinguish a
// headline from similar ones, above all as it writes them. So runs of letters and digits next
// to a Han character count too (54 of 54连胜, besides 54连), and numbers written in the other
// way don't. Measured in docs/measurements/ranking.md.
func (o *operand) rankAsHeadline() {
	for i := range o.synonyms {
		o.synonyms[i].unranked = o.synonyms[i].numeral
	}
	for i := 0; i < len(o.text); {
		end := i + 1
		for end < len(o.text) && insideRun(o.text, end) {
			end++
		}
		r, _ := utf8.DecodeRuneInString(o.text[i:])
		if run := o.text[i:end]; inRun(r) && !slices.Contains(o.grams, run) {
			o.grams = append(o.grams, run)
		}
		i = end
	}
}

// unitsOf returns the units of tokens. A single Han character joins the next token
// where they touch, else the one before. Tokens that split a run of letters and
// digits (3.14app is segmented 3.14/app) are one unit: a text that was segmented
// in another way has the run.
func unitsOf(tokens []analyzer.Token) []unit {
	var units []unit
	open := false // whether the last unit waits for a token
	for _, t := range tokens {
		single := isSingleHan(t.Term)
		touches := len(units) > 0 && t.Start == units[len(units)-1].end
		if touches && (open || single || splitsRun(units[len(units)-1].text, t.Term)) {
			u := &units[len(units)-1]
			u.text, u.end = u.text+t.Term, t.End
		} else {
			units = append(units, unit{text: t.Term, start: t.Start, end: t.End})
		}
		open = single && (open || !touches)
	}
	for i := range units {
		units[i].grams = analyzer.WordGrams(units[i].text)
	}
	return units
}

// splitsRun reports whether two tokens that touch split a run of letters and digits.
func splitsRun(before, after string) bool { return insideRun(before+after, len(before)) }

// distinct returns units without those whose text came before.
func distinct(units []unit) []unit {
	seen := map[string]bool{}
	out := units[:0:0]
	for _, u := range units {
		if !seen[u.text] {
			seen[u.text] = true
			out = append(out, u)
		}
	}
	return out
}

// innerGrams are the grams that every text has which contains a joined word: of each the
// direct or the joint one.
func innerGrams(word string) []string { return analyzer.WordGrams(word) }

// isNumber reports whether a token is made of digits; jieba's stop words include
// 0 to 9.
func isNumber(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// isEndGram reports whether a gram is end-marked: a Han character alone.
func isEndGram(term string) bool { return isSingleHan(term) }

func isSingleHan(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && size > 0 && textnorm.IsHan(r)
}

// isHan reports whether all characters of s are Han.
func isHan(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !textnorm.IsHan(r) }) < 0
}

// unitTexts lists the texts of units.
func unitTexts(units []unit) []string {
	out := make([]string, len(units))
	for i, u := range units {
		out[i] = u.text
	}
	return out
}
