package opensearch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/index"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/opensearchtest"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// frequent is a word of many articles that buildtest generates.
var frequent = textnorm.First(buildtest.Generated(1)[0].Title, 2)

// lostTime is more than a cluster takes to go on without a node, on a machine that is busy.
const lostTime = 8 * time.Minute

// overThree publishes articles in a cluster of three nodes, and opens the index in the folder and in the cluster.
func overThree(
	ctx context.Context, t *testing.T, articles int, progress func(c *opensearchtest.Cluster, done, total int),
) (cluster *opensearchtest.Cluster, local *index.Generation, remote *Generation) {
	t.Helper()
	opensearchtest.Wanted(t)
	began := time.Now()
	cluster = opensearchtest.Start(t, 3)
	t.Logf("three nodes are ready after %s", time.Since(began))
	c := opensearchtest.Connect(t, cluster.URLs...)
	local = openFolder(t, buildtest.New(t, buildtest.Generated(articles)...))
	err := publication.Publish(ctx, c, local, publication.Publishing{
		Name: "lost", Shape: layout.Shape{Shards: 3, Replicas: 1},
		Progress: func(done, total int) { progress(cluster, done, total) },
		Reject:   func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
		Log:      slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("published after %s", time.Since(began))
	return cluster, local, openNamed(t, c, "lost", Options{Small: -1})
}

// A node that is lost while an index is filled costs no article, and one that is lost while it answers
// makes no answer wrong.
func TestNodeIsLost(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), lostTime)
	defer cancel()
	var once sync.Once
	_, local, remote := overThree(ctx, t, 3000, func(c *opensearchtest.Cluster, done, total int) {
		if done == total/2 {
			once.Do(func() { c.Kill(2) })
		}
	})
	for _, q := range []query.Node{nil, &query.Word{Text: frequent}, &query.Phrase{Text: frequent}} {
		if err := sameAnswer(ctx, local, remote, q); err != nil {
			t.Error(err)
		}
	}
}

func TestNodeIsLostWhileItAnswers(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), lostTime)
	defer cancel()
	cluster, local, remote := overThree(ctx, t, 300, func(*opensearchtest.Cluster, int, int) {})
	var answered, failed atomic.Int64
	asked, stop := context.WithCancel(ctx)
	var asking sync.WaitGroup
	for range 2 {
		asking.Go(func() {
			for asked.Err() == nil {
				err := sameAnswer(asked, local, remote, &query.Word{Text: frequent})
				switch {
				case err == nil:
					answered.Add(1)
				case asked.Err() != nil:
				case errors.Is(err, search.ErrUnavailable):
					failed.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	wait := func(more int64) {
		until := answered.Load() + more
		for answered.Load() < until && ctx.Err() == nil {
			time.Sleep(10 * time.Millisecond)
		}
		if ctx.Err() != nil {
			t.Errorf("%d answers after %s, want %d more", answered.Load(), lostTime, until-answered.Load())
		}
	}
	wait(5)
	cluster.Kill(1)
	wait(50)
	stop()
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
