package engine

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// vocabulary is what random news is made of, frequent words first.
var vocabulary = strings.Fields(`的 中国 在 与 发展 记者 经济 国家 北京 会议 企业 工作 市场 大桥 合作 城市 青禾 航天 神舟 对话
俄罗斯 北约 东扩 谭德塞 里亚布科夫 C919 首飞 首飞成功 奥运会 5G 台湾海峡 2022年 17号 航天员 出舱 甲亢 海带 师范大学 大学生 covid-19`)

// randomWord draws a word by Zipf's law.
func randomWord(r *rand.Rand) string {
	return vocabulary[int(math.Exp(r.Float64()*math.Log(float64(len(vocabulary)+1))))-1]
}

func randomText(r *rand.Rand, words int) string {
	var b strings.Builder
	for range words {
		b.WriteString(randomWord(r))
		if r.IntN(5) == 0 {
			b.WriteString([]string{"，", "。", " ", "人"}[r.IntN(4)])
		}
	}
	return b.String()
}

func randomNews(r *rand.Rand, n int) []news.Article {
	out := make([]news.Article, n)
	for i := range out {
		a := &out[i]
		a.ID, a.Date = fmt.Sprint(i), fmt.Sprintf("2022-01-%02d", 1+r.IntN(28))
		if r.IntN(2) == 0 {
			a.Title = randomText(r, 1+r.IntN(6))
		}
		section, isRoundUp, hasHeadings := "", r.IntN(4) == 0, r.IntN(8) == 0
		for range r.IntN(9) {
			if isRoundUp || !hasHeadings && r.IntN(4) == 0 {
				section = randomText(r, 2)
			}
			text := randomText(r, 1+r.IntN(60))
			if r.IntN(8) > 0 {
				text += "。"
			}
			if hasHeadings {
				a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: randomWord(r) + randomWord(r)})
			}
			a.Paragraphs = append(a.Paragraphs, news.Paragraph{Section: section, Text: text})
		}
		if i > 0 && r.IntN(10) == 0 {
			a.Title, a.Paragraphs = out[i-1].Title, out[i-1].Paragraphs
		}
	}
	return out
}

// randomQuery returns words, a headline, an alternative, a phrase with a word, words
// in a title, or a word without another.
func randomQuery(r *rand.Rand) string {
	switch r.IntN(7) {
	case 0:
		return randomText(r, 3+r.IntN(6))
	case 1:
		return randomWord(r) + " OR " + randomWord(r)
	case 2:
		return `"` + randomWord(r) + randomWord(r) + `" ` + randomWord(r)
	case 3:
		return "title:" + randomWord(r) + " " + randomWord(r)
	case 4:
		return randomWord(r) + " -" + randomWord(r)
	}
	words := make([]string, 1+r.IntN(4))
	for i := range words {
		words[i] = randomWord(r)
	}
	return strings.Join(words, " ")
}

// Pruning and caching never change an answer: over random news the hits and their
// scores are those of the plain formula. The cache is so small that lists are
// evicted all the time.
func TestAnswersAreExact(t *testing.T) {
	const articles, queries = 1500, 400
	r := rand.New(rand.NewPCG(3, 14)) // the same at every run
	all := randomNews(r, articles)
	words := openAnalyzer(t)
	m := newMemory(words, all, repeated(all))
	e := New("random", m, m, m.columns, words, Options{Cache: 100_000})
	pruned := 0
	for range queries {
		q := search.Request{
			Size:        []int{1, 10, 100}[r.IntN(3)],
			By:          []search.By{search.ByArticle, search.ByArticle, search.ByParagraph}[r.IntN(3)],
			Sort:        []search.Sort{search.ByRelevance, search.ByRelevance, search.Newest, search.Oldest}[r.IntN(4)],
			Uncollapsed: r.IntN(2) == 0,
		}
		if r.IntN(3) == 0 { // facets that count other days than the hits'
			q.Filter.From = fmt.Sprintf("2022-01-%02d", 1+r.IntN(28))
			q.Facets = &search.FacetRequest{From: fmt.Sprintf("2022-01-%02d", 1+r.IntN(28))}
		}
		pruned += checkExact(t, e, m, randomQuery(r), q)
	}
	if pruned < articles {
		t.Errorf("only %d members were pruned: this tests little", pruned)
	}
}

// repeated groups the articles that repeat the text of the one before.
func repeated(all []news.Article) func(int) uint32 {
	return func(i int) uint32 {
		for i > 0 && len(all[i].Paragraphs) > 0 && all[i].Paragraphs[0] == first(all[i-1].Paragraphs) {
			i--
		}
		return uint32(i)
	}
}

func first(p []news.Paragraph) news.Paragraph {
	if len(p) == 0 {
		return news.Paragraph{}
	}
	return p[0]
}

// checkExact compares the first hits of a search with the reference and its facets
// with a search for what they count, and returns how many members were pruned.
func checkExact(t *testing.T, e *Engine, m *memory, text string, r search.Request) (pruned int) {
	t.Helper()
	r.Query = asked(t, text)
	res, err := e.Search(t.Context(), r)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	var got []scored
	for _, h := range res.Hits {
		got = append(got, scored{member: m.member(h, r.By), score: h.Score})
	}
	ref := newReference(t, m, e.index.segmenter, r)
	if want := ref.best(r.Sort, r.Size); !slices.EqualFunc(got, want, func(a, b scored) bool {
		return a.member == b.member && math.Abs(a.score-b.score) < 1e-6
	}) {
		t.Errorf("%q by %s, %s, the first %d, uncollapsed %t:\n got %v\nwant %v",
			text, r.By, r.Sort, r.Size, r.Uncollapsed, got, want)
	}
	pruned = ref.pruned(t, e, r)
	if r.Facets == nil {
		return pruned
	}
	r.Filter.From, r.Facets = r.Facets.From, nil
	counted, err := e.Search(t.Context(), r)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	sum := 0
	for _, day := range res.Facets.Date {
		sum += day.Count
	}
	if sum != counted.Total {
		t.Errorf("%q from %s: facets count %d hits, a search %d", text, r.Filter.From, sum, counted.Total)
	}
	return pruned
}
