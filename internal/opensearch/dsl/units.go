package dsl

import (
	"unicode/utf8"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/textnorm"
)

// units translates a bag of words: all units, or enough of them. in returns what matches where a document
// of the zone meets a test.
func (t *translator) units(c engine.UnitsOf, in func(TextTest) object) (object, error) {
	plain, more := make([]object, len(c.Units)), make([]object, len(c.Units))
	hasMore := false
	for i, u := range c.Units {
		plain[i] = in(func(p TextPlace) object { return UnitIn(p, u.Unit) })
		more[i] = plain[i]
		if instead := InsteadOf(u, in); instead != nil && !t.literal {
			more[i], hasMore = AnyOf(plain[i], instead), true
		}
	}
	first, err := t.enough(c, plain, false)
	if err != nil || !hasMore {
		return first, err
	}
	second, err := t.enough(c, more, true)
	return AnyOf(first, second), err
}

// InsteadOf returns what has synonyms instead of a unit, nil if there are none.
func InsteadOf(u engine.UnitSet, in func(TextTest) object) object {
	var each []object
	for _, synonyms := range u.Synonyms {
		if len(synonyms) == 0 {
			return nil
		}
		var any []object
		for _, parts := range synonyms {
			var all []object
			for _, part := range parts {
				all = append(all, in(func(p TextPlace) object { return UnitIn(p, part) }))
			}
			any = append(any, AllOf(all...))
		}
		each = append(each, AnyOf(any...))
	}
	if len(each) == 0 {
		return nil
	}
	return AllOf(each...)
}

// enough matches what has all units, or enough of their weight.
func (t *translator) enough(c engine.UnitsOf, units []object, synonyms bool) (object, error) {
	if c.Required {
		return AllOf(units...), nil
	}
	counts, members, err := t.weigh(t.by, c, synonyms)
	if err != nil {
		return nil, err
	}
	weighed, _, least := engine.WeighUnits(counts, members)
	if len(weighed) < leastUnits {
		return matchNone, nil
	}
	var should []object
	for _, u := range weighed {
		should = append(should, ConstantScore(units[u.Unit], float64(u.Weight)))
	}
	return object{"function_score": object{
		"query":     object{"bool": object{"should": should, "minimum_should_match": leastUnits}},
		"min_score": least * (1 - weightSlack),
	}}, nil
}

const (
	leastUnits = 2 // of a bag, as in package engine

	// weightSlack is more than sums of the same weights in another order differ by.
	weightSlack = 1e-6
)

// UnitIn matches the documents that have a unit: all of its grams, or the unit as a word.
func UnitIn(p TextPlace, u engine.Unit) object {
	if r, size := utf8.DecodeRuneInString(u.Text); size == len(u.Text) && textnorm.IsHan(r) {
		return prefix(p.stream(layout.CharactersStream), u.Text)
	}
	var grams []object
	for _, g := range u.Grams {
		grams = append(grams, GramIn(p, g))
	}
	q := AllOf(grams...)
	if p.Words != "" && !layout.IsHan(u.Text) {
		q = AnyOf(q, Term(p.Words, layout.Token(u.Text)))
	}
	return q
}

// GramIn matches the documents with a gram, direct or joint.
func GramIn(p TextPlace, gram string) object {
	return Term(p.stream(layout.GramsStream), layout.Token(gram))
}

// prefixOf matches the texts with a run of letters and digits that begins with a text: where no letter or digit
// is before it. The grams of a text can't be used, since some are joint grams: 200 of LH200.
func (t *translator) prefixOf(p TextPlace, text string) object {
	first, size := utf8.DecodeRuneInString(text)
	var rule object
	switch {
	case size < len(text):
		rule = interval(phraseTokens(text)[0].list...)
	case t.least: // there are too many tokens that begin with it
		rule = object{"regexp": object{"pattern": text + letterOrDigit}}
	default:
		t.exact = false
		return prefix(p.stream(layout.GramsStream), text)
	}
	before := object{"regexp": object{"pattern": letterOrDigit + string(first)}}
	return object{"intervals": object{p.stream(layout.CharactersStream): object{"all_of": object{
		"intervals": []object{rule}, "filter": object{"not_contained_by": inOrder(before, rule)},
	}}}}
}

// letterOrDigit is a pattern for what runs are made of, nearly always.
const letterOrDigit = "[a-z0-9]"

func prefix(field, text string) object {
	return object{"prefix": object{field: object{"value": layout.Token(text)}}}
}
