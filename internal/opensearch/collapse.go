package opensearch

import (
	"context"

	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// hitRoots returns the root documents of a window's hits. What has the same collapse key is a hit of the window that
// has the first of them in the cluster's order. All near-duplicates of the hits that match are among the root
// documents, so that package engine decides which of them is shown; if there are too many, only the first of each
// group is, and whole is false.
func (e *Engine) hitRoots(ctx context.Context, p *prepared, found []source) (out []source, whole bool, err error) {
	seen := map[string]bool{}
	for _, s := range found {
		if k := p.collapseKey(s); k != "" {
			seen[k] = true
		}
	}
	first, err := e.firstOf(ctx, p, seen)
	if err != nil {
		return nil, false, err
	}
	var several members
	for _, s := range found {
		k := p.collapseKey(s)
		if k != "" && first[k].member != s.Member {
			continue
		}
		out = append(out, s)
		if k != "" && p.isGroup(s, first[k].members) {
			several.add(k, first[k].members)
		}
	}
	if several.count > e.options.Compared {
		return out, false, nil
	}
	others, err := e.membersOf(ctx, p, several)
	return append(out, others...), true, err
}

// members are those of some groups of near-duplicates.
type members struct {
	groups []string
	count  int // root documents
}

func (m *members) add(group string, count int) {
	m.groups = append(m.groups, group)
	m.count += count
}

// membersOf reads the root documents of groups that match.
func (e *Engine) membersOf(ctx context.Context, p *prepared, of members) ([]source, error) {
	if of.count == 0 {
		return nil, nil
	}
	return e.roots(ctx, dsl.AllOf(p.all(), object{"terms": object{layout.GroupField: of.groups}}), of.count)
}

// isGroup reports whether root documents, some number and s among them, are several articles that make one hit.
func (p *prepared) isGroup(s source, members int) bool {
	return members > 1 && !p.Uncollapsed && s.Group != ""
}

// collapseKey is what the root documents of one hit have in common, "" for one that is a hit alone.
func (p *prepared) collapseKey(s source) string {
	switch {
	case p.By == search.ByParagraph:
		return ""
	case !p.Uncollapsed && s.Group != "":
		return s.Group
	case s.Items > 1:
		return s.Article
	}
	return ""
}

// collapseOn is the field with the collapseKey, for root documents that have one.
func (p *prepared) collapseOn() string {
	if p.Uncollapsed {
		return layout.ArticleField
	}
	return layout.CollapseField
}

// keyed are the root documents with a collapse key.
type keyed struct {
	member  int64 // of the one that comes first in the cluster's order
	members int
}

// firstOf returns for each collapse key which root document comes first, and how many there are.
func (e *Engine) firstOf(ctx context.Context, p *prepared, keys map[string]bool) (map[string]keyed, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var list []string
	for k := range keys {
		list = append(list, k)
	}
	q := p.scored(e)
	body := object{
		"size": 0, "track_total_hits": false,
		"query": object{"bool": object{"must": q, "filter": object{"terms": object{p.collapseOn(): list}}}},
		"aggs": object{"keys": object{
			"terms": object{"field": p.collapseOn(), "size": len(list)},
			"aggs": object{"first": object{"top_hits": object{
				"size": 1, "sort": p.order(), "_source": []string{layout.MemberField},
			}}},
		}},
	}
	var answer struct {
		Aggregations struct {
			Keys struct {
				Buckets []struct {
					Key   string     `json:"key"`
					Count int        `json:"doc_count"`
					First hitsAnswer `json:"first"`
				} `json:"buckets"`
			} `json:"keys"`
		} `json:"aggregations"`
	}
	if err := e.search(ctx, body, &answer); err != nil {
		return nil, err
	}
	out := map[string]keyed{}
	for _, b := range answer.Aggregations.Keys.Buckets {
		for _, h := range b.First.Hits.Hits {
			out[b.Key] = keyed{h.Source.Member, b.Count}
		}
	}
	return out, nil
}

// alone matches the root documents that are hits alone.
func (p *prepared) alone() object {
	if p.Uncollapsed {
		return dsl.Term(layout.ItemsField, 1)
	}
	return dsl.NoneOf(object{"exists": object{"field": layout.CollapseField}})
}

// addNearDuplicates gives hits the other articles of their groups that a query matches.
func (e *Engine) addNearDuplicates(ctx context.Context, q object, hits []search.Hit) error {
	if len(hits) == 0 {
		return nil
	}
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.Article.ID)
	}
	grouped, err := e.roots(ctx, dsl.AllOf(
		object{"terms": object{layout.ArticleField: ids}}, dsl.Term(layout.FirstField, true),
		object{"exists": object{"field": layout.GroupField}},
	), len(ids))
	if err != nil || len(grouped) == 0 {
		return err
	}
	groups := map[string]string{} // by article
	var list []string
	for _, r := range grouped {
		groups[r.Article] = r.Group
		list = append(list, r.Group)
	}
	members, err := e.roots(ctx, dsl.AllOf(q, object{"terms": object{layout.GroupField: list}}), maxKeys)
	if err != nil {
		return err
	}
	for i := range hits {
		h := &hits[i]
		h.NearDuplicates = nil
		seen := map[string]bool{h.Article.ID: true}
		for _, m := range members {
			if m.Group == "" || m.Group != groups[h.Article.ID] || seen[m.Article] {
				continue
			}
			seen[m.Article] = true
			h.NearDuplicates = append(h.NearDuplicates,
				search.NearDuplicate{ID: m.Article, Publication: m.Record.Publication, Date: m.Record.Date})
		}
	}
	return nil
}
