package live

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// countdown is a context that ends after a number of checks.
type countdown struct {
	context.Context
	checks, end int64
}

func (c *countdown) Err() error {
	if atomic.AddInt64(&c.checks, 1) > c.end {
		return context.DeadlineExceeded
	}
	return nil
}

// TestDeadlineEndsEveryRequest checks that each kind of work checks its context in proportion
// to its length, and stops when the context ends.
func TestDeadlineEndsEveryRequest(t *testing.T) {
	t.Parallel()
	var list []news.Article
	var numbers strings.Builder
	for i := range 100 {
		list = append(list, buildtest.Text(fmt.Sprint("a", i), "青禾大桥通车", "杜若溪说，大桥在渡口的下游。", fmt.Sprint("第", i, "天a", i)))
		fmt.Fprint(&numbers, " b", i)
	}
	list = append(list, buildtest.Text("numbers", "", numbers.String()),
		buildtest.Text("long", "", strings.Split(numbers.String(), " ")...))
	l := Open(t.Context(), buildtest.New(t, list...), Options{})
	defer l.Close()
	for _, tc := range []struct {
		asked string
		least int64 // checks of the context that the work must make
	}{
		{`大桥`, 1}, {`青禾大桥在渡口的下游通车`, 4}, {`大桥 OR 渡口 OR 下游`, 3}, {`b*`, 100}, {`桥`, 1},
		{`"大桥在渡口"`, 100}, {`"，"`, 100}, {`"大桥 渡口"~5`, 100}, {`"1"`, 100}, {`date:2022`, 1},
	} {
		n, err := query.Parse(tc.asked)
		if err != nil {
			t.Fatal(err)
		}
		endsEarly(t, tc.asked, tc.least, func(ctx context.Context) error {
			_, err := l.Search(ctx, search.Request{Query: n, Size: 10})
			return err
		})
	}
	endsEarly(t, "an article", 100, func(ctx context.Context) error {
		_, err := l.Article(ctx, search.ArticleRequest{ID: "long"})
		return err
	})
	endsEarly(t, "similar articles", 100, func(ctx context.Context) error {
		_, err := l.Similar(ctx, search.SimilarRequest{ID: "numbers", Size: 10})
		return err
	})
}

// endsEarly runs a request with an unlimited context, then with ever shorter ones.
func endsEarly(t *testing.T, name string, least int64, ask func(context.Context) error) {
	t.Helper()
	whole := &countdown{Context: t.Context(), end: 1 << 40}
	if err := ask(whole); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if whole.checks < least {
		t.Errorf("%s: %d checks of the context, want at least %d", name, whole.checks, least)
	}
	whole = &countdown{Context: t.Context(), end: 1 << 40} // cached results need no checks
	if err := ask(whole); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, end := range []int64{0, whole.checks / 2, whole.checks - 1} {
		ctx := &countdown{Context: t.Context(), end: end}
		if err := ask(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s, with a context that ends after %d of %d checks: %v", name, end, whole.checks, err)
		}
	}
}

// TestPrefixesAreBounded checks that prefixes match all their terms, or fail if there are
// too many.
func TestPrefixesAreBounded(t *testing.T) {
	t.Parallel()
	const words = 210_000 // more than the engine checks up
	var list []news.Article
	for from := 0; from < words; from += 1000 {
		var b strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&b, " z%06d", from+i)
		}
		list = append(list, buildtest.Text(fmt.Sprint(from), "", b.String()))
	}
	l := Open(t.Context(), buildtest.New(t, list...), Options{})
	defer l.Close()
	ask := func(prefixes ...string) (search.Response, error) {
		or := &query.Or{}
		for _, p := range prefixes {
			or.Nodes = append(or.Nodes, &query.Prefix{Text: p})
		}
		return l.Search(t.Context(), search.Request{Query: or, Size: 1})
	}
	if r, err := ask("z00", "z1"); err != nil || r.Total != 110 || r.Relation != search.Eq {
		t.Errorf("110,000 words: %d articles, %v", r.Total, err)
	}
	for _, prefixes := range [][]string{{"z"}, {"z0", "z1", "z2"}} {
		if r, err := ask(prefixes...); !errors.Is(err, search.ErrTooBroad) {
			t.Errorf("%v: %d articles, %v", prefixes, r.Total, err)
		}
	}
}
