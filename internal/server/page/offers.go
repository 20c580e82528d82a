package page

import (
	"context"
	"errors"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// A page with hits offers a few searches that its reader may have meant instead. It
// counts them after the search and shows those that are counted in time.
const (
	maxOffers = 3
	offerTime = 200 * time.Millisecond // for all of them together
)

// offer is a search that may be offered if it has hits.
type offer struct {
	words   richText
	to      param.Search
	instead bool // only if the offer before it has no hits
}

// offers returns the offers for a search with hits and reports whether all were counted.
func (s *Site) offers(
	ctx context.Context, w *wording.Words, q param.Search, named []search.Named,
) (counted []suggestion, finished bool) {
	ctx, cancel := context.WithTimeout(ctx, offerTime)
	defer cancel()
	candidates := append(namedOffers(w, q, named), dateOffers(w, q)...)
	missed, err := s.missesTogether(ctx, q)
	if missed {
		candidates = append(candidates, anywhereOffer(w, q))
	}
	counted, finished = s.counted(ctx, w, candidates, maxOffers)
	return counted, finished && err == nil
}

// counted returns at most so many of the offers that have hits, with their number, and
// reports whether the engine answered all searches.
func (s *Site) counted(
	ctx context.Context, w *wording.Words, offers []offer, most int,
) (out []suggestion, finished bool) {
	finished = true
	n := 0
	for _, o := range offers {
		if len(out) == most {
			break
		}
		if o.instead && n > 0 {
			continue
		}
		var err error
		n, err = s.count(ctx, o.to)
		if err != nil {
			finished = false
		}
		if n > 0 {
			out = append(out, suggestion{o.words, o.to.Results(), uiText(hitCount(w, n, search.Eq, o.to.By))})
		}
	}
	return out, finished
}

// count returns the number of hits of a search, 0 for an invalid one. An error means that
// the engine may answer another time.
func (s *Site) count(ctx context.Context, q param.Search) (int, error) {
	q.Size, q.Internal, q.Facets, q.View, q.Cursor = 1, true, nil, "", ""
	q.Query = nil
	if q.ReadQuery() != nil { // there is nothing to search for
		return 0, nil
	}
	resp, err := q.Find(ctx, s.engine)
	if errors.Is(err, search.ErrTooBroad) {
		return 0, nil
	}
	return resp.Total, err
}

// dateOffers offers the filter by date in place of a date among the words.
func dateOffers(w *wording.Words, q param.Search) []offer {
	if q.Filter.From != "" || q.Filter.To != "" {
		return nil
	}
	if days := dateOf(q.Query); days != nil {
		to := q.WithText("").WithDates(days.From, days.To)
		return []offer{{words: uiText(w.OnlyPeriod(period(w, *days))), to: to}}
	}
	and, ok := q.Query.(*query.And)
	if !ok {
		return nil
	}
	for _, n := range and.Nodes {
		days := dateOf(n)
		if days == nil {
			continue
		}
		rest := keep(and, func(other query.Node) bool { return other != n })
		if rest == "" {
			return nil
		}
		to := q.WithText(rest).WithDates(days.From, days.To)
		return []offer{{words: interpolate(w.InPeriod(period(w, *days)), rest), to: to}}
	}
	return nil
}

// dateOf returns the days of a word that is a date, nil for anything else.
func dateOf(n query.Node) *query.DateRange {
	word, ok := n.(*query.Word)
	if !ok {
		return nil
	}
	parsed, err := query.Parse("date:" + word.Text)
	if err != nil {
		return nil
	}
	days, _ := parsed.(*query.DateRange)
	return days
}

// period names days: 2024年5月.
func period(w *wording.Words, days query.DateRange) string {
	from, errFrom := time.Parse(news.DateLayout, days.From)
	to, errTo := time.Parse(news.DateLayout, days.To)
	next := to.AddDate(0, 0, 1)
	switch {
	case errFrom != nil || errTo != nil:
		return w.DateSpan(days.From, days.To)
	case from.Equal(to):
		return w.Day(from)
	case from.YearDay() == 1 && next.Equal(from.AddDate(1, 0, 0)):
		return w.Year(from)
	case from.Day() == 1 && next.Equal(from.AddDate(0, 1, 0)):
		return w.Month(from)
	}
	return w.DateSpan(days.From, days.To)
}

// anywhereOffer offers the search with words anywhere instead of together.
func anywhereOffer(w *wording.Words, q param.Search) offer {
	return offer{words: uiText(w.Results.TryAnywhere), to: q.WithMatch(search.Anywhere)}
}

// missesTogether reports whether a word between ORs is nowhere in the archive together,
// only its parts are: the hits are those of other words.
func (s *Site) missesTogether(ctx context.Context, q param.Search) (bool, error) {
	if q.Match == search.Anywhere {
		return false, nil
	}
	words := alternatives(q.Query)
	for _, word := range words[:min(len(words), maxOffers)] {
		alone := q.WithText(word.String())
		n, err := s.count(ctx, alone)
		if n == 0 && err == nil {
			n, err = s.count(ctx, alone.WithMatch(search.Anywhere))
			if n > 0 {
				return true, nil
			}
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

// alternatives returns the words directly between ORs, without excluded ones.
func alternatives(n query.Node) []*query.Word {
	var words []*query.Word
	if n == nil {
		return nil
	}
	query.Walk(n, func(n query.Node) bool {
		switch n := n.(type) {
		case *query.And:
			return true
		case *query.Or:
			for _, one := range n.Nodes {
				if word, ok := one.(*query.Word); ok {
					words = append(words, word)
				}
			}
			return true
		}
		return false
	})
	return words
}
