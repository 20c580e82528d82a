package opensearch

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/opensearchtest"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// frequent is a word of many articles that buildtest generates.
var frequent = textnorm.First(buildtest.Generated(1)[0].Title, 2)

// A node that is lost while an index is filled costs no article, and one that is lost while it answers
// makes no answer wrong.
func TestNodeIsLost(t *testing.T) {
	opensearchtest.Wanted(t)
	cluster := opensearchtest.Start(t, 3)
	c := opensearchtest.Connect(t, cluster.URLs...)
	local := openFolder(t, buildtest.New(t, buildtest.Generated(3000)...))
	var once sync.Once
	publishing := publication.Publishing{
		Name:  "lost",
		Shape: layout.Shape{Shards: 3, Replicas: 1},
		Progress: func(done, total int) {
			if done == total/2 {
				once.Do(func() { cluster.Kill(2) })
			}
		},
		Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
	}
	if err := publication.Publish(t.Context(), c, local, publishing); err != nil {
		t.Fatal(err)
	}
	remote, err := Open(t.Context(), c, "lost", analyzer.Builtin, Options{Small: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer remote.Close()
	queries := []query.Node{nil, &query.Word{Text: frequent}, &query.Phrase{Text: frequent}}
	for _, q := range queries {
		if err := sameAnswer(t.Context(), local, remote, q); err != nil {
			t.Error(err)
		}
	}
}

func TestNodeIsLostWhileItAnswers(t *testing.T) {
	opensearchtest.Wanted(t)
	cluster := opensearchtest.Start(t, 3)
	c := opensearchtest.Connect(t, cluster.URLs...)
	local := openFolder(t, buildtest.New(t, buildtest.Generated(300)...))
	publishing := publication.Publishing{
		Name: "lost", Shape: layout.Shape{Shards: 3, Replicas: 1},
		Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
	}
	if err := publication.Publish(t.Context(), c, local, publishing); err != nil {
		t.Fatal(err)
	}
	remote, err := Open(t.Context(), c, "lost", analyzer.Builtin, Options{Small: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer remote.Close()
	var answered, failed atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	for range 2 {
		asking.Go(func() {
			for ctx.Err() == nil {
				err := sameAnswer(ctx, local, remote, &query.Word{Text: frequent})
				switch {
				case err == nil:
					answered.Add(1)
				case ctx.Err() != nil:
				case errors.Is(err, search.ErrUnavailable):
					failed.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	wait := func(more int64) {
		for until := answered.Load() + more; answered.Load() < until && t.Context().Err() == nil; {
			time.Sleep(10 * time.Millisecond)
		}
	}
	wait(5)
	cluster.Kill(1)
	wait(50)
	cancel()
	asking.Wait()
	t.Logf("%d right answers, %d said that a part of the index can't be reached", answered.Load(), failed.Load())
}

// sameAnswer compares what two engines find.
func sameAnswer(ctx context.Context, a, b search.Engine, q query.Node) error {
	r := search.Request{Query: q, Size: 10}
	want, err := a.Search(ctx, r)
	if err != nil {
		return err
	}
	got, err := b.Search(ctx, r)
	if err != nil {
		return err
	}
	if got.Total != want.Total || got.Relation != search.Eq {
		return fmt.Errorf("%v: %d hits (%s), want %d", q, got.Total, got.Relation, want.Total)
	}
	return nil
}
