package opensearch

import (
	"context"

	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// standing returns the root documents that stand for a hit: of those with the same collapse key the first.
func (e *Engine) standing(ctx context.Context, p *prepared, found []source) ([]source, error) {
	keys := map[string]bool{}
	for _, s := range found {
		if k := p.collapseKey(s); k != "" {
			keys[k] = true
		}
	}
	first, err := e.firstOf(ctx, p, keys)
	if err != nil {
		return nil, err
	}
	var out []source
	for _, s := range found {
		if k := p.collapseKey(s); k == "" || first[k] == s.Member {
			out = append(out, s)
		}
	}
	return out, nil
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

// firstOf returns for each collapse key the member that comes first.
func (e *Engine) firstOf(ctx context.Context, p *prepared, keys map[string]bool) (map[string]int64, error) {
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
					First hitsAnswer `json:"first"`
				} `json:"buckets"`
			} `json:"keys"`
		} `json:"aggregations"`
	}
	if err := e.search(ctx, body, &answer); err != nil {
		return nil, err
	}
	out := map[string]int64{}
	for _, b := range answer.Aggregations.Keys.Buckets {
		for _, h := range b.First.Hits.Hits {
			out[b.Key] = h.Source.Member
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

// addNearDuplicates adds to hits the other articles of their groups that match.
func (e *Engine) addNearDuplicates(ctx context.Context, p *prepared, hits []search.Hit) error {
	if p.By == search.ByParagraph || p.Uncollapsed || len(hits) == 0 {
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
	members, err := e.roots(ctx, dsl.AllOf(p.all(), object{"terms": object{layout.GroupField: list}}), maxKeys)
	if err != nil {
		return err
	}
	for i := range hits {
		h := &hits[i]
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
