package server

import (
	"context"
	"strings"
	"time"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// emptyView helps on when nothing was found.
type emptyView struct {
	Heading phrase
	Missing []string
	Ways    []way
}

// way is another question that may find something.
type way struct {
	Words phrase
	Link  string
}

// maxProbes and probeTime bound the questions that an empty answer costs: one a
// word, and all of them together.
const (
	maxProbes = 8
	probeTime = 2 * time.Second
)

// findMissing returns the operands of a query that find nothing by themselves.
// A failing engine finds none: the page is a help, not the answer.
func (s *server) findMissing(ctx context.Context, q question) []query.Node {
	and, ok := q.Query.(*query.And)
	if !ok {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	var missing []query.Node
	probes := 0
	for _, n := range and.Nodes {
		if _, not := n.(*query.Not); not {
			continue
		}
		if probes++; probes > maxProbes {
			break
		}
		alone := question{Query: n, By: q.By, Sort: search.ByRelevance, Size: 1, Probe: true}
		resp, _, err := s.ask(ctx, alone)
		if err != nil {
			break
		}
		if resp.Total == 0 {
			missing = append(missing, n)
		}
	}
	return missing
}

// newEmptyView offers what is left when a condition goes.
func newEmptyView(w *wording.Words, q question, missing []query.Node) *emptyView {
	v := &emptyView{Heading: inSlot(w.Results.Nothing, q.Text)}
	if q.blank() {
		v.Heading = said(w.Results.EmptyFilters)
	}
	for _, n := range missing {
		v.Missing = append(v.Missing, n.String())
	}
	try := func(words phrase, to question) { v.Ways = append(v.Ways, way{words, to.results()}) }
	if and, ok := q.Query.(*query.And); ok {
		if rest := keep(and, func(n query.Node) bool { return !contains(missing, n) }); len(missing) > 0 && rest != "" {
			try(inSlot(w.Results.DropMissing, rest), q.withText(rest))
		}
		if rest := keep(and, notExcluded); rest != "" && hasExclusion(and) {
			try(inSlot(w.Results.DropExclusions, rest), q.withText(rest))
		}
	}
	if plain := unquoted(q.Text); plain != q.Text && plain != "" {
		try(inSlot(w.Results.DropQuotes, plain), q.withText(plain))
	}
	if q.By == search.ByParagraph {
		try(said(w.Results.TryArticles), q.withBy(search.ByArticle))
	}
	if q.filtered() && q.Text != "" {
		try(said(w.Results.TryNoFilters), q.withoutFilters())
	}
	return v
}

// keep writes an And with some of its nodes, "" when none asks for anything.
func keep(and *query.And, keeps func(query.Node) bool) string {
	var kept []query.Node
	asks := false
	for _, n := range and.Nodes {
		if keeps(n) {
			kept = append(kept, n)
			asks = asks || notExcluded(n)
		}
	}
	if !asks {
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

func hasExclusion(and *query.And) bool {
	for _, n := range and.Nodes {
		if !notExcluded(n) {
			return true
		}
	}
	return false
}

func contains(nodes []query.Node, n query.Node) bool {
	for _, m := range nodes {
		if m == n {
			return true
		}
	}
	return false
}

// unquoted is a query without its quotation marks.
func unquoted(text string) string {
	without := strings.NewReplacer(`"`, " ", "“", " ", "”", " ", "「", " ", "」", " ").Replace(text)
	return strings.Join(strings.Fields(without), " ")
}
