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

// phrase matches the texts that contain a phrase in normal form.
func (t *translator) phrase(p TextPlace, text string) object {
	if text == "" {
		return matchNone
	}
	if utf8.RuneCountInString(text) == 1 {
		return prefix(p.stream(layout.CharactersStream), text)
	}
	var ways []object
	for _, tokens := range phraseTokens(text) {
		ways = append(ways, tokens.match(p.stream(layout.CharactersStream)))
	}
	return AnyOf(ways...)
}

// tokens are those of a phrase, next to one another.
type tokens struct {
	list []string
	last string // a character that the token after them begins with; "" for any
}

// phraseTokens returns the tokens of a phrase of two characters or more in normal form. A full stop at its
// beginning ends a sentence in some texts, so that there are two ways.
func phraseTokens(text string) []tokens {
	all := layout.Pairs(text)
	out := tokens{list: all[:len(all)-1]}
	if before := out.list[len(out.list)-1]; utf8.RuneCountInString(before) == 1 { // says nothing of the last character
		out.last = all[len(all)-1]
	}
	ways := []tokens{out}
	if text[0] == '.' {
		first := tokens{list: slices.Concat([]string{"."}, out.list[1:]), last: out.last}
		if len(out.list) == 1 {
			first.last = all[len(all)-1]
		}
		ways = append(ways, first)
	}
	return ways
}

// maxPrefixTerms is more than the terms that begin with one character.
const maxPrefixTerms = 100_000

func (t tokens) match(field string) object {
	if t.last != "" {
		return object{"match_phrase_prefix": object{field: object{
			"query": strings.Join(append(slices.Clone(t.list), t.last), " "), "max_expansions": maxPrefixTerms,
		}}}
	}
	if len(t.list) == 1 {
		return Term(field, t.list[0])
	}
	return object{"match_phrase": object{field: object{"query": strings.Join(t.list, " ")}}}
}

// interval returns the rule of an intervals query for the tokens; ok is false if there is none.
func (t tokens) interval() (rule object, ok bool) {
	return interval(t.list...), t.last == ""
}

func interval(tokens ...string) object {
	return object{"match": object{"query": strings.Join(tokens, " "), "max_gaps": 0, "ordered": true}}
}

// together matches the texts with one of the variants of an operand.
func (t *translator) together(p TextPlace, variants []engine.Variant) object {
	var out []object
	if t.literal {
		variants = variants[:1]
	}
	if t.rough {
		t.exact, t.least = false, false
		for _, v := range variants {
			out = append(out, roughly(p, v))
		}
		return AnyOf(out...)
	}
	for _, v := range variants {
		out = append(out, t.contiguous(p, v.Text, v.Uncut))
		if v.Near != nil {
			out = append(out, t.nearWords(p, v.Near, v.Most))
		}
	}
	return AnyOf(out...)
}

// roughly matches the documents with the first gram of a variant, which both ways to find it need.
func roughly(p TextPlace, v engine.Variant) object {
	text := v.Text
	if v.Near != nil {
		text = v.Near[0]
	}
	grams := analyzer.WordGrams(text)
	if len(grams) == 0 {
		return prefix(p.stream(layout.CharactersStream), textnorm.First(text, 1))
	}
	return GramIn(p, grams[0])
}

// uncut matches the texts with a word of Han characters that is not a part of a longer number.
func (t *translator) uncut(p TextPlace, word string) object {
	if utf8.RuneCountInString(word) == 1 {
		t.exact, t.least = false, false
		return t.phrase(p, word)
	}
	return object{"intervals": object{p.stream(layout.CharactersStream): wordRule(word)}}
}

// certainlyUncut matches some of the texts with a word of Han characters and digits that is not a part of a longer
// number: those where neither a numeral nor a sign of numbers is next to it.
func (t *translator) certainlyUncut(p TextPlace, word string) object {
	if t.brief || strings.ContainsFunc(word, func(r rune) bool { return !textnorm.IsHan(r) && !isDigit(r) }) {
		return matchNone
	}
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	var in strings.Builder // a pattern for what may belong to a number
	for _, r := range numeral.Characters + digits + signsOfNumbers {
		if unicode.IsPunct(r) {
			in.WriteByte('\\')
		}
		in.WriteString(layout.Token(string(r)))
	}
	before := object{"regexp": object{"pattern": "[" + in.String() + "]" + string(first)}}
	after := object{"regexp": object{"pattern": string(last) + "[" + in.String() + "]"}}
	whole := interval(phraseTokens(word)[0].list...)
	rule := whole
	for _, longer := range []object{inOrder(before, whole), inOrder(whole, after)} {
		rule = object{"all_of": object{"intervals": []object{rule}, "filter": object{"not_contained_by": longer}}}
	}
	return object{"intervals": object{p.stream(layout.CharactersStream): rule}}
}

const (
	digits         = "0123456789"
	signsOfNumbers = "几数点.,-· "
)

func isDigit(r rune) bool { return strings.ContainsRune(digits, r) }

// wordRule returns the rule for a word of two Han characters or more which, if it begins or ends with a
// numeral, is not a part of a longer number.
func wordRule(word string) object {
	return uncutRule(word, interval(phraseTokens(word)[0].list...), true)
}

// uncutRule adds to the rule for a word that it is not a part of a longer number. The tokens are characters,
// in pairs with the one after each.
func uncutRule(word string, rule object, pairs bool) object {
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	pair := func(a, b string) string {
		if pairs {
			return a + b
		}
		return a
	}
	var numerals, points []string
	for _, r := range numeral.Characters {
		numerals = append(numerals, string(r))
	}
	var longer []object
	if isNumeral(first) {
		var before []string
		for _, n := range append([]string{"几", "数"}, numerals...) {
			before = append(before, pair(n, string(first)))
		}
		points = nil
		for _, n := range numerals {
			points = append(points, pair(n, "点"))
		}
		longer = append(longer, inOrder(oneOf(before), rule),
			inOrder(oneOf(points), interval(pair("点", string(first))), rule))
	}
	if isNumeral(last) {
		after, points := numerals, numerals
		if pairs {
			after, points = nil, nil
			for _, n := range numerals {
				after, points = append(after, string(last)+n), append(points, "点"+n)
			}
		}
		dot := "点"
		if pairs {
			dot = string(last) + dot
		}
		longer = append(longer, inOrder(rule, oneOf(after)), inOrder(rule, interval(dot), oneOf(points)))
	}
	for _, l := range longer { // one by one: not_contained_by any_of of several excludes nothing
		rule = object{"all_of": object{"intervals": []object{rule}, "filter": object{"not_contained_by": l}}}
	}
	return rule
}

// oneOf returns the rule for one of several tokens.
func oneOf(tokens []string) object {
	rules := make([]object, len(tokens))
	for i, t := range tokens {
		rules[i] = interval(t)
	}
	return anyRule(rules)
}

func isNumeral(r rune) bool { return strings.ContainsRune(numeral.Characters, r) }

func inOrder(rules ...object) object {
	return object{"all_of": object{"intervals": rules, "max_gaps": 0, "ordered": true}}
}

// occurrences matches the texts with an operand.
func (t *translator) occurrences(p TextPlace, c engine.OccurrencesOf) object {
	if c.Min > 1 {
		t.exact, t.least = false, false
	}
	return t.operand(p, c.Operand)
}

func (t *translator) operand(p TextPlace, o engine.Operand) object {
	if o.IsWord {
		return t.contiguous(p, o.Text, false)
	}
	return t.phrase(p, o.Text)
}

func escapeWildcard(text string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`).Replace(text)
}
