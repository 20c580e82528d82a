package engine

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// faulty is an index whose next reads of a field fail.
type faulty struct {
	*memory
	field  string
	faults int
	cancel context.CancelFunc // instead of failing; nil to fail
}

var errInjected = errors.New("injected")

func (f *faulty) fail(field string) error {
	if field != f.field || f.faults == 0 {
		return nil
	}
	f.faults--
	if f.cancel != nil {
		f.cancel()
		return nil
	}
	return errInjected
}

func (f *faulty) Terms(field, from, to string, visit func(string) error) error {
	if err := f.fail(field); err != nil {
		return err
	}
	return f.memory.Terms(field, from, to, visit)
}

func (f *faulty) Documents(field string, terms ...string) (*roaring.Bitmap, error) {
	if err := f.fail(field); err != nil {
		return nil, err
	}
	return f.memory.Documents(field, terms...)
}

// Values are read when they are first asked for, and again after an error.
func TestValuesAreReadAgainAfterErrors(t *testing.T) {
	words := openAnalyzer(t)
	m := newMemory(words, []news.Article{{ID: "a", Title: "一", Publication: "临江日报"}}, alone)
	f := &faulty{memory: m, field: Publication, faults: 1}
	m.columns.SetPostings(f, words.FoldString)
	if f.faults != 1 {
		t.Error("values are read at once")
	}
	if _, err := m.columns.Values(Publication); !errors.Is(err, errInjected) {
		t.Errorf("%v, want %v", err, errInjected)
	}
	if v, err := m.columns.Values(Publication); err != nil || len(v.Names) != 2 {
		t.Errorf("again: %v, %v", v, err)
	}
}

// WarmUp reads what searches would read otherwise.
func TestWarmUp(t *testing.T) {
	words := openAnalyzer(t)
	m := newMemory(words, []news.Article{{ID: "a", Title: "一", Publication: "临江日报"}}, alone)
	f, made := &faulty{memory: m, field: Publication}, 0
	m.columns.SetPostings(f, words.FoldString)
	e := New("cold", f, f, m.columns, words, Options{Completer: func() (*suggest.Completer, error) {
		made++
		return suggest.NewCompleter(suggest.NewLexicon(1, m.documentCounts(Words), m.documentCounts(Grams)),
			words.Folder, words.IsStopWord, words.Spelling), nil
	}})
	if err := e.WarmUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.faults = 1 // none is left to meet it
	request := search.Request{Query: asked(t, "临江日报"), Size: 1, Facets: &search.FacetRequest{}}
	if res, err := e.Search(t.Context(), request); err != nil || len(res.Named) != 1 || made != 1 {
		t.Errorf("named %v, %v; the completer is made %d times", res.Named, err, made)
	}
	f.faults, made = 1, 0
	m.columns.SetPostings(f, words.FoldString)
	if err := e.WarmUp(t.Context()); !errors.Is(err, errInjected) || made > 0 {
		t.Errorf("%v, want %v", err, errInjected)
	}
}

// What is read on the first search is read again after an error or a cancelled request.
func TestListsAreReadAgainAfterErrors(t *testing.T) {
	words := openAnalyzer(t)
	m := newMemory(words, []news.Article{{
		ID: "a", Title: "一", Byline: "周舟", Paragraphs: []news.Paragraph{{Text: "大桥通车了。"}, {Text: "渡口关了。"}},
	}}, alone)
	for _, tc := range []struct{ query, field string }{{"周舟", BylineName}, {"lead:大桥通车", Kind}} {
		n, err := query.Parse(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		for _, cancels := range []bool{false, true} {
			ctx, cancel := context.WithCancel(t.Context())
			f, want := &faulty{memory: m, field: tc.field, faults: 1}, errInjected
			if cancels { // while it reads
				f.cancel, want = cancel, context.Canceled
			}
			e := New("faulty", f, f, m.columns, words, Options{})
			if _, err := e.Search(ctx, search.Request{Query: n, Size: 1}); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", tc.query, err, want)
			}
			res, err := e.Search(t.Context(), search.Request{Query: n, Size: 1})
			if err != nil || res.Total != 1 {
				t.Errorf("%s, again: %d hits, %v", tc.query, res.Total, err)
			}
			cancel()
		}
	}
}

// One caller builds at a time, and the others stop waiting when their context ends.
func TestLazyIsBuiltOnce(t *testing.T) {
	var builds, building atomic.Int32
	started, finish := make(chan struct{}), make(chan struct{})
	l := newLazy(func(context.Context) (int, error) {
		if building.Add(1) > 1 {
			t.Error("two build at a time")
		}
		defer building.Add(-1)
		if builds.Add(1) == 1 {
			close(started)
			<-finish
			return 0, errInjected
		}
		return 7, nil
	})
	var all sync.WaitGroup
	all.Go(func() {
		if _, err := l.get(t.Context()); !errors.Is(err, errInjected) {
			t.Errorf("the first build: %v", err)
		}
	})
	<-started
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.get(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while waiting: %v", err)
	}
	for range 8 {
		all.Go(func() {
			if n, err := l.get(t.Context()); n != 7 || err != nil {
				t.Errorf("after the error: %d, %v", n, err)
			}
		})
	}
	close(finish)
	all.Wait()
	if n := builds.Load(); n != 2 {
		t.Errorf("built %d times, want 2", n)
	}
}
