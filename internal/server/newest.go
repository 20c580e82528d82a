package server

import (
	"context"
	"net/url"
	"sync"

	"xunwen/internal/search"
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
func (s *server) newestArticles(ctx context.Context, w *wording.Words) []way {
	var out []way
	for _, h := range s.newestHits(ctx) {
		title, _ := listed(w, h)
		out = append(out, way{printed(title), articleBase + url.PathEscape(h.Article.ID), join(" · ", printed(h.Article.Publication), said(h.Article.Date))})
	}
	return out
}

func (s *server) newestHits(ctx context.Context) []search.Hit {
	generation := s.engine.Generation()
	s.newest.mu.Lock()
	kept, hits := s.newest.generation, s.newest.hits
	s.newest.mu.Unlock()
	if kept == generation {
		return hits
	}
	resp, _, err := s.ask(ctx, question{By: search.ByArticle, Sort: search.Newest, Size: shownNewest, Probe: true})
	if err != nil {
		return nil
	}
	s.newest.mu.Lock()
	s.newest.generation, s.newest.hits = resp.Generation, resp.Hits
	s.newest.mu.Unlock()
	return resp.Hits
}
