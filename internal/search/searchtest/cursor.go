package searchtest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// cursor checks that a cursor visits every hit once, in every order, and is an error
// with another query.
func cursor(t *testing.T, serve Factory) {
	var all []news.Article
	for i := range 57 {
		date := ""
		if i%5 > 0 {
			date = fmt.Sprintf("2026-%02d-%02d", 1+i%12, 1+i%28)
		}
		all = append(all, news.Article{ID: fmt.Sprintf("w%02d", i), Title: "渡口", Date: date,
			Paragraphs: []news.Paragraph{
				{Text: "渡口今天开放。", Kind: news.Body},
				{Text: fmt.Sprintf("第%d班船。", i), Kind: news.Body},
			}})
	}
	e := serve(t, all)
	for _, sort := range []search.Sort{search.ByRelevance, search.Newest, search.Oldest} {
		for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
			r := search.Request{Query: &query.Word{Text: "渡口"}, By: by, Sort: sort, Size: 10}
			var got, dates []string
			Walk(t, e, r, func(res search.Response) bool {
				if res.Total != len(all) {
					t.Fatalf("%s by %s: total %d of %d", sort, by, res.Total, len(all))
				}
				for _, h := range res.Hits {
					got = append(got, h.Article.ID)
					dates = append(dates, h.Article.Date)
				}
				return true
			})
			seen := map[string]bool{}
			for _, id := range got {
				seen[id] = true
			}
			if len(got) != len(all) || len(seen) != len(all) {
				t.Errorf("%s by %s: %d hits, %d different, of %d", sort, by, len(got), len(seen), len(all))
			}
			if sort == search.Newest {
				slices.Reverse(dates)
			}
			if sort != search.ByRelevance && !slices.IsSorted(dates) {
				t.Errorf("%s by %s: not in the order of dates: %v", sort, by, dates)
			}
		}
	}
	first, err := e.Search(t.Context(), search.Request{Query: &query.Word{Text: "渡口"}, By: search.ByArticle, Size: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []search.Request{
		{Query: &query.Word{Text: "今天"}, By: search.ByArticle, Size: 10, Cursor: first.Cursor},
		{Query: &query.Word{Text: "渡口"}, By: search.ByParagraph, Size: 10, Cursor: first.Cursor},
		{Query: &query.Word{Text: "渡口"}, By: search.ByArticle, Size: 10, Cursor: "x" + first.Cursor},
	} {
		if _, err := e.Search(t.Context(), r); !errors.Is(err, search.ErrBadCursor) {
			t.Errorf("a foreign cursor: %v", err)
		}
	}
}

// cursorOfManyWords checks the same for a query of many words, whose scores are sums
// of many parts: each of many walks must visit every hit once.
func cursorOfManyWords(t *testing.T, serve Factory) {
	words := []string{"渡口", "开放", "堤坝", "加固", "水位", "上涨", "码头", "改造"}
	r := rand.New(rand.NewPCG(20, 26))
	var all []news.Article
	for i := range 120 {
		var text strings.Builder
		for range 12 {
			text.WriteString(words[r.IntN(len(words))])
		}
		all = append(all, news.Article{ID: fmt.Sprintf("m%03d", i), Title: "短讯",
			Paragraphs: []news.Paragraph{{Text: text.String() + strings.Join(words, ""), Kind: news.Body}}})
	}
	e := serve(t, all)
	node, err := query.Parse(strings.Join(words, " "))
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		seen := map[string]bool{}
		Walk(t, e, search.Request{Query: node, Size: 7}, func(res search.Response) bool {
			for _, h := range res.Hits {
				seen[h.Article.ID] = true
			}
			return true
		})
		if len(seen) != len(all) {
			t.Fatalf("a walk visited %d of %d hits", len(seen), len(all))
		}
	}
}

// cursorOfGroups checks that a walk visits what an export writes, in its order, where
// near-duplicates collapse into hits far from them by date or score.
func cursorOfGroups(t *testing.T, serve Factory) {
	r := rand.New(rand.NewPCG(4, 7))
	var all []news.Article
	for i := range 100 {
		text := fmt.Sprintf("青禾大桥第%d天的车流平稳。", i)
		if i%2 == 0 { // ten texts, each printed five times
			text = strings.ReplaceAll(wire, "三年", fmt.Sprintf("%d年", 10+i%20))
		}
		all = append(all, news.Article{
			ID:         fmt.Sprintf("c%02d", i),
			Title:      "大桥",
			Date:       fmt.Sprintf("2026-03-%02d", 1+r.IntN(12)),
			Paragraphs: []news.Paragraph{{Text: text + strings.Repeat("大桥。", r.IntN(3)), Kind: news.Body}},
		})
	}
	e := serve(t, all)
	collapsed := 0
	for _, sort := range []search.Sort{search.ByRelevance, search.Newest, search.Oldest, search.Reprinted} {
		for _, q := range []query.Node{&query.Word{Text: "大桥"}, nil} {
			for _, uncollapsed := range []bool{false, true} {
				request := search.Request{
					Query:       q,
					Sort:        sort,
					Uncollapsed: uncollapsed,
					Size:        3,
					Filter:      search.Filter{From: "2026-03-01"},
				}
				want := &sink{stop: -1}
				if err := e.Export(t.Context(), search.ExportRequest{Search: request}, want); err != nil {
					t.Fatal(err)
				}
				var got []string
				Walk(t, e, request, func(res search.Response) bool {
					for _, h := range res.Hits {
						got = append(got, h.Article.ID)
						collapsed += len(h.NearDuplicates)
					}
					return true
				})
				var ids []string
				for _, h := range want.hits {
					ids = append(ids, h.Article.ID)
				}
				if !slices.Equal(got, ids) {
					t.Errorf("%s, uncollapsed %t: a walk visits\n%v, an export\n%v", sort, uncollapsed, got, ids)
				}
			}
		}
	}
	if collapsed == 0 {
		t.Error("nothing collapses")
	}
}
