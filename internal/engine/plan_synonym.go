package engine

import (
	"xunwen/internal/analyzer"
	"xunwen/internal/textnorm"
)

// synonym (同义词) is a word that matches in place of a part of an operand. It
// matches as a unit does, however jieba segments it. Quoted phrases and what is
// excluded have no synonyms.
type synonym struct {
	from, to int    // the part is in units[from:to] of the operand, later of the bag
	units    []unit // match in their place: the synonym, then what the part leaves of them

	part, word *operand // what the part and the synonym are ranked by
	numeral    bool     // it writes a number in the other way
	unranked   bool     // it matches, but what it is ranked by doesn't count
}

// addSynonyms finds the synonyms of an operand's parts. A part is segmented by itself
// rather than cut out of the operand's tokens: an unknown word is recognised by the
// characters around it, so that of 13,194 parts of headlines 15 are segmented
// differently, and a text that has the part alone has the terms of the part alone.
func (o *operand) addSynonyms(s Segmenter) {
	for _, found := range s.Synonyms(o.text, o.tokens) {
		text := textnorm.Join(found.Word).Text
		syn := synonym{
			numeral: found.Numeral,
			part:    newOperand(s, o.text[found.Start:found.End]),
			word:    newOperand(s, found.Word),
			units:   []unit{{text: text, grams: analyzer.WordGrams(text)}},
		}
		for syn.from < len(o.units) && o.units[syn.from].end <= found.Start {
			syn.from++
		}
		for syn.to = syn.from; syn.to < len(o.units) && o.units[syn.to].start < found.End; {
			syn.to++
		}
		if syn.from == syn.to { // nothing but stop words
			continue
		}
		syn.units = append(syn.units, o.outside(o.units[syn.from].start, o.units[syn.to-1].end, found)...)
		o.synonyms = append(o.synonyms, syn)
	}
}

// outside returns what a part leaves of the units in text[start:end]: of
// 消联主席, where 消联 has a synonym, 主席.
func (o *operand) outside(start, end int, part analyzer.Synonym) []unit {
	var tokens []analyzer.Token
	for _, t := range o.content {
		if t.Start >= start && t.End <= end && (t.End <= part.Start || t.Start >= part.End) {
			tokens = append(tokens, t)
		}
	}
	return unitsOf(tokens)
}
