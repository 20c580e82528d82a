package engine

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/numeral"
	"xunwen/internal/textnorm"
)

// A short operand is a name or a term, of which the words belong together. All others
// are pasted headlines or questions.
const (
	shortCharacters = 8 // a run of letters or of digits, or a number, is one
	shortWords      = 4

	// Two or more operands of so many words each, and of so many characters on average,
	// are a headline with spaces.
	headlineCharacters = 5
	headlineWords      = 3
)

// isHeadline reports whether operands are a headline: one is long, or together they are
// one with spaces.
func isHeadline(operands []*operand) bool {
	isLong := func(o *operand) bool { return !o.isShort() }
	isOther := func(o *operand) bool { return len(o.tokens) < headlineWords }
	all := 0
	for _, o := range operands {
		all += characters(o.text)
	}
	spaced := len(operands) > 1 && all >= headlineCharacters*len(operands) && !slices.ContainsFunc(operands, isOther)
	return spaced || slices.ContainsFunc(operands, isLong)
}

// isShort reports whether an operand is short. Names that jieba left in single
// characters are one unit, however many those are.
func (o *operand) isShort() bool {
	words := 0
	for i, t := range o.tokens {
		month := i > 0 && isSingleHan(t.Term) && isNumber(o.tokens[i-1].Term) // 5月 is one
		if !month && !numeral.Inside(o.text, t.Start) {
			words++
		}
	}
	return characters(o.text) <= shortCharacters && (words <= shortWords || len(distinct(o.units)) <= longOperand)
}

// characters counts the characters of a folded text; a run of letters and digits is one,
// and so is a number in characters.
func characters(folded string) int {
	n := 0
	for i := range folded {
		if !insideRun(folded, i) && !numeral.Inside(folded, i) {
			n++
		}
	}
	return n
}

// together compiles a short operand.
func (c *compiler) together(o *operand, at position) *togetherNode {
	n := &togetherNode{zone: at.zone, stop: o.stop}
	n.variants = []variant{newVariant(o.text, o.nearWords(c.segmenter, nil))}
	if at.excluded {
		return n
	}
	for _, chosen := range replacements(c.segmenter.Synonyms(o.text, o.tokens)) {
		var text strings.Builder
		end := 0
		for _, r := range chosen {
			text.WriteString(o.text[end:r.Start] + r.Word)
			end = r.End
		}
		text.WriteString(o.text[end:])
		v := newVariant(join(c.segmenter, text.String()), o.nearWords(c.segmenter, chosen))
		if slices.ContainsFunc(chosen, func(r analyzer.Synonym) bool { return r.Numeral }) && numeral.Edges(v.text) {
			v.uncut, v.exact, v.groups = true, false, nil
		}
		n.variants = append(n.variants, v)
	}
	return n
}

// variant is a text by which an operand is found: its own, or one with synonyms of
// parts of it.
type variant struct {
	text   string   // joined
	grams  []string // what any document has whose text contains it
	exact  bool     // and no other document, but for those with a group
	groups []string // grams of the documents where it may be only a part of a longer number
	uncut  bool     // it must not begin or end inside a number: 三日 for 3日, not of 十三日
	near   []part   // the words that may be near one another instead; nil for none
}

// part is a word of a variant.
type part struct {
	text  string // joined
	grams []string
}

// newVariant returns the variant of a joined text with the words, folded, that may be near
// one another instead.
func newVariant(text string, near []string) variant {
	v := variant{text: text, grams: analyzer.WordGrams(text)}
	if v.exact = isSingleHan(v.text) || slices.Contains(v.grams, v.text); v.exact {
		v.groups = analyzer.GroupGrams(text)
	}
	for _, word := range near {
		word = textnorm.Join(word).Text
		v.near = append(v.near, part{word, analyzer.WordGrams(word)})
	}
	return v
}

