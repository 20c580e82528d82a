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
	Reasons     []reason // by part of the query
	Conclusion  string   // each part finds something, "" otherwise
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
	maxProbes      = 8               // parts of a query that are searched for
	maxSuggestions = 8               // that are shown
	probeTime      = 2 * time.Second // for all searches together
)

// emptyView finds out why a search found nothing and what would find something. It
// leaves out what the engine fails to answer, and returns which parts lack something.
func (s *Site) emptyView(
	ctx context.Context, w *wording.Words, q param.Search, named []search.Named,
) (view *emptyView, leftOut []string) {
	v := &emptyView{Heading: interpolate(w.Results.NoResults, q.Text)}
	if q.Blank() {
		v.Heading = uiText(w.Results.NoFiltered)
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	parts, explained := s.explain(ctx, w, q)
	apart, missing := 0, []query.Node{}
	for _, p := range parts {
		v.Reasons = append(v.Reasons, p.reason)
		if p.level == asAsked && notExcluded(p.node) {
			apart++
		}
		if p.level > noFilters && notExcluded(p.node) {
			missing = append(missing, p.node)
		}
	}
	if _, isWord := q.Query.(*query.Word); isWord && len(parts) == 1 && parts[0].level == nothing {
		v.Reasons = nil // the heading says so
	}
	if n := len(operands(q.Query)); n > 1 && apart == n {
		v.Conclusion = w.NothingHasAll(q.By == search.ByParagraph)
	}
	candidates := slices.Concat(
		capitals(w, q), namedOffers(w, q, named), dateOffers(w, q), relaxations(w, q, missing), widerFilters(w, q))
	var counted bool
	v.Suggestions, counted = s.counted(ctx, w, candidates, maxSuggestions)
	newest, err := s.newestArticles(ctx, w)
	v.Newest = newest
	for part, complete := range map[string]bool{partReasons: explained, partOffers: counted, partNewest: err == nil} {
		if !complete {
			leftOut = append(leftOut, part)
		}
	}
	slices.Sort(leftOut)
	return v, leftOut
}

// operands returns the parts of a query that must all match.
func operands(n query.Node) []query.Node {
	and, ok := n.(*query.And)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(and.Nodes), func(n query.Node) bool { return !notExcluded(n) })
}

// capitals offers the operators that a query has in small letters.
func capitals(w *wording.Words, q param.Search) []offer {
	text, ok := query.SuggestOperators(q.Text)
	if !ok {
		return nil
	}
	return []offer{{words: interpolate(w.Results.WithOperators, text), to: q.WithText(text)}}
}

// relaxations returns searches with one condition fewer: without the words that no
// article contains, or else without any one of the words, and so on.
func relaxations(w *wording.Words, q param.Search, missing []query.Node) []offer {
	var out []offer
	try := func(words richText, to param.Search) { out = append(out, offer{words: words, to: to}) }
	if q.Match != search.Anywhere && q.Query != nil {
		out = append(out, anywhereOffer(w, q))
	}
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
		found := slices.DeleteFunc(slices.Clone(all), func(n query.Node) bool { return slices.Contains(missing, n) })
		if len(found) > 1 {
			either := (&query.Or{Nodes: found}).String()
			try(interpolate(w.Results.AnyWord, either), q.WithText(either))
		}
		if rest := keep(and, notExcluded); rest != "" && len(all) < len(and.Nodes) {
			try(interpolate(w.Results.WithoutExclusions, rest), q.WithText(rest))
		}
	}
	if loose, ok := query.WithoutQuotes(q.Query); ok {
		to := q.WithText(loose.String())
		try(interpolate(w.Results.WithoutQuotes, to.Text), to)
		words := interpolate(w.Results.WithoutQuotesAnywhere, to.Text)
		out = append(out, offer{words: words, to: to.WithMatch(search.Anywhere), instead: true})
	}
	if q.By == search.ByParagraph {
		try(uiText(w.Results.TryByArticle), q.WithBy(search.ByArticle))
	}
	return out
}

// widerFilters returns the search without each one of its filters, and without all.
func widerFilters(w *wording.Words, q param.Search) []offer {
	var out []offer
	without := func(name string, value richText, to param.Search) {
		if !to.Blank() || to.Filtered() {
			out = append(out, offer{words: join("", uiText(w.RemoveFilter(name, "")), value), to: to})
		}
	}
	if from, to := q.Filter.From, q.Filter.To; from != "" || to != "" {
		without(w.Filters.Date, uiText(w.DateSpan(from, to)), q.WithDates("", ""))
	}
	for _, f := range param.FilterFields {
		values := *f.Values(&q.Filter)
		if len(values) == 0 {
			continue
		}
		to := q
		*f.Values(&to.Filter), to.Cursor = nil, ""
		shown := sourceText(strings.Join(values, "、"))
		if f.Name == "kind" && len(values) == 1 {
			shown = uiText(kindLabel(w, values[0]))
		}
		without(f.Label(w), shown, to)
	}
	if len(out) > 1 && !q.Blank() {
		out = append(out, offer{words: uiText(w.Results.TryWithoutFilters), to: q.WithoutFilters()})
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
