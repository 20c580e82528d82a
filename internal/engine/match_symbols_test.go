package engine

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// Phrases of nothing but punctuation, blanks and emoji, or of letters and digits
// alone, match what a scan of the texts finds.
func TestPhrasesOfSymbols(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1)) // the same at every run
	parts := []string{"，", "。", "——", " ", "\u3000", "😀", "👨‍👩‍👧", "北约", "，。", "”", "9", "C919", "％", "/", "abc"}
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		return b.String()
	}
	all := make([]news.Article, 400)
	for i := range all {
		all[i] = news.Article{ID: fmt.Sprint(i), Title: text(r.IntN(4)), Subtitle: text(r.IntN(2))}
		for range r.IntN(4) {
			p := news.Paragraph{Section: text(r.IntN(3)), Text: text(r.IntN(8))}
			all[i].Paragraphs = append(all[i].Paragraphs, p)
		}
	}
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("symbols", m, m, m.columns, words, Options{})
	for _, phrase := range []string{
		"，", ",", "。", "—", "——", "😀", "，。", "。，", "，，", "”", "👩", "★", "%", "/",
		"9", "1", "91", "c919", "b", "abc", "9/", "😀9",
	} {
		folded := words.FoldString(phrase)
		matching := func(texts ...string) (n int) {
			for _, text := range texts {
				if strings.Contains(words.FoldString(text), folded) {
					n++
				}
			}
			return n
		}
		paragraphs, titles, sections, articles := 0, 0, 0, 0
		for _, a := range all {
			inTitle, inSection, inText := matching(a.Title, a.Kicker, a.Subtitle), 0, 0
			for _, p := range a.Paragraphs {
				inSection += matching(p.Section)
				inText += matching(p.Text)
			}
			paragraphs += inText
			sections += min(inSection, 1)
			titles += min(inTitle, 1)
			articles += min(inTitle+inSection+inText, 1)
		}
		for _, tc := range []struct {
			field string
			by    search.By
			want  int
		}{
			{"", search.ByParagraph, paragraphs}, {"", search.ByArticle, articles},
			{"title:", search.ByArticle, titles}, {"section:", search.ByArticle, sections},
		} {
			q := asked(t, tc.field+`"`+phrase+`"`)
			res, err := e.Search(t.Context(), search.Request{Query: q, By: tc.by, Size: 1})
			if err != nil || res.Total != tc.want {
				t.Errorf("%s%q by %s: %d, %v; a scan finds %d", tc.field, phrase, tc.by, res.Total, err, tc.want)
			}
		}
	}
}

// impatient are records whose reader cancels its request after some of them.
type impatient struct {
	*memory
	read   atomic.Int64
	most   int64
	cancel context.CancelFunc
}

func (i *impatient) Get(article int) (news.Article, error) {
	if i.read.Add(1) == i.most {
		i.cancel()
	}
	return i.memory.Get(article)
}

// What a request read before its time ended is not read again.
func TestSymbolsAreReadOnce(t *testing.T) {
	all := make([]news.Article, 3*symbolStride)
	for i := range all {
		all[i] = news.Article{ID: fmt.Sprint(i), Paragraphs: []news.Paragraph{{Text: []string{"北约，", "东扩。"}[i%2]}}}
	}
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	ctx, cancel := context.WithCancel(t.Context())
	records := &impatient{memory: m, most: 2*symbolStride + symbolStride/2, cancel: cancel}
	e := New("symbols", m, records, m.columns, words, Options{})
	request := search.Request{Query: asked(t, `"，"`), By: search.ByParagraph, Size: 1, NoHighlights: true}
	if _, err := e.Search(ctx, request); !errors.Is(err, context.Canceled) {
		t.Fatalf("a cancelled request: %v", err)
	}
	records.read.Store(int64(len(all)))
	res, err := e.Search(t.Context(), request)
	if err != nil || res.Total != len(all)/2 {
		t.Errorf("found %d, %v; want %d", res.Total, err, len(all)/2)
	}
	if again := records.read.Load() - int64(len(all)); again > symbolStride+1 { // and the hit
		t.Errorf("%d of %d articles were read for the second request", again, len(all))
	}
}

func asked(t *testing.T, q string) query.Node {
	n, err := query.Parse(q)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return n
}
