package searchtest

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// Factory returns an engine that serves articles, with the lines of a synonyms file
// if there are any. It cleans up with t. Tests call it concurrently.
type Factory func(t *testing.T, articles []news.Article, synonyms ...string) search.Engine

// Limit is what an engine does not promise.
type Limit string

// RoughOrder: hits come in an order that is close to that of their scores.
const RoughOrder Limit = "rough order"

// Run runs the whole suite, its parts in parallel; the engine folds texts with fold.
func Run(t *testing.T, serve Factory, fold textnorm.Folder, limits ...Limit) {
	roughly := slices.Contains(limits, RoughOrder)
	names, err := fs.Glob(scripts, "testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	part := func(name string, run func(*testing.T)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t)
		})
	}
	for _, name := range names {
		title := strings.TrimSuffix(strings.TrimPrefix(name, "testdata/"), ".txtar")
		part(title, func(t *testing.T) { runScript(t, serve, name) })
	}
	part("properties", func(t *testing.T) { properties(t, serve, fold) })
	part("synonyms", func(t *testing.T) { synonyms(t, serve) })
	part("marks", func(t *testing.T) { marks(t, serve, fold) })
	part("cursor", func(t *testing.T) { cursor(t, serve) })
	part("cursor of many words", func(t *testing.T) { cursorOfManyWords(t, serve) })
	part("cursor of groups", func(t *testing.T) { cursorOfGroups(t, serve) })
	part("near-duplicates", func(t *testing.T) { nearDuplicates(t, serve) })
	part("many groups", func(t *testing.T) { manyGroups(t, serve, roughly) })
	part("suggestions", func(t *testing.T) { suggestions(t, serve) })
	part("similar", func(t *testing.T) { similar(t, serve) })
	part("issues", func(t *testing.T) { issues(t, serve) })
	part("filters", func(t *testing.T) { filters(t, serve) })
	part("spelled values", func(t *testing.T) { spelledValues(t, serve) })
	part("articles", func(t *testing.T) { articles(t, serve) })
	part("openings", func(t *testing.T) { openings(t, serve) })
	part("archive", func(t *testing.T) {
		e := serve(t, archive())
		t.Run("facets", func(t *testing.T) { facets(t, e) })
		t.Run("multi-select facets", func(t *testing.T) { multiSelect(t, e) })
		t.Run("names", func(t *testing.T) { named(t, e) })
		t.Run("trends", func(t *testing.T) { trends(t, e) })
		t.Run("exports", func(t *testing.T) { exports(t, e) })
	})
}
