package dsl

import (
	"strings"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
)

// ExpectedTerms returns a function that reports whether package engine is likely to look up a term of texts for a
// query: if all of the term's characters are in the query's texts or in their variants. It may miss some.
func ExpectedTerms(terms []engine.Term, condition engine.Condition) func(string) bool {
	known := characters{}
	for _, t := range terms {
		known.add(t.Text)
	}
	known.addCondition(condition)
	return func(term string) bool {
		for _, r := range strings.TrimPrefix(term, analyzer.JointPrefix) {
			if !known[r] {
				return false
			}
		}
		return true
	}
}

// characters is a set of characters.
type characters map[rune]bool

func (c characters) add(texts ...string) {
	for _, text := range texts {
		for _, r := range text {
			c[r] = true
		}
	}
}

func (c characters) addCondition(condition engine.Condition) {
	switch of := condition.(type) {
	case engine.AllOf:
		for _, one := range of {
			c.addCondition(one)
		}
	case engine.AnyOf:
		for _, one := range of {
			c.addCondition(one)
		}
	case engine.NotOf:
		c.addCondition(of.Condition)
	case engine.TogetherOf:
		for _, v := range of.Variants {
			c.add(v.Text)
			c.add(v.Near...)
		}
	case engine.UnitsOf:
		for _, u := range of.Units {
			c.addUnits(u.Unit)
			for _, synonyms := range u.Synonyms {
				for _, units := range synonyms {
					c.addUnits(units...)
				}
			}
		}
	case engine.PhraseOf:
		c.add(of.Text)
	case engine.NearOf:
		c.add(of.Words...)
	case engine.ProximityOf:
		c.add(of.Left.Text, of.Right.Text)
	case engine.OccurrencesOf:
		c.add(of.Operand.Text)
	}
}

func (c characters) addUnits(units ...engine.Unit) {
	for _, u := range units {
		c.add(u.Text)
		c.add(u.Grams...)
	}
}
