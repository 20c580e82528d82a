package page

import (
	"context"
	"slices"
	"strings"
	"time"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// emptyView helps readers whose search found nothing.
type emptyView struct {
	Heading     richText
	Missing     []string // words that no article contains
	Suggestions []suggestion
	Newest      []suggestion
}

// suggestion is a link to something that exists.
type suggestion struct {
	Words richText
	Link  string
	Note  richText // a number of hits, or a date
}

const (
	maxProbes = 8               // searches for single words, and for suggestions
	probeTime = 2 * time.Second // for all of them together
)

// emptyView finds out why a search found nothing and what would find something.
// It leaves out what the engine fails to answer.
func (s *Site) emptyView(ctx context.Context, w *wording.Words, q param.Search) *emptyView {
	v := &emptyView{Heading: interpolate(w.Results.NoResults, q.Text)}
	if q.Blank() {
		v.Heading = uiText(w.Results.NoFiltered)
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	missing := s.findMissing(ctx, q)
	for _, n := range missing {
		v.Missing = append(v.Missing, n.String())
	}
	for i, c := range relaxations(w, q, missing) {
		if i == maxProbes {
			break
		}
		if n := s.count(ctx, c.to); n > 0 {
			v.Suggestions = append(v.Suggestions,
				suggestion{c.words, c.to.Results(), uiText(hitCount(w, n, search.Eq, c.to.By))})
		}
	}
	v.Newest = s.newestArticles(ctx, w)
	return v
}

// findMissing returns the operands of a query that find nothing on their own.
func (s *Site) findMissing(ctx context.Context, q param.Search) []query.Node {
	var missing []query.Node
	for i, n := range operands(q.Query) {
		if i == maxProbes {
			break
		}
		alone := param.Search{Query: n, By: q.By, Sort: search.ByRelevance, Size: 1, Internal: true}
		resp, err := alone.Find(ctx, s.engine)
		if err != nil {
			break
		}
		if resp.Total == 0 {
			missing = append(missing, n)
		}
	}
	return missing
}

// operands returns the parts of a query that must all match.
func operands(n query.Node) []query.Node {
	and, ok := n.(*query.And)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(and.Nodes), func(n query.Node) bool { return !notExcluded(n) })
}

// count returns the number of hits of a search, 0 if it fails.
func (s *Site) count(ctx context.Context, q param.Search) int {
	q.Size, q.Internal, q.Facets = 1, true, nil
	if err := q.ReadQuery(); err != nil {
		return 0
	}
	resp, err := q.Find(ctx, s.engine)
	if err != nil {
		return 0
	}
	return resp.Total
}

// relaxation is a search with one condition fewer.
type relaxation struct {
	words richText
	to    param.Search
}

// relaxations returns searches that may find something: without the words that no
// article contains, or else without any one of the words, and so on.
func relaxations(w *wording.Words, q param.Search, missing []query.Node) []relaxation {
	var out []relaxation
	try := func(words richText, to param.Search) { out = append(out, relaxation{words, to}) }
	if and, ok := q.Query.(*query.And); ok {
		all := operands(and)
		switch rest := keep(and, func(n query.Node) bool { return !slices.Contains(missing, n) }); {
		case len(missing) > 0 && rest != "":
			try(interpolate(w.Results.WithoutMissing, rest), q.WithText(rest))
		case len(missing) == 0 && len(all) > 1:
			for _, dropped := range all[:min(len(all), maxProbes/2)] {
				rest := keep(and, func(n query.Node) bool { return n != dropped })
				try(interpolate(w.Results.WithoutOneWord, rest), q.WithText(rest))
			}
		}
		if rest := keep(and, notExcluded); rest != "" && len(all) < len(and.Nodes) {
			try(interpolate(w.Results.WithoutExclusions, rest), q.WithText(rest))
		}
	}
	if plain := unquoted(q.Text); plain != q.Text && plain != "" {
		try(interpolate(w.Results.WithoutQuotes, plain), q.WithText(plain))
	}
	if q.By == search.ByParagraph {
		try(uiText(w.Results.TryByArticle), q.WithBy(search.ByArticle))
	}
	if q.Filtered() && q.Text != "" {
		try(uiText(w.Results.TryWithoutFilters), q.WithoutFilters())
	}
	return out
}

// keep formats an And with some of its nodes, "" if only exclusions are left.
func keep(and *query.And, keeps func(query.Node) bool) string {
	var kept []query.Node
	positive := false
	for _, n := range and.Nodes {
		if keeps(n) {
			kept = append(kept, n)
			positive = positive || notExcluded(n)
		}
	}
	if !positive {
		return ""
	}
	if len(kept) == 1 {
		return kept[0].String()
	}
	return (&query.And{Nodes: kept}).String()
}

func notExcluded(n query.Node) bool {
	_, not := n.(*query.Not)
	return !not
}

// unquoted returns a query without its quotation marks.
func unquoted(text string) string {
	without := strings.NewReplacer(`"`, " ", "“", " ", "”", " ", "「", " ", "」", " ").Replace(text)
	return strings.Join(strings.Fields(without), " ")
}
