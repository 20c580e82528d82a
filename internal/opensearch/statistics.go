package opensearch

import (
	"fmt"
	"sync"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
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
	in := func(p dsl.TextPlace) object {
		switch t.Channel {
		case engine.Words:
			return dsl.Term(p.Words, layout.Token(t.Text))
		case engine.Grams:
			return dsl.GramIn(p, t.Text)
		}
		var all []object
		for _, g := range engine.InnerGrams(t.Text) {
			all = append(all, dsl.GramIn(p, g))
		}
		return dsl.AllOf(all...)
	}
	head := in(dsl.TextPlace{Streams: layout.TitleField, Words: layout.TitleWordsField})
	text := func(path string) object {
		return in(dsl.TextOf(path))
	}
	within := dsl.AnyOf(head, dsl.Nested(layout.OwnField, text(layout.OwnField)),
		dsl.Nested(layout.OthersField, text(layout.OthersField)))
	if t.Channel == engine.Words {
		word := layout.Token(t.Text)
		within = dsl.AnyOf(dsl.Term(layout.WordsField, word), dsl.Term(layout.AllWordsField, word))
	}
	first := dsl.Term(layout.FirstField, true)
	return []counted{
		{key: string(ofArticles) + name, query: first, within: within},
		{key: string(ofHeads) + name, query: dsl.AllOf(first, head), within: within},
		{key: string(ofParagraphs) + name, query: text(layout.OwnField), within: within, paragraphs: true},
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
func (s *statistics) weigher() dsl.Weigher {
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
	in := func(test dsl.TextTest) object { return dsl.InZone(of.Zone, []string{layout.OwnField}, test) }
	paragraphs := by == search.ByParagraph && of.Zone != engine.InTitle && of.Zone != engine.InLead
	if paragraphs {
		place := dsl.TextOf(layout.OwnField)
		if of.Zone == engine.InSection {
			place = dsl.TextPlace{Streams: layout.OwnField + "." + layout.SectionTextField}
		}
		in = func(test dsl.TextTest) object { return test(place) }
	}
	out := make([]counted, len(of.Units))
	for i, u := range of.Units {
		q := in(func(p dsl.TextPlace) object { return dsl.UnitIn(p, u.Unit) })
		within := q
		if instead := dsl.InsteadOf(u, in); instead != nil {
			if more := dsl.AnyOf(q, instead); dsl.Clauses(more)+dsl.Clauses(q) <= most {
				within = more
			}
		}
		if synonyms {
			q = within
		}
		out[i] = counted{
			key: fmt.Sprintf("u%t %s", paragraphs, dsl.Key(q)), query: q, paragraphs: paragraphs, within: within,
		}
		if paragraphs {
			out[i].within = dsl.Nested(layout.OwnField, within)
		}
	}
	return out
}
