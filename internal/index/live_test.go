package index

import (
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
)

func TestConformance(t *testing.T) {
	searchtest.Run(t, func(t *testing.T, list []news.Article) search.Engine { return open(t, build(t, list...)) })
}
