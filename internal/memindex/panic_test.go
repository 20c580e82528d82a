package memindex

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"sync/atomic"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/engine"
	"xunwen/internal/news"
	"xunwen/internal/server"
	"xunwen/internal/suggest"
)

// breaking is an index whose posting lists panic at one of the next reads.
type breaking struct {
	*Index
	left atomic.Int64 // reads until the panic
}

func (b *breaking) read() {
	if b.left.Add(-1) == 0 {
		panic("a fault of the index")
	}
}

func (b *breaking) List(field, term string) (engine.List, error) {
	l, err := b.Index.List(field, term)
	if l == nil || err != nil {
		return nil, err
	}
	return breakingList{l, b}, nil
}

func (b *breaking) Count(field, term string) (int, error) {
	b.read()
	return b.Index.Count(field, term)
}

type breakingList struct {
	engine.List
	of *breaking
}

func (l breakingList) AppendDocs(to []uint32) ([]uint32, error) {
	l.of.read()
	return l.List.AppendDocs(to)
}

func (l breakingList) Retain(docs []uint32) ([]uint32, error) {
	l.of.read()
	return l.List.Retain(docs)
}

func (l breakingList) AppendWithin(
	docs []uint32, frequencies []uint16, ranges []engine.DocumentRange,
) ([]uint32, []uint16, error) {
	l.of.read()
	return l.List.AppendWithin(docs, frequencies, ranges)
}

// TestPanicsEndOneRequest lets each read of the index panic in turn, and what corrects queries
// in a goroutine of its own. Each time the server answers 500, lives, and answers the next
// request as before: nothing that was half used is used again.
func TestPanicsEndOneRequest(t *testing.T) {
	words := analyzertest.Open(t)
	var articles []Article
	for i, text := range []string{"青禾大桥今天通车，珑江两岸首次握手。", "渡口的轮渡停航，大桥通车后改线。", "青禾晚报报道大桥和渡口。"} {
		articles = append(articles, Article{Sequence: uint32(i), Article: news.Article{
			ID: string(rune('a' + i)), Title: text[:12], Paragraphs: []news.Paragraph{{Text: text}, {Text: "通车。"}}}})
	}
	x := &breaking{Index: New(words, articles)}
	brokenSpelling := true
	e := engine.New("g", x, x, x.Columns, words, engine.Options{Completer: func() (*suggest.Completer, error) {
		if brokenSpelling {
			panic("a fault of the lexicon")
		}
		lexicon := suggest.NewLexicon(len(x.Columns.Article), x.Counts(engine.Words), x.Counts(engine.Grams))
		return suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling), nil
	}})
	h := server.New(e, server.Options{})
	ask := func(path string) (int, string) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return w.Code, w.Body.String()
	}
	q := url.QueryEscape("青禾大桥今天在渡口的下游通车 轮渡")
	if status, body := ask("/api/v1/search?q=" + q); status != http.StatusInternalServerError {
		t.Errorf("with a fault of the lexicon: %d %s", status, body)
	}
	brokenSpelling = false
	for _, path := range []string{"/api/v1/search?facets=1&collapse=0&q=" + q, "/api/v1/articles/a/similar"} {
		status, want := ask(path)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", path, status, want)
		}
		const most = 10_000
		broken := 0
		for reads := range int64(most) {
			x.left.Store(reads + 1)
			status, _ := ask(path)
			if x.left.Swap(0) > 0 { // it has fewer reads
				break
			}
			if status == http.StatusInternalServerError {
				broken++
			}
			if status, got := ask(path); status != http.StatusOK || stable(got) != stable(want) {
				t.Fatalf("%s after a panic at read %d: %d\n%s\nwant\n%s", path, reads, status, got, want)
			}
		}
		if broken < 5 {
			t.Errorf("%s: %d panics were answered", path, broken)
		}
	}
}

// stable returns an answer without what differs each time.
func stable(answer string) string { return took.ReplaceAllString(answer, "") }

var took = regexp.MustCompile(`"took_ms":[0-9.]*`)

// TestIndexingEndsForItsCaller checks that a panic in a goroutine that indexes is the caller's,
// and that indexing ends with its context.
func TestIndexingEndsForItsCaller(t *testing.T) {
	words := analyzertest.Open(t)
	articles := make([]Article, 4*leastArticles)
	for i := range articles {
		a := news.Article{Title: "大桥", Paragraphs: []news.Paragraph{{Text: "通车。"}}}
		articles[i] = Article{Sequence: uint32(i), Article: a}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := NewFor(ended, words, articles, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("after the context ended: %v", err)
	}
	defer func() {
		if p := recover(); p != "a fault of the index" {
			t.Errorf("the caller gets the panic %v", p)
		}
	}()
	NewFor(t.Context(), words, articles, func(string) bool { panic("a fault of the index") })
	t.Error("no panic")
}
