package opensearch

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// TestDifferential compares both engines over a real index, XUNWEN_INDEX, with the queries of
// XUNWEN_QUERIES (a query a line, or JSON Lines with a member query).
func TestDifferential(t *testing.T) {
	c := testClient(t)
	dir := os.Getenv("XUNWEN_INDEX")
	if dir == "" {
		t.Skip("XUNWEN_INDEX is not set")
	}
	local := openFolder(t, dir)
	name := cmp.Or(os.Getenv("XUNWEN_NAME"), "differential")
	began := time.Now()
	err := publication.Publish(t.Context(), c, local, publication.Publishing{
		Name: name, Shape: layout.Shape{Shards: 2},
		Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("published %d articles, %d paragraphs in %s",
		local.Manifest.Articles, local.Manifest.Paragraphs, time.Since(began))
	remote, err := Open(t.Context(), c, name, analyzer.Builtin, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer remote.Close()
	d := &differences{t: t, local: local, remote: remote}
	for _, q := range readQueries(t, os.Getenv("XUNWEN_QUERIES")) {
		d.compare(q)
	}
	d.report()
}

func readQueries(t *testing.T, file string) []string {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		var record struct {
			Query string `json:"query"`
		}
		if json.Unmarshal([]byte(line), &record) == nil && record.Query != "" {
			line = record.Query
		}
		out = append(out, line)
	}
	return out
}

type differences struct {
	t             *testing.T
	local, remote search.Engine

	queries, failed, totals, alike, phrases, phrasesAlike int
	took, tookLocal                                       []time.Duration
}

func (d *differences) compare(q string) {
	n, err := query.Parse(q)
	if err != nil {
		return
	}
	d.queries++
	ask := func(e search.Engine, n query.Node) (search.Response, time.Duration, error) {
		began := time.Now()
		res, err := e.Search(context.Background(), search.Request{Query: n, Size: 10})
		return res, time.Since(began), err
	}
	want, tookLocal, err := ask(d.local, n)
	if err != nil {
		d.t.Fatal(err)
	}
	got, took, err := ask(d.remote, n)
	if err != nil {
		d.failed++
		d.t.Logf("%s: %v", q, err)
		return
	}
	d.took, d.tookLocal = append(d.took, took), append(d.tookLocal, tookLocal)
	if got.Total != want.Total {
		d.totals++
		d.t.Logf("%s: %d hits, %d locally", q, got.Total, want.Total)
	}
	if share := shared(got, want); share >= 0.8 {
		d.alike++
	} else {
		d.t.Logf("%s: %.1f of the hits shared, total %d", q, share, want.Total)
	}
	phrase := &query.Phrase{Text: textnorm.First(strings.ReplaceAll(q, " ", ""), 4)}
	want, _, err = ask(d.local, phrase)
	if err != nil {
		d.t.Fatal(err)
	}
	got, _, err = ask(d.remote, phrase)
	d.phrases++
	if err == nil && got.Total == want.Total {
		d.phrasesAlike++
	} else {
		d.t.Logf("%s: %d hits, %d locally, %v", phrase, got.Total, want.Total, err)
	}
}

// shared is the share of hits that are the same, of those that could be.
func shared(a, b search.Response) float64 {
	if len(b.Hits) == 0 {
		return 1
	}
	ids := map[string]bool{}
	for _, h := range a.Hits {
		ids[h.Article.ID] = true
	}
	n := 0
	for _, h := range b.Hits {
		if ids[h.Article.ID] {
			n++
		}
	}
	return float64(n) / float64(len(b.Hits))
}

func (d *differences) report() {
	slices.Sort(d.took)
	slices.Sort(d.tookLocal)
	at := func(all []time.Duration, share float64) time.Duration { return all[int(float64(len(all)-1)*share)] }
	d.t.Logf("%d queries, %d failed, %d totals differ, %d share 8 of 10; %d phrases, %d alike",
		d.queries, d.failed, d.totals, d.alike, d.phrases, d.phrasesAlike)
	d.t.Logf("p50 %s p95 %s, locally %s %s",
		at(d.took, .5), at(d.took, .95), at(d.tookLocal, .5), at(d.tookLocal, .95))
}
