package page

import (
	"context"
	"net/url"
	"sync"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

const shownNewest = 5 // articles

// newest caches the newest articles of a generation. While a reader types a word
// that is not in the archive, every key leads to an empty page, and sorting all
// articles by date takes ten times as long as finding that none matches.
type newest struct {
	mu         sync.Mutex
	generation string
	hits       []search.Hit
}

// newestArticles links to the newest articles, none if the engine fails.
func (s *Site) newestArticles(ctx context.Context, w *wording.Words) ([]suggestion, error) {
	hits, err := s.newestHits(ctx)
	var out []suggestion
	for _, h := range hits {
		title, _ := listHeading(w, h)
		out = append(out, suggestion{
			Words: sourceText(title),
			Link:  param.ArticlesPath + url.PathEscape(h.Article.ID),
			Note:  join(" · ", sourceText(h.Article.Publication), uiText(h.Article.Date)),
		})
	}
	return out, err
}

func (s *Site) newestHits(ctx context.Context) ([]search.Hit, error) {
	generation := s.engine.Generation()
	s.newest.mu.Lock()
	cached, hits := s.newest.generation, s.newest.hits
	s.newest.mu.Unlock()
	if cached == generation {
		return hits, nil
	}
	q := param.Search{By: search.ByArticle, Sort: search.Newest, Size: shownNewest, Internal: true}
	resp, err := q.Find(ctx, s.engine)
	if err != nil {
		return nil, err
	}
	s.newest.mu.Lock()
	s.newest.generation, s.newest.hits = resp.Generation, resp.Hits
	s.newest.mu.Unlock()
	return resp.Hits, nil
}
