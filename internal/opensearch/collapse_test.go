package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// reprinted are articles of which some are in several newspapers, on one day and on others, a little different.
func reprinted() []news.Article {
	var out []news.Article
	for i, a := range buildtest.Generated(420) {
		a.Date = fmt.Sprintf("2024-01-%02d", 1+i%9) // days with many
		a.PageName = []string{"要闻", "本地", "国际"}[i%3]
		a.Paragraphs[1].Section = "第一部分"
		out = append(out, a)
		for copy := range i % 4 {
			b := a
			b.ID = fmt.Sprint(a.ID, "-", copy)
			b.Publication, b.PageName = []string{"晨报", "时报", "快报"}[copy], "转载"
			b.Paragraphs = slices.Clone(a.Paragraphs)
			if i%8 < 4 {
				b.Date = fmt.Sprintf("2024-01-%02d", 1+(i+copy)%9)
			}
			switch (i / 4) % 3 {
			case 0:
				b.Paragraphs[3].Text += frequent + "。"
			case 1:
				b.Paragraphs = b.Paragraphs[:3+copy%2]
			}
			b.Paragraphs[1].Section = "续篇"
			out = append(out, b)
		}
	}
	return out
}

// A walk over all hits finds the same ones in a cluster as in a folder, of each group of near-duplicates too, and
// facets count those. By day they come in the same order. XUNWEN_INDEX is another index to walk over, with the
// queries of XUNWEN_WALKS.
func TestWalk(t *testing.T) {
	c := testClient(t)
	dir := os.Getenv("XUNWEN_INDEX")
	if dir == "" {
		dir = buildtest.New(t, reprinted()...)
	}
	local := openFolder(t, dir)
	name := fmt.Sprint("walk-", os.Getpid())
	t.Cleanup(func() { c.Do(context.Background(), http.MethodDelete, client.Path(name+"-*"), nil, nil) })
	err := publication.Publish(t.Context(), c, local, publication.Publishing{
		Name: name, Shape: layout.Shape{Shards: 2},
		Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
	})
	if err != nil {
		t.Fatal(err)
	}
	remote := openNamed(t, c, name, Options{Small: 50, Window: 40})
	t.Run("similar", func(t *testing.T) { sameSimilar(t, local, remote) })
	few := openNamed(t, c, name, Options{Small: -1, Window: 40, Compared: 1, Verified: 1})
	for _, text := range strings.Fields(cmp.Or(os.Getenv("XUNWEN_WALKS"), frequent+" title:"+frequent+" length:>1")) {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, sort := range []search.Sort{search.ByRelevance, search.Newest, search.Oldest} {
			r := search.Request{Query: q, Sort: sort, Size: 70}
			t.Run(fmt.Sprint(text, " ", sort), func(t *testing.T) { compareWalks(t, local, remote, r) })
		}
		r := search.Request{Query: q, Sort: search.Newest, Size: 70, Uncollapsed: true}
		t.Run(text+" uncollapsed", func(t *testing.T) { compareWalks(t, local, remote, r) })
		r.Uncollapsed = false
		t.Run(text+" without comparing", func(t *testing.T) { walksAll(t, few, r) })
	}
}

// sameSimilar compares the similar articles of some.
func sameSimilar(t *testing.T, local *index.Generation, remote search.Engine) {
	describe := func(e search.Engine, id string) string {
		related, err := e.Similar(t.Context(), search.SimilarRequest{ID: id, Size: 8})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, h := range related.Hits {
			out = append(out, fmt.Sprint(h.Article.ID, h.NearDuplicateIDs()))
		}
		return strings.Join(out, " ")
	}
	found := 0
	for i := 0; i < local.Manifest.Articles; i += max(local.Manifest.Articles/40, 1) {
		a, err := local.Records.Get(i)
		if err != nil {
			t.Fatal(err)
		}
		want, got := describe(local, a.ID), describe(remote, a.ID)
		if want != got {
			t.Errorf("similar to %s: %s\nwant %s", a.ID, got, want)
		}
		if want != "" {
			found++
		}
	}
	if found == 0 {
		t.Error("no article has similar ones")
	}
}

// walksAll checks that a walk has as many hits as it says, with each article once.
func walksAll(t *testing.T, e search.Engine, r search.Request) {
	hits, total := walk(t, e, r)
	seen := map[string]bool{}
	for _, h := range hits {
		for _, id := range strings.Fields(h) {
			if seen[id] {
				t.Errorf("%s is twice among the hits", id)
			}
			seen[id] = true
		}
	}
	if len(hits) != total || total == 0 {
		t.Errorf("%d hits of %d", len(hits), total)
	}
}

func compareWalks(t *testing.T, local, remote search.Engine, r search.Request) {
	wanted, total := walk(t, local, r)
	got, gotTotal := walk(t, remote, r)
	if total != gotTotal || len(wanted) != total || len(got) != total {
		t.Errorf("%d hits of %d, want %d of %d", len(got), gotTotal, len(wanted), total)
	}
	for i := range min(len(wanted), len(got)) {
		if r.Sort != search.ByRelevance && wanted[i] != got[i] {
			t.Errorf("hit %d is %s, want %s", i, got[i], wanted[i])
			break
		}
	}
	slices.Sort(wanted)
	slices.Sort(got)
	if i := slices.IndexFunc(wanted, func(h string) bool { return !slices.Contains(got, h) }); i >= 0 {
		t.Errorf("of %d hits, %s is missing", len(wanted), wanted[i])
	}
	r.Size = 1
	for _, filter := range []search.Filter{{}, {Publication: []string{"日报"}}, {Section: []string{"第一部分"}}} {
		r.Filter, r.Facets = filter, &search.FacetRequest{MultiSelect: true}
		want, got := facetsOf(t, local, r), facetsOf(t, remote, r)
		if want != got {
			t.Errorf("facets with %+v: %s\nwant %s", filter, got, want)
		}
	}
}

// walk pages through all hits, and describes each.
func walk(t *testing.T, e search.Engine, r search.Request) (hits []string, total int) {
	for {
		res, err := e.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Hits {
			hits = append(hits, strings.Join(append([]string{h.Article.ID}, h.NearDuplicateIDs()...), " "))
		}
		if r.Cursor = res.Cursor; r.Cursor == "" {
			return hits, res.Total
		}
	}
}

func facetsOf(t *testing.T, e search.Engine, r search.Request) string {
	res, err := e.Search(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(res.Facets)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
