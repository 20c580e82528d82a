package engine

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/textnorm"
)

// unit is the smallest thing an unquoted operand is matched by: a jieba word,
// or a run of words that jieba left in single characters, such as the name
// 谭德塞, which it cuts 谭/德塞.
type unit struct {
	text       string   // folded
	grams      []string // the grams that a document with text inside must hold
	start, end int      // where it stands in the operand
}

// terms is an operand made ready for matching and ranking.
type terms struct {
	units    []unit
	words    []string  // for the channel words
	grams    []string  // for the channel grams
	synonyms []synonym // of parts of it
}

// operand is an unquoted operand cut into tokens.
type operand struct {
	folded  string
	tokens  []analyzer.Token
	content []analyzer.Token // those to be matched and ranked
}

// analyze cuts an unquoted operand.
func (e *Engine) analyze(text string) terms { return e.operand(text).terms() }

// operand cuts an unquoted operand. Stop words are neither matched nor ranked
// unless nothing else is there.
func (e *Engine) operand(text string) operand {
	folded := e.cut.FoldString(text)
	tokens := e.cut.Segment(folded)
	content := tokens[:0:0]
	words := 0 // of content, those that are no numbers
	for _, t := range tokens {
		number := isNumber(t.Term)
		if number || !e.cut.IsStopWord(t.Term) {
			content = append(content, t)
		}
		if !number && !e.cut.IsStopWord(t.Term) {
			words++
		}
	}
	// A number alone (第5) would say too little, and so would what stop words
	// leave of single characters: of 王和 every 王.
	if words == 0 || !slices.ContainsFunc(tokens, func(t analyzer.Token) bool { return !isSingleHan(t.Term) }) {
		content = tokens
	}
	return operand{folded, tokens, content}
}

func (o operand) terms() terms {
	out := terms{units: join(o.content), grams: innerGrams(o.folded)}
	for _, t := range o.content {
		out.words = append(out.words, t.Term)
	}
	return out
}

// join returns the units that tokens make: a single Han character joins the next
// token where they touch, else the one before. Tokens that part a run of letters
// and digits (3.14app is cut 3.14/app) are one unit: what holds them in a text
// that was cut another way is the run.
func join(tokens []analyzer.Token) []unit {
	var units []unit
	open := false // whether the last unit waits for a token
	for _, t := range tokens {
		single := isSingleHan(t.Term)
		touches := len(units) > 0 && t.Start == units[len(units)-1].end
		if touches && (open || single || insideRun(units[len(units)-1].text+t.Term, len(units[len(units)-1].text))) {
			u := &units[len(units)-1]
			u.text, u.end = u.text+t.Term, t.End
		} else {
			units = append(units, unit{text: t.Term, start: t.Start, end: t.End})
		}
		open = single && (open || !touches)
	}
	for i := range units {
		units[i].grams = innerGrams(units[i].text)
	}
	return units
}

// innerGrams are the grams of text that any text holds which contains it: all
// but the end-marked ones, since the text may go on.
func innerGrams(text string) []string {
	var grams []string
	for _, g := range analyzer.Grams(text) {
		if !isEndGram(g.Term) {
			grams = append(grams, g.Term)
		}
	}
	return grams
}

// isNumber tells a token of digits; jieba's stop words hold 0 to 9.
func isNumber(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// isEndGram tells the end-marked gram, a Han character alone.
func isEndGram(term string) bool { return isSingleHan(term) }

func isSingleHan(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && size > 0 && textnorm.IsHan(r)
}
