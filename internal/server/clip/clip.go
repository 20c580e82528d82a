// Package clip shortens what pages and feeds show of articles besides their texts: titles,
// names and addresses can be as long as a text, by mistake or on purpose. The API has them whole.
//
// Of this module it imports internal/{news,search} only. Read clip.go first, then values.go.
package clip

import (
	"context"
	"slices"

	"xunwen/internal/search"
)

// Engine returns an engine for pages: it answers as another, with shortened values.
func Engine(e search.Engine) search.Engine { return engine{e} }

type engine struct{ search.Engine }

// Search implements search.Engine.
func (e engine) Search(ctx context.Context, r search.Request) (search.Response, error) {
	resp, err := e.Engine.Search(ctx, r)
	resp.Hits = hits(resp.Hits)
	resp.Named = whole(resp.Named, func(n search.Named) string { return n.Value })
	if f := resp.Facets; f != nil {
		short, value := *f, func(v search.ValueCount) string { return v.Value }
		for _, values := range []*[]search.ValueCount{
			&short.Publication, &short.Section, &short.Source, &short.PageName,
		} {
			*values = whole(*values, value)
		}
		resp.Facets = &short
	}
	return resp, err
}

// Article implements search.Engine.
func (e engine) Article(ctx context.Context, r search.ArticleRequest) (search.MarkedArticle, error) {
	m, err := e.Engine.Article(ctx, r)
	m.Article = article(m.Article)
	return m, err
}

// Similar implements search.Engine.
func (e engine) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	related, err := e.Engine.Similar(ctx, r)
	related.Hits = hits(related.Hits)
	return related, err
}

// NearDuplicates implements search.Engine.
func (e engine) NearDuplicates(ctx context.Context, id string) (search.Related, error) {
	related, err := e.Engine.NearDuplicates(ctx, id)
	related.Hits = hits(related.Hits)
	return related, err
}

// Publications implements search.Engine.
func (e engine) Publications(ctx context.Context) (search.Publications, error) {
	p, err := e.Engine.Publications(ctx)
	p.List = whole(p.List, func(p search.Publication) string { return p.Value })
	return p, err
}

// Issue implements search.Engine.
func (e engine) Issue(ctx context.Context, r search.IssueRequest) (search.Issue, error) {
	issue, err := e.Engine.Issue(ctx, r)
	issue.Pages = slices.Clone(issue.Pages)
	for i := range issue.Pages {
		p := &issue.Pages[i]
		p.Page, p.Name = name(p.Page), name(p.Name)
		p.Articles = slices.Clone(p.Articles)
		for k := range p.Articles {
			p.Articles[k].Title = line(p.Articles[k].Title)
		}
	}
	return issue, err
}
