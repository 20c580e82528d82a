//go:build corpora

package index

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/source/jsonl"
	"xunwen/internal/textnorm"
)

// The measurements below want real news: XUNWEN_CORPORA names a folder with
// broadcast, webnews and newspaper1998 (.jsonl.gz and .queries.jsonl each).

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
	dir := filepath.Join(cmp.Or(os.Getenv("XUNWEN_CORPORA_INDEX"), t.TempDir()), name)
	if _, err := readCurrent(dir); err != nil {
		s, err := Build(t.Context(), BuildOptions{Out: dir, Keep: 1, Log: quiet}, func(ctx context.Context, emit func(*news.Article) error) error {
			return readCorpus(t, ctx, func(a *news.Article) error { edit(a); return emit(a) }, files...)
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

func readCorpus(t *testing.T, ctx context.Context, emit func(*news.Article) error, files ...string) error {
	for _, name := range files {
		f, err := os.Open(filepath.Join(corpora(t), name+".jsonl.gz"))
		if err != nil {
			return err
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			return err
		}
		for r := jsonl.NewReader(z, false); ctx.Err() == nil; {
			a, err := r.Next()
			if err == io.EOF {
				break
			}
			if err == nil {
				err = a.Normalize()
			}
			if err == nil {
				err = emit(a)
			}
			if err != nil {
				return err
			}
		}
	}
	return ctx.Err()
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

// TestPhrasesAndNamesInBroadcast holds answers against a scan of the text.
func TestPhrasesAndNamesInBroadcast(t *testing.T) {
	l := corpusIndex(t, "broadcast", asIs, "broadcast")
	var texts []string
	var folded []string
	err := readCorpus(t, t.Context(), func(a *news.Article) error {
		for _, p := range a.Paragraphs {
			texts = append(texts, p.Text)
			folded = append(folded, textnorm.FoldString(p.Text))
		}
		return nil
	}, "broadcast")
	if err != nil {
		t.Fatal(err)
	}
	phrases := []string{"里亚布科夫", "北约东扩", "谭德塞", "神舟十五号", "C919", "，", "2022年9月", "的是", "习"}
	for i := 0; i < len(texts); i += len(texts) / 300 {
		r := []rune(folded[i])
		if n := 3 + i%12; len(r) > n {
			at := i % (len(r) - n)
			phrases = append(phrases, string(r[at:at+n]))
		}
	}
	var took time.Duration
	for _, p := range phrases {
		want := 0
		for _, f := range folded {
			if strings.Contains(f, textnorm.FoldString(p)) {
				want++
			}
		}
		began := time.Now()
		r, err := l.Search(t.Context(), search.Request{Query: &query.Phrase{Text: p}, By: search.ByParagraph, Size: 10})
		took += time.Since(began)
		if err != nil || r.Total != want {
			t.Errorf("phrase %q finds %d paragraphs, %d contain it (%v)", p, r.Total, want, err)
		}
		for _, h := range r.Hits {
			for _, m := range h.Paragraphs {
				if len(m.Snippet.Marks) == 0 {
					t.Errorf("phrase %q: no mark in %q", p, m.Snippet.Text)
				}
			}
		}
	}
	t.Logf("%d phrases exact, %.2f ms each", len(phrases), took.Seconds()*1000/float64(len(phrases)))
	for _, name := range []string{"里亚布科夫", "北约东扩", "谭德塞"} {
		want := 0
		for _, x := range texts {
			if strings.Contains(x, name) {
				want++
			}
		}
		r, err := l.Search(t.Context(), search.Request{Query: &query.Word{Text: name}, By: search.ByParagraph, Size: 100})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d paragraphs found, %d contain it", name, r.Total, want)
		if r.Total < want {
			t.Errorf("%s: %d paragraphs found, %d contain it", name, r.Total, want)
		}
	}
}

func parse(t *testing.T, s string) query.Node {
	n, err := query.Parse(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return n
}

// TestRanking prints MRR@10 and latency by set.
func TestRanking(t *testing.T) {
	noTitle := func(a *news.Article) { a.Title, a.Kicker, a.Subtitle = "", "", "" }
	for _, c := range []struct {
		name  string
		edit  func(*news.Article)
		files []string
		sets  string
	}{
		{"webnews+broadcast-untitled", noTitle, []string{"webnews", "broadcast"}, "webnews"},
		{"broadcast", asIs, []string{"broadcast"}, "broadcast"},
		{"newspaper1998", asIs, []string{"newspaper1998"}, "newspaper1998"},
	} {
		l := corpusIndex(t, c.name, c.edit, c.files...)
		mrr, count, none := map[string]float64{}, map[string]int{}, map[string]int{}
		var took []float64
		for i, q := range goldQueries(t, c.sets) {
			if c.sets == "broadcast" && i%10 != 0 {
				continue
			}
			began := time.Now()
			r, err := l.Search(t.Context(), search.Request{Query: parse(t, q.Query), By: search.ByArticle, Size: 10})
			took = append(took, time.Since(began).Seconds()*1000)
			if err != nil {
				t.Fatal(err)
			}
			count[q.Set]++
			if r.Total == 0 {
				none[q.Set]++
			}
			rank := 0
			for _, h := range r.Hits {
				if slices.Contains(q.Also, h.Article.ID) {
					continue
				}
				rank++
				if slices.Contains(q.Gold, h.Article.ID) {
					mrr[q.Set] += 1 / float64(rank)
					break
				}
			}
		}
		for set, n := range count {
			t.Logf("%s %s: MRR@10 %.3f of %d, %d with no hit", c.name, set, mrr[set]/float64(n), n, none[set])
		}
		slices.Sort(took)
		n := len(took)
		sum := 0.
		for _, x := range took {
			sum += x
		}
		t.Logf("%s: ms p50 %.1f p95 %.1f p99 %.1f mean %.1f", c.name, took[n/2], took[n*95/100], took[n*99/100], sum/float64(n))
	}
}
