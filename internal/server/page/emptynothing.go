package page

import (
	"context"
	"slices"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// nothingWords says why a part finds nothing at all, nil if it is an exclusion that takes
// nothing away.
func (s *Site) nothingWords(ctx context.Context, w *wording.Words, q param.Search, n query.Node) (richText, error) {
	r := w.Results
	switch n := n.(type) {
	case *query.Not:
		return nil, nil
	case *query.DateRange:
		return uiText(r.NoneInPeriod), nil
	case *query.Length:
		return uiText(r.NoneOfLength), nil
	case *query.Prefix:
		return uiText(r.NoWordStarts), nil
	case *query.Phrase:
		if _, ok := query.WithoutQuotes(n); ok {
			return uiText(r.NeitherPhrase), nil
		}
	case *query.Field:
		place := placeWords(w, n.Name)
		if slices.Contains(textFields, n.Name) {
			return uiText(w.NeitherInPlace(place)), nil
		}
		return uiText(w.NotAsPlace(place)), nil
	case *query.Near, *query.Proximity, *query.Occurrences:
		return s.missingWords(ctx, w, q, operandsOf(n))
	}
	return uiText(r.Nowhere), nil
}

// missingWords says which of the operands of a relation are in no article.
func (s *Site) missingWords(
	ctx context.Context, w *wording.Words, q param.Search, operands []query.Node,
) (richText, error) {
	q = q.WithoutFilters().WithMatch(search.Anywhere)
	var missing []richText
	for _, n := range operands[:min(len(operands), maxProbes)] {
		count, err := s.count(ctx, q.WithText(n.String()))
		if err != nil {
			return nil, err
		}
		if count == 0 {
			missing = append(missing, sourceText(n.String()))
		}
	}
	if len(missing) == 0 {
		return uiText(w.Results.NeverInOne), nil
	}
	return insert(w.Results.NoneHas, join(w.Understood.Or, missing...)), nil
}

// operandsOf returns the operands of a relation.
func operandsOf(n query.Node) []query.Node {
	switch n := n.(type) {
	case *query.Near:
		words := make([]query.Node, len(n.Words))
		for i, word := range n.Words {
			words[i] = &query.Word{Text: word}
		}
		return words
	case *query.Proximity:
		return []query.Node{n.Left, n.Right}
	case *query.Occurrences:
		return []query.Node{n.Node}
	}
	return nil
}

// placeWords names the part of an article that a field asks for.
func placeWords(w *wording.Words, name query.FieldName) string {
	p := w.Places
	return map[query.FieldName]string{
		query.Title: p.Title, query.Lead: p.Lead, query.Section: p.Section, query.Source: p.Source,
		query.Byline: p.Byline, query.Publication: p.Newspaper, query.Page: p.Page,
		query.PageName: p.PageName, query.Kind: p.Kind,
	}[name]
}
