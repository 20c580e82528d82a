package opensearch

import (
	"fmt"
	"sync"

	"xunwen/internal/engine"
	"xunwen/internal/search"
)

// statistics are those of an index, looked up for one query. It implements engine.Statistics.
type statistics struct {
	sizes  engine.Sizes
	counts *counts
	most   int // terms of a query
}

// counts are how many documents of an index queries match. They don't change, so that they are kept.
type counts struct {
	mu   sync.Mutex
	kept map[string]int
}

// maxCounts bounds what is kept.
const maxCounts = 200_000

func newCounts() *counts { return &counts{kept: map[string]int{}} }

func (c *counts) get(key string) (n int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok = c.kept[key]
	return n, ok
}

func (c *counts) put(key string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) >= maxCounts {
		clear(c.kept)
	}
	c.kept[key] = n
}

// counted is a query whose matches are counted: root documents, or paragraphs.
type counted struct {
	key        string
	query      object
	paragraphs bool
	within     object // matches the root documents that are all matches, or have them as paragraphs
}

// Sizes implements engine.Statistics.
func (s *statistics) Sizes() engine.Sizes { return s.sizes }

// Term implements engine.Statistics.
func (s *statistics) Term(channel, text string) (documents, articles int) {
	for _, c := range countsOfTerm(engine.Term{Channel: channel, Text: text}) {
		n, _ := s.counts.get(c.key)
		switch c.key[0] {
		case ofArticles:
			articles += n
		default:
			documents += n
		}
	}
	return documents, articles
}

// The first characters of the keys of counts.
const (
	ofArticles   = 'a'
	ofHeads      = 'h'
	ofParagraphs = 'p'
)

// countsOfTerm lists what is counted for a term: articles, heads and paragraphs with it.
func countsOfTerm(t engine.Term) []counted {
	name := t.Channel + " " + t.Text
	in := func(p textPlace) object {
		switch t.Channel {
		case engine.Words:
			return term(p.words, token(t.Text))
		case engine.Grams:
			return gramIn(p, t.Text)
		}
		var all []object
		for _, g := range engine.InnerGrams(t.Text) {
			all = append(all, gramIn(p, g))
		}
		return allOf(all...)
	}
	head := in(textPlace{streams: titleField, words: titleWordsField})
	text := func(path string) object {
		return in(textPlace{streams: path + "." + textField, words: path + "." + paragraphWords})
	}
	within := anyOf(head, nested(ownField, text(ownField)), nested(othersField, text(othersField)))
	if t.Channel == engine.Words {
		within = anyOf(term(wordsField, token(t.Text)), term(allWordsField, token(t.Text)))
	}
	first := term(firstField, true)
	return []counted{
		{key: string(ofArticles) + name, query: first, within: within},
		{key: string(ofHeads) + name, query: allOf(first, head), within: within},
		{key: string(ofParagraphs) + name, query: text(ownField), within: within, paragraphs: true},
	}
}

// Units implements engine.Statistics.
func (s *statistics) Units(by search.By, of engine.UnitsOf, synonyms bool) []int {
	out := make([]int, len(of.Units))
	for i, c := range countsOfUnits(by, of, synonyms, s.most) {
		out[i], _ = s.counts.get(c.key)
	}
	return out
}

// weigher returns a weigher for the bags of one condition, which it counts once.
func (s *statistics) weigher() weigher {
	type bag struct {
		by       search.By
		units    *engine.UnitSet
		synonyms bool
	}
	known := map[bag][]int{}
	return func(by search.By, of engine.UnitsOf, synonyms bool) ([]int, int, error) {
		members := s.sizes.Items
		if by == search.ByParagraph {
			members = s.sizes.Documents
		}
		if len(of.Units) == 0 {
			return nil, members, nil
		}
		bag := bag{by, &of.Units[0], synonyms}
		if known[bag] == nil {
			known[bag] = s.Units(by, of, synonyms)
		}
		return known[bag], members, nil
	}
}

// countsOfUnits lists what is counted for the units of a bag. Synonyms are left out where they would be more
// than some number of terms.
func countsOfUnits(by search.By, of engine.UnitsOf, synonyms bool, most int) []counted {
	in := func(test textTest) object { return inZone(of.Zone, []string{ownField}, test) }
	paragraphs := by == search.ByParagraph && of.Zone != engine.InTitle && of.Zone != engine.InLead
	if paragraphs {
		place := textPlace{streams: ownField + "." + textField, words: ownField + "." + paragraphWords}
		if of.Zone == engine.InSection {
			place = textPlace{streams: ownField + "." + sectionTextField}
		}
		in = func(test textTest) object { return test(place) }
	}
	out := make([]counted, len(of.Units))
	for i, u := range of.Units {
		q := in(func(p textPlace) object { return unitIn(p, u.Unit) })
		within := q
		if instead := insteadOf(u, in); instead != nil {
			if more := anyOf(q, instead); clauses(more)+clauses(q) <= most {
				within = more
			}
		}
		if synonyms {
			q = within
		}
		out[i] = counted{
			key: fmt.Sprintf("u%t %s", paragraphs, key(q)), query: q, paragraphs: paragraphs, within: within,
		}
		if paragraphs {
			out[i].within = nested(ownField, within)
		}
	}
	return out
}