// nearWords lists the words of an operand with replacements of some parts, where they
// match near one another too: there are two, stop words aside, and all are words of
// the dictionaries or runs of letters and digits. Separate parts of a name that no
// dictionary has say nothing.
func (o *operand) nearWords(s Segmenter, chosen []analyzer.Synonym) []string {
	if strings.ContainsFunc(o.text, isSymbol) { // 增长5%
		return nil
	}
	var words []string
	for _, t := range o.content {
		for len(chosen) > 0 && chosen[0].End <= t.Start {
			words, chosen = append(words, chosen[0].Word), chosen[1:]
		}
		switch {
		case len(chosen) > 0 && chosen[0].Start <= t.Start && t.End <= chosen[0].End:
			continue
		case len(chosen) > 0 && chosen[0].Start < t.End, isSingleHan(t.Term), !isRun(t.Term) && !s.IsWord(t.Term):
			return nil
		}
		words = append(words, t.Term)
	}
	for _, r := range chosen {
		words = append(words, r.Word)
	}
	if len(words) < 2 || slices.ContainsFunc(words, isSingleHan) {
		return nil
	}
	return words
}

// rankWhole makes a short operand that matches as a whole alone, though it is segmented
// into several pieces, rank as if it were one word: how often a text has it contiguously,
// weighed by its own document frequency. Its pieces say little, and a text may be segmented
// in another way: 碳中和 is 碳中/和, and in 碳达峰碳中和 it is 碳/中/和. Measured in
// docs/measurements/ranking.md.
func (o *operand) rankWhole(s Segmenter) {
	if !o.isShort() || len(o.tokens) < 2 || len(o.grams) == 0 || o.nearWords(s, nil) != nil {
		return
	}
	o.whole, o.words = []string{o.text}, nil
	for _, syn := range o.synonyms { // whose share depends on the weights of both
		syn.part.rankWhole(s)
		syn.word.rankWhole(s)
	}
}

// dropSpanningGrams keeps of the grams that a short operand is ranked by those inside its
// words, where these may be near one another: a gram that spans two of them (肃积 of
// 甘肃积石山地震) is as rare as the whole, and would put a text with them contiguous far above
// one with them near. Measured in docs/measurements/roundups.md.
func (o *operand) dropSpanningGrams(s Segmenter) {
	words := o.nearWords(s, nil)
	if words == nil || !o.isShort() {
		return
	}
	o.grams = nil
	for _, word := range words {
		o.grams = append(o.grams, analyzer.WordGrams(word)...)
	}
}

// maxVariants bounds how many texts an operand is found by.
const maxVariants = 32

// replacements lists the choices of synonyms for parts of an operand that don't
// overlap, those with the fewest first.
func replacements(all []analyzer.Synonym) [][]analyzer.Synonym {
	var out [][]analyzer.Synonym
	add := func(chosen []analyzer.Synonym, end int) {
		for _, r := range all {
			if r.Start >= end && len(out) < maxVariants {
				out = append(out, append(slices.Clip(chosen), r))
			}
		}
	}
	add(nil, 0)
	for i := 0; i < len(out); i++ {
		add(out[i], out[i][len(out[i])-1].End)
	}
	return out
}

// betweenSigns splits a joined operand at the signs next to a Han character, and drops those
// at its ends: 《流浪地球》 is searched without its marks, and 北约，欧盟 is two operands.
func betweenSigns(text string) []string {
	var out []string
	start, end := 0, 0 // of the last part
	add := func() {
		if end > start {
			out = append(out, text[start:end])
		}
	}
	for i, r := range text {
		before, _ := utf8.DecodeLastRuneInString(text[start:end])
		if isSymbol(r) && (i > end || !belongs(r, before)) {
			continue
		}
		if i > end && (end == 0 || textnorm.IsHan(before) || textnorm.IsHan(r)) {
			add()
			start = i
		}
		end = i + utf8.RuneLen(r)
	}
	add()
	return out
}

// belongs reports whether a sign is part of the word that ends in the character before
// it: 5%, c++.
func belongs(sign, before rune) bool {
	switch sign {
	case '%', '‰', '°':
		return unicode.IsDigit(before)
	case '+', '#':
		return inRun(before) || before == sign
	}
	return false
}
