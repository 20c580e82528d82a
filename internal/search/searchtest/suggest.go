package searchtest

import (
	"fmt"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// launches are articles with words that are frequent enough to be suggested:
// 航天员 (hangtianyuan), 空间站 (kongjianzhan), 发射 (fashe). Signs separate them where they
// would repeat as one run, which would be a completion too.
func launches() []news.Article {
	var out []news.Article
	for i := range 40 {
		out = append(out, news.Article{
			ID: fmt.Sprintf("launch%d", i), Title: "航天员，空间站",
			Paragraphs: []news.Paragraph{{Text: fmt.Sprintf("航天员第%d次进驻空间站，飞船发射顺利。", i)}},
		})
	}
	return out
}

// suggestions checks corrections and completions.
func suggestions(t *testing.T, serve Factory) {
	e := serve(t, launches())
	t.Run("corrections", func(t *testing.T) { corrections(t, e) })
	t.Run("completions", func(t *testing.T) { completions(t, e) })
	t.Run("spellings", func(t *testing.T) { shownSpellings(t, serve) })
}

// shownSpellings checks that words are shown as simplified texts spell them, and not in
// normal form, also if the texts are traditional.
func shownSpellings(t *testing.T, serve Factory) {
	var simplified, traditional []news.Article
	for i := range 40 {
		a := news.Article{ID: fmt.Sprint("a", i), Title: "著名，着手", Paragraphs: []news.Paragraph{
			{Text: fmt.Sprintf("第%d次颠覆政权。", i)}}}
		simplified = append(simplified, a)
		a.Title, a.Paragraphs = "著名，著手", []news.Paragraph{{Text: fmt.Sprintf("第%d次顛覆政權。", i)}}
		traditional = append(traditional, a)
	}
	for name, articles := range map[string][]news.Article{"simplified": simplified, "traditional": traditional} {
		e := serve(t, articles)
		for typed, want := range map[string]string{
			"颠": "颠覆", "顛": "颠覆", "著": "著名 着手", "着": "着手 著名", "zhuming": "著名", "zhuoshou": "着手", "dianfu": "颠覆",
		} {
			found, err := e.Complete(t.Context(), search.CompletionRequest{Text: typed, Size: 10})
			if err != nil {
				t.Fatal(err)
			}
			var texts []string
			for _, c := range found {
				texts = append(texts, c.Text)
			}
			if strings.Join(texts, " ") != want {
				t.Errorf("%s texts: %s is completed to %v, want %s", name, typed, texts, want)
			}
		}
		for typed, want := range map[string]string{"颠副": "颠覆", "zhuming": "著名", "颠副政权": "颠覆政权"} {
			res, err := e.Search(t.Context(), search.Request{Query: &query.Word{Text: typed}, Size: 1})
			if err != nil || res.DidYouMean != want {
				t.Errorf("%s texts: %s: did you mean %q, %v, want %s", name, typed, res.DidYouMean, err, want)
			}
		}
	}
}

// corrections checks that misspelt words are corrected within the query's syntax,
// and correct ones are not changed.
func corrections(t *testing.T, e search.Engine) {
	for _, tc := range []struct{ query, want string }{
		{"行天员", "航天员"},                           // sounds similar
		{"肮天员", "航天员"},                           // looks similar
		{"“行天员” -火星", `“航天员” -火星`},               // the syntax is kept
		{"“行天员” -发射", ""},                        // it would have no hits
		{"title:行天员 OR 空间占", "title:航天员 OR 空间站"}, // and fields and operators
		{"-行天员 发射", ""},                          // exclusions are not changed
		{"source:行天员", ""},                       // nor are values
		{"航甜員", "航天員"},                           // the rest stays in the script it was typed in
		{"hangtianyuan 空间站", "航天员 空间站"},          // the input method was off
		{"航天员 空间站", ""},
		{"航天员进驻空间站", ""},
		{"无关之事", ""},
	} {
		n, err := query.Parse(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		r := search.Request{Query: n, Size: 1}
		res, err := e.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		want := tc.want
		if want != "" {
			meant, err := query.Parse(want)
			if err != nil {
				t.Fatal(err)
			}
			want = meant.String()
		}
		if res.DidYouMean != want {
			t.Errorf("%s: did you mean %q, want %q", tc.query, res.DidYouMean, want)
		}
		r.Sort = search.Newest
		if res, err = e.Search(t.Context(), r); err != nil || res.DidYouMean != "" {
			t.Errorf("%s by date: did you mean %q, %v", tc.query, res.DidYouMean, err)
		}
	}
}

// completions checks that words are completed by characters and pinyin.
func completions(t *testing.T, e search.Engine) {
	for _, tc := range []struct{ typed, want string }{
		{"航", "航天 航天员"}, {"航天員", "航天员"}, {"航天员", "航天员"},
		{"hang", "航天 航天员"}, {"hangtian", "航天 航天员"}, {"hang tian yuan", "航天员"},
		{"htian", "航天 航天员"}, {"hty", "航天员"}, {"航tian", "航天 航天员"}, {"航ty", "航天员"},
		{"kongjianz", "空间站"}, {"kjzh", "空间站"}, {"FASHE", "发射"}, {"zzz", ""}, {"！", ""}, {"20", ""},
	} {
		found, err := e.Complete(t.Context(), search.CompletionRequest{Text: tc.typed, Size: 10})
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for i, c := range found {
			texts = append(texts, c.Text)
			if c.Count < 40 || i > 0 && c.Count > found[i-1].Count {
				t.Errorf("%s: %+v: counts are wrong or not in order", tc.typed, found)
			}
		}
		if got := strings.Join(texts, " "); got != tc.want {
			t.Errorf("%s is completed to %q, want %q", tc.typed, got, tc.want)
		}
	}
	found, err := e.Complete(t.Context(), search.CompletionRequest{Text: "h", Size: 1})
	if err != nil || len(found) != 1 {
		t.Errorf("one completion was asked for: %v, %v", found, err)
	}
}
