package eval_test

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/build"
	"xunwen/internal/eval"
	"xunwen/internal/generation"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
	"xunwen/internal/source"
)

// corpora returns the folder of real news for the measurements of make eval,
// XUNWEN_CORPORA, with broadcast, webnews and newspaper1998 (.jsonl.gz and
// .queries.jsonl each). XUNWEN_CORPORA_INDEX may name a folder to keep their
// indexes in from one run to the next.
func corpora(t *testing.T) string {
	dir := os.Getenv("XUNWEN_CORPORA")
	if dir == "" {
		t.Skip("XUNWEN_CORPORA is not set")
	}
	return dir
}

// corpusIndex builds an index of files, or reuses XUNWEN_CORPORA_INDEX/name.
func corpusIndex(t *testing.T, name string, edit func(*news.Article), files ...string) *served {
	t.Helper()
	corpora(t) // skips
	dir := filepath.Join(cmp.Or(os.Getenv("XUNWEN_CORPORA_INDEX"), t.TempDir()), name)
	if _, err := generation.In(dir).Current(); err != nil {
		var paths []string
		for _, f := range files {
			paths = append(paths, filepath.Join(corpora(t), f))
		}
		articles := func(yield func(*news.Article, error) bool) {
			for a, err := range corpusArticles(t.Context(), withExtension(paths)...) {
				if err == nil {
					edit(a)
				}
				if !yield(a, err) {
					return
				}
			}
		}
		s, err := build.Index(t.Context(), build.Options{Out: dir, Keep: 1}, articles)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d articles, %d paragraphs, %.1f s, %.2f MB/s, index/text %.2f", name, s.Articles, s.Paragraphs,
			s.Seconds, float64(s.TextBytes)/1e6/s.Seconds, float64(s.IndexBytes)/float64(s.TextBytes))
	}
	return open(t, dir)
}

func asIs(*news.Article) {}

func withoutTitle(a *news.Article) { a.Title, a.Kicker, a.Subtitle = "", "", "" }

// readCorpus passes the articles of paths, each without its .jsonl.gz, to emit.
func readCorpus(ctx context.Context, emit func(*news.Article) error, paths ...string) error {
	for a, err := range corpusArticles(ctx, withExtension(paths)...) {
		if err == nil {
			err = emit(a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func withExtension(paths []string) []string {
	var files []string
	for _, path := range paths {
		files = append(files, path+".jsonl.gz")
	}
	return files
}

// corpusArticles yields the articles of files; a reject is an error.
func corpusArticles(ctx context.Context, files ...string) iter.Seq2[*news.Article, error] {
	return func(yield func(*news.Article, error) bool) {
		inputs, err := source.Expand(files)
		if err != nil {
			yield(nil, err)
			return
		}
		for e, err := range source.Read(ctx, inputs, source.Options{}) {
			if err == nil && e.Reject != nil {
				err = errors.New(e.Reject.String())
			}
			if !yield(e.Article, err) {
				return
			}
		}
	}
}

func goldQueries(t *testing.T, file string) []eval.Query {
	name := filepath.Join(corpora(t), file+".queries.jsonl")
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	queries, err := eval.Read(f, name)
	if err != nil {
		t.Fatal(err)
	}
	return queries
}

// TestEvalNames checks that a name finds every article that contains it, and
// prints the gold articles that don't.
func TestEvalNames(t *testing.T) {
	l := corpusIndex(t, "newspaper1998", asIs, "newspaper1998")
	fold := folder(t)
	text := map[string]string{}
	err := readCorpus(t.Context(), func(a *news.Article) error {
		parts := []string{a.Title, a.Kicker, a.Subtitle}
		for _, p := range a.Paragraphs {
			parts = append(parts, p.Section, p.Text)
		}
		text[a.ID] = fold.FoldString(strings.Join(parts, "\x00"))
		return nil
	}, filepath.Join(corpora(t), "newspaper1998"))
	if err != nil {
		t.Fatal(err)
	}
	gold, absent := 0, 0
	for _, q := range goldQueries(t, "newspaper1998") {
		if !strings.HasPrefix(q.Set, "pfr_entity") {
			continue
		}
		found := allHits(t, l, q.Text)
		for _, id := range q.Gold {
			gold++
			switch contains := strings.Contains(text[id], fold.FoldString(q.Text)); {
			case !contains:
				absent++
				t.Logf("%s %s: gold article %s does not contain the name", q.Set, q.Text, id)
			case !found[id]:
				t.Errorf("%s %s does not find %s, which contains it", q.Set, q.Text, id)
			}
		}
	}
	t.Logf("%d gold articles, %d of them without the name; all others are found", gold, absent)
}

// allHits returns the ids of all hits.
func allHits(t *testing.T, l *served, q string) map[string]bool {
	r := search.Request{Query: parse(t, q), By: search.ByArticle, Size: search.MaxSize, Uncollapsed: true}
	found := map[string]bool{}
	searchtest.Walk(t, l, r, func(res search.Response) bool {
		for _, h := range res.Hits {
			found[h.Article.ID] = true
		}
		return true
	})
	return found
}

func parse(t *testing.T, s string) query.Node {
	n, err := query.Parse(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return n
}
