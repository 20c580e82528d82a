package page

import (
	"context"
	"slices"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// reason says what one part of a query finds.
type reason struct {
	Part  richText
	Words richText
	Link  string // to what it finds, "" for nothing
}

// part is a part of a query that found nothing, with the reason.
type part struct {
	node   query.Node
	level  level
	reason reason
}

// level is how much of the search must be given up for a part to find something.
type level int

const (
	asAsked level = iota // only the other parts
	noFilters
	lessExact
	nothing // nothing helps
)

// step is a search for a part alone; words say how many hits it has.
type step struct {
	to    param.Search
	level level
	words func(things string) string
}

// explain says of each part of a query, with at most maxProbes of them, what it finds. It
// leaves out parts from the first one that the engine fails to search for, and reports
// whether there was none.
func (s *Site) explain(ctx context.Context, w *wording.Words, q param.Search) (out []part, finished bool) {
	all := partsOf(q.Query)
	for _, n := range all[:min(len(all), maxProbes)] {
		p := part{node: n, level: nothing, reason: reason{Part: sourceText(n.String())}}
		for _, try := range steps(w, q, n) {
			count, err := s.count(ctx, try.to)
			if err != nil {
				return out, false
			}
			if count > 0 {
				things := w.Things(count, q.By == search.ByParagraph)
				p.level = try.level
				p.reason.Words, p.reason.Link = uiText(try.words(things)), try.to.Results()
				break
			}
		}
		if p.level == nothing {
			words, err := s.nothingWords(ctx, w, q, n)
			if err != nil {
				return out, false
			}
			p.reason.Words = words
		}
		if len(p.reason.Words) > 0 {
			out = append(out, p)
		}
	}
	return out, true
}

// steps returns the searches for a part, the most like the query first: alone, without
// the filters, with its words anywhere, and without what is special about it. For an
// exclusion it is what that takes away from the rest.
func steps(w *wording.Words, q param.Search, n query.Node) []step {
	if not, excluded := n.(*query.Not); excluded {
		taken := append(operands(q.Query), not.Node)
		return []step{{q.WithText((&query.And{Nodes: taken}).String()), asAsked, w.Excludes}}
	}
	alone := q.WithText(n.String())
	out := []step{{alone, asAsked, w.OnItsOwn}}
	if q.Filtered() {
		alone = alone.WithoutFilters()
		out = append(out, step{alone, noFilters, w.OutsideFilters})
	}
	if q.Match != search.Anywhere {
		out = append(out, step{alone.WithMatch(search.Anywhere), lessExact, w.NotTogether})
	}
	if wider, words := looser(w, n); wider != nil {
		alone = alone.WithText(wider.String())
		out = append(out, step{alone, lessExact, words}, step{alone.WithMatch(search.Anywhere), lessExact, words})
	}
	return out
}

// partsOf returns the operands and exclusions of a query.
func partsOf(n query.Node) []query.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case *query.And:
		return n.Nodes
	case *query.Or:
		return n.Nodes
	}
	return []query.Node{n}
}

// looser returns a node that finds more than n, with the words for how many hits it has;
// nil if there is none.
func looser(w *wording.Words, n query.Node) (query.Node, func(things string) string) {
	switch n := n.(type) {
	case *query.Phrase:
		if loose, ok := query.WithoutQuotes(n); ok {
			return loose, w.NotThePhrase
		}
	case *query.Near:
		return query.AllWords(n.Words), w.NotThisClose
	case *query.Proximity:
		return &query.And{Nodes: []query.Node{n.Left, n.Right}}, w.NotThisClose
	case *query.Occurrences:
		return n.Node, w.NotThisOften
	case *query.Field:
		if slices.Contains(textFields, n.Name) {
			return n.Node, func(things string) string { return w.NotInPlace(placeWords(w, n.Name), things) }
		}
	}
	return nil, nil
}

// textFields are the fields with words that texts can have too.
var textFields = []query.FieldName{
	query.Title, query.Lead, query.Section, query.Source, query.Byline, query.Publication,
}
