package engine

import (
	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
)

// synonymShare is the most that a synonym counts against the word that was
// asked for: who holds the word itself stands above who holds a synonym as often.
// Measured in docs/measurements/synonyms.md.
const synonymShare = .5

// synonym (同义词) is a word that a part of an operand may also stand for. It is
// held as a unit is, however jieba cuts it. Quoted phrases and what is excluded
// have no synonyms.
type synonym struct {
	from, to int    // the units that hold the part: units[from:to] of the operand, later of the bag
	units    []unit // held in their place: the synonym, then what the part leaves of them

	part, whole terms   // what the part and the synonym are ranked by
	share       float64 // that a term of whole counts
}

// expand is analyze with synonyms.
func (e *Engine) expand(text string) terms {
	o := e.operand(text)
	out := o.terms()
	for _, found := range e.cut.Synonyms(o.folded, o.tokens) {
		s := synonym{
			part:  e.analyze(o.folded[found.Start:found.End]),
			whole: e.analyze(found.Word),
			units: []unit{{text: found.Word, grams: innerGrams(found.Word)}},
		}
		for s.from < len(out.units) && out.units[s.from].end <= found.Start {
			s.from++
		}
		for s.to = s.from; s.to < len(out.units) && out.units[s.to].start < found.End; {
			s.to++
		}
		if s.from == s.to { // nothing but stop words
			continue
		}
		s.units = append(s.units, o.rest(out.units[s.from].start, out.units[s.to-1].end, found)...)
		out.synonyms = append(out.synonyms, s)
	}
	return out
}

// rest returns what a synonym's part leaves of the units in folded[start:end]:
// of 消联主席, where 消联 has a synonym, 主席.
func (o operand) rest(start, end int, part analyzer.Synonym) []unit {
	var tokens []analyzer.Token
	for _, t := range o.content {
		if t.Start >= start && t.End <= end && (t.End <= part.Start || t.Start >= part.End) {
			tokens = append(tokens, t)
		}
	}
	return join(tokens)
}

// terms makes an unquoted operand ready. What is excluded has no synonyms: it
// excludes the word.
func (r *run) terms(text string) (terms, error) {
	if r.strict {
		return r.analyze(text), nil
	}
	t := r.expand(text)
	return t, r.rankSynonyms(&t)
}

// rankSynonyms gives the synonyms of an operand their share: together a
// synonym's terms weigh no more than synonymShare of what those of the part do,
// however many or rare they are. Of a part that nothing holds there is nothing
// to stand below.
func (r *run) rankSynonyms(t *terms) error {
	for i := range t.synonyms {
		s := &t.synonyms[i]
		part, err := r.nominal(s.part)
		if err != nil {
			return err
		}
		whole, err := r.nominal(s.whole)
		if err != nil {
			return err
		}
		s.share = synonymShare
		if part > 0 && part < whole {
			s.share *= part / whole
		}
	}
	return nil
}

// nominal sums up what the terms that the index has weigh in a document that
// holds each once.
func (r *run) nominal(t terms) (float64, error) {
	sum := 0.
	for _, c := range []struct {
		field string
		terms []string
		share float64
	}{{Words, t.words, 1}, {Grams, t.grams, gramShare}} {
		for _, term := range c.terms {
			l, err := r.list(c.field, term)
			if err != nil {
				return 0, err
			}
			if len(l.docs) > 0 {
				sum += c.share * idf(len(r.columns.Article), len(l.docs))
			}
		}
	}
	return sum, nil
}

// widened returns the sets of the members that hold units of a bag, each with
// those that hold synonyms in its place. A unit that stands in the bag several
// times needs one at each.
func (r *run) widened(words bag, units []unit, sets []*roaring.Bitmap, in zone) ([]*roaring.Bitmap, error) {
	instead := make([]*roaring.Bitmap, len(words.units)) // by place in the bag; nil for none
	for _, s := range words.synonyms {
		all := make([]*roaring.Bitmap, len(s.units))
		for i, u := range s.units {
			set, err := r.heldUnit(u, in)
			if err != nil {
				return nil, err
			}
			all[i] = set
		}
		holders := roaring.FastAnd(all...)
		for i := s.from; i < s.to; i++ {
			if instead[i] == nil {
				instead[i] = holders
			} else {
				instead[i] = roaring.Or(instead[i], holders)
			}
		}
	}
	places := map[string][]*roaring.Bitmap{}
	for i, u := range words.units {
		places[u.text] = append(places[u.text], instead[i])
	}
	out := make([]*roaring.Bitmap, len(sets))
	for i, u := range units {
		out[i] = sets[i]
		if also := places[u.text]; !hasNil(also) {
			out[i] = roaring.Or(sets[i], roaring.FastAnd(also...))
		}
	}
	return out, nil
}

func hasNil(sets []*roaring.Bitmap) bool {
	for _, s := range sets {
		if s == nil {
			return true
		}
	}
	return false
}

// addSynonyms adds the synonyms of an operand to the marks, as pieces like the
// operand's own.
func (m *marker) addSynonyms(r *run, synonyms []synonym, of *written, like piece) {
	put := func(weight float64, find func(string) []place) {
		like.weight, like.find = weight, find
		m.pieces = append(m.pieces, like)
	}
	for _, s := range synonyms {
		word := s.units[0]
		put(synonymShare*r.unitWeight(word), func(text string) []place { return of.synonymPlaces(text, word) })
		for _, u := range s.units[1:] {
			put(r.unitWeight(u), func(text string) []place { return of.unitPlaces(text, u) })
		}
	}
}

// synonymPlaces finds a synonym of a part of an operand. Where the operand stands
// whole that is what matched, and the synonym is marked only where it does too.
func (o *written) synonymPlaces(folded string, u unit) []place {
	if at := occurrences(folded, u.text); at != nil || o.occurrences(folded) != nil {
		return places(at, len(u.text))
	}
	return o.engine.unitPlaces(folded, u)
}
