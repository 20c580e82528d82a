package page

import (
	"context"
	"net/url"
	"sync"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

const shownNewest = 5

// newest keeps the newest articles of a generation: whoever types a word that
// is not there meets an empty answer at each key, and to order all articles by
// date takes ten times as long as to find that none holds it.
type newest struct {
	mu         sync.Mutex
	generation string
	hits       []search.Hit
}

// newestArticles names the newest articles of all; none where they can't be found out.
func (s *Site) newestArticles(ctx context.Context, w *wording.Words) []suggestion {
	var out []suggestion
	for _, h := range s.newestHits(ctx) {
		title, _ := listed(w, h)
		out = append(out, suggestion{sourceText(title), param.ArticlesPath + url.PathEscape(h.Article.ID), join(" · ", sourceText(h.Article.Publication), uiText(h.Article.Date))})
	}
	return out
}

func (s *Site) newestHits(ctx context.Context) []search.Hit {
	generation := s.engine.Generation()
	s.newest.mu.Lock()
	kept, hits := s.newest.generation, s.newest.hits
	s.newest.mu.Unlock()
	if kept == generation {
		return hits
	}
	q := param.Search{By: search.ByArticle, Sort: search.Newest, Size: shownNewest, CountOnly: true}
	resp, err := q.Find(ctx, s.engine)
	if err != nil {
		return nil
	}
	s.newest.mu.Lock()
	s.newest.generation, s.newest.hits = resp.Generation, resp.Hits
	s.newest.mu.Unlock()
	return resp.Hits
}
