package dsl

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/engine"
	"xunwen/internal/numeral"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/query"
)

// nearWords matches the texts with words, which don't overlap, in one sentence with at most so many characters
// between them.
func (t *translator) nearWords(p TextPlace, words []string, most int) object {
	var out []object
	if !slices.ContainsFunc(words, func(w string) bool { return !layout.IsHan(w) }) {
		out = append(out, t.nearCharacters(p, words, most))
	}
	if slices.ContainsFunc(words, mayCutDigits) { // which runs of digits are one number, only texts decide
		if t.exact = false; t.least {
			return AnyOf(out...)
		}
	}
	var rules []object
	for _, w := range words {
		var ways []object
		for _, units := range waysToCut(w) {
			way := interval(units...)
			if layout.IsHan(w) {
				way = uncutRule(w, way, false)
			}
			ways = append(ways, way)
		}
		rules = append(rules, anyRule(ways))
	}
	return AnyOf(append(out, object{"intervals": object{p.stream(layout.JoinedStream): allRules(rules, most, nil)}})...)
}

// mayCutDigits reports whether a word begins or ends with a digit, or with a numeral next to letters or digits.
func mayCutDigits(word string) bool { return numeral.Edges(word) && !layout.IsHan(word) }

// nearCharacters is nearWords for words of two Han characters or more, in texts that have no joiners in them.
func (t *translator) nearCharacters(p TextPlace, words []string, most int) object {
	var rules []object
	for _, w := range words {
		rules = append(rules, wordRule(w))
	}
	without := []object{}
	for _, mark := range sentenceMarks {
		without = append(without, interval(mark))
	}
	for _, a := range words {
		for _, b := range words {
			without = append(without, overlaps(a, b)...)
		}
	}
	rule := allRules(rules, most+len(words)-1, object{"not_containing": object{"any_of": object{"intervals": without}}})
	return object{"intervals": object{p.stream(layout.CharactersStream): rule}}
}

// sentenceMarks are the tokens that end a sentence.
var sentenceMarks = []string{"。", "!", "?", "."}

// overlaps returns rules for a word that ends with the beginning of another.
func overlaps(a, b string) []object {
	var out []object
	for i := range a {
		if i == 0 {
			continue
		}
		if rest := a[i:]; strings.HasPrefix(b, rest) && rest != b {
			out = append(out, interval(phraseTokens(a[:i] + b)[0].list...))
		}
	}
	return out
}

func anyRule(rules []object) object {
	if len(rules) == 1 {
		return rules[0]
	}
	return object{"any_of": object{"intervals": rules}}
}

func allRules(rules []object, gaps int, filter object) object {
	all := object{"intervals": rules, "max_gaps": gaps, "ordered": false}
	if filter != nil {
		all["filter"] = filter
	}
	return object{"all_of": all}
}

// near matches the texts with words near one another, which may overlap.
func (t *translator) near(p TextPlace, c engine.NearOf) object {
	if len(c.Words) == 0 {
		return matchNone
	}
	t.exact = false
	if !t.least {
		var all []object
		for _, w := range c.Words {
			all = append(all, t.phrase(p, w))
		}
		return AllOf(all...)
	}
	var rules []object
	for _, w := range c.Words {
		rule, ok := phraseRule(w)
		if !ok {
			t.least = false
			return matchNone
		}
		rules = append(rules, rule)
	}
	return object{"intervals": object{p.stream(layout.CharactersStream): allRules(rules, c.Distance+len(rules)-1, nil)}}
}

// phraseRule returns the rule for a phrase; ok is false if there is none.
func phraseRule(text string) (rule object, ok bool) {
	if utf8.RuneCountInString(text) < 2 {
		return nil, false
	}
	ways := phraseTokens(text)
	var rules []object
	for _, w := range ways {
		rule, ok := w.interval()
		if !ok {
			return nil, false
		}
		rules = append(rules, rule)
	}
	return anyRule(rules), true
}

// proximity matches the texts with two operands, which don't overlap, in a relation.
func (t *translator) proximity(p TextPlace, c engine.ProximityOf) object {
	t.exact = false
	if !t.least {
		if c.Relation == query.SameParagraph && c.Distance > 0 { // they may be in two paragraphs
			return AnyOf(t.operand(p, c.Left), t.operand(p, c.Right))
		}
		return AllOf(t.operand(p, c.Left), t.operand(p, c.Right))
	}
	left, ok := phraseRule(c.Left.Text)
	right, also := phraseRule(c.Right.Text)
	if !ok || !also || c.Left.IsWord && !layout.IsHan(c.Left.Text) || c.Right.IsWord && !layout.IsHan(c.Right.Text) ||
		c.Distance > 0 && (c.Relation == query.SameSentence || c.Relation == query.SameParagraph) {
		t.least = false
		return matchNone
	}
	gaps, without := -1, append(overlaps(c.Left.Text, c.Right.Text), overlaps(c.Right.Text, c.Left.Text)...)
	switch {
	case c.Relation == query.SameSentence:
		for _, mark := range sentenceMarks {
			without = append(without, interval(mark))
		}
	case c.Relation == query.SameParagraph && p.Streams == layout.TitleField:
		gaps = layout.Gap - 1 // in one heading
	case c.Relation != query.SameParagraph:
		gaps = c.Distance + 1
	}
	pair := func(a, b object) object {
		all := object{"intervals": []object{a, b}, "max_gaps": gaps, "ordered": true}
		if len(without) > 0 {
			all["filter"] = object{"not_containing": anyRule(without)}
		}
		return object{"all_of": all}
	}
	rules := []object{pair(left, right)}
	if c.Relation != query.Before {
		rules = append(rules, pair(right, left))
	}
	return object{"intervals": object{p.stream(layout.CharactersStream): anyRule(rules)}}
}
