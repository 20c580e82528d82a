package index

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/generation"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
	"xunwen/internal/source"
)

// The measurements below are for make eval. They want real news: XUNWEN_CORPORA
// names a folder with broadcast, webnews and newspaper1998 (.jsonl.gz and
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
func corpusIndex(t *testing.T, name string, edit func(*news.Article), files ...string) *Live {
	t.Helper()
	corpora(t) // skips
	dir := filepath.Join(cmp.Or(os.Getenv("XUNWEN_CORPORA_INDEX"), t.TempDir()), name)
	if _, err := generation.In(dir).Current(); err != nil {
		var paths []string
		for _, f := range files {
			paths = append(paths, filepath.Join(corpora(t), f))
		}
		s, err := Build(t.Context(), BuildOptions{Out: dir, Keep: 1, Log: quiet}, func(ctx context.Context, emit func(*news.Article) error) error {
			return readCorpus(ctx, func(a *news.Article) error { edit(a); return emit(a) }, paths...)
		})
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

// readCorpus emits the articles of paths, each without its .jsonl.gz.
func readCorpus(ctx context.Context, emit func(*news.Article) error, paths ...string) error {
	for i, path := range paths {
		paths[i] = path + ".jsonl.gz"
	}
	inputs, err := source.Expand(paths)
	if err != nil {
		return err
	}
	var rejects []error
	err = source.Read(ctx, inputs, source.Options{}, emit, func(r source.Reject) { rejects = append(rejects, errors.New(r.String())) })
	return errors.Join(append(rejects, err)...)
}

type goldQuery struct {
	ID, Set, Query string
	Gold, Also     []string
}

func goldQueries(t *testing.T, file string) []goldQuery {
	f, err := os.Open(filepath.Join(corpora(t), file+".queries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []goldQuery
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var q goldQuery
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

// TestEvalNames holds that a name finds every article that holds it, and prints
// the gold articles that don't.
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
		found := allHits(t, l, q.Query)
		for _, id := range q.Gold {
			gold++
			switch holds := strings.Contains(text[id], fold.FoldString(q.Query)); {
			case !holds:
				absent++
				t.Logf("%s %s: gold article %s does not hold the name", q.Set, q.Query, id)
			case !found[id]:
				t.Errorf("%s %s does not find %s, which holds it", q.Set, q.Query, id)
			}
		}
	}
	t.Logf("%d gold articles, %d of them don't hold the name; every other is found", gold, absent)
}

// allHits walks the cursor to its end.
func allHits(t *testing.T, l *Live, q string) map[string]bool {
	r := search.Request{Query: parse(t, q), By: search.ByArticle, Size: search.MaxSize, NoFold: true}
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

// floors are what MRR@10 must not fall below, by set: a little under what was
// measured (docs/relevance.md).
var floors = map[string]float64{
	"es_event": .95, "es_title": .80, "qe_1doc": .65, "uhg_headline": .88,
	"xwlb_headline": .97, "xwlb_subhead_para": .75, "pfr_headline": .98,
	"pfr_entity_nr": .94, "pfr_entity_ns": .94, "pfr_entity_nt": .93, "pfr_entity_nz": .90,
}

// TestEvalRanking measures MRR@10 and latency by set. Broadcast articles lose
// their titles beside webnews, which has none, so that no set is favoured.
func TestEvalRanking(t *testing.T) {
	for _, c := range []struct {
		name  string
		edit  func(*news.Article)
		files []string
		sets  string
	}{
		{"untitled", withoutTitle, []string{"webnews", "broadcast"}, "webnews"},
		{"broadcast", asIs, []string{"broadcast"}, "broadcast"},
		{"newspaper1998", asIs, []string{"newspaper1998"}, "newspaper1998"},
	} {
		l := corpusIndex(t, c.name, c.edit, c.files...)
		sum, count, none := map[string]float64{}, map[string]int{}, map[string]int{}
		var took []float64
		for _, q := range goldQueries(t, c.sets) {
			began := time.Now()
			r, err := l.Search(t.Context(), search.Request{Query: parse(t, q.Query), By: search.ByArticle, Size: 10, NoFold: true})
			took = append(took, time.Since(began).Seconds()*1000)
			if err != nil {
				t.Fatal(err)
			}
			count[q.Set]++
			sum[q.Set] += reciprocalRank(r.Hits, q)
			if r.Total == 0 {
				none[q.Set]++
			}
		}
		for _, set := range slices.Sorted(maps.Keys(count)) {
			mrr := sum[set] / float64(count[set])
			t.Logf("%s %s: MRR@10 %.3f of %d, %d with no hit", c.name, set, mrr, count[set], none[set])
			if mrr < floors[set] {
				t.Errorf("%s: MRR@10 %.3f is below %.2f", set, mrr, floors[set])
			}
		}
		slices.Sort(took)
		n := len(took)
		t.Logf("%s: %d queries, ms p50 %.1f p95 %.1f p99 %.1f", c.name, n, took[n/2], took[n*95/100], took[n*99/100])
	}
}

// reciprocalRank passes over hits that are neither right nor wrong.
func reciprocalRank(hits []search.Hit, q goldQuery) float64 {
	rank := 0
	for _, h := range hits {
		if slices.Contains(q.Also, h.Article.ID) {
			continue
		}
		rank++
		if slices.Contains(q.Gold, h.Article.ID) {
			return 1 / float64(rank)
		}
	}
	return 0
}
