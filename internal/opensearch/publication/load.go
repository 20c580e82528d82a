package publication

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/workers"
)

// Load fills a new index with articles, as Publish does, without a manifest.
func Load(
	ctx context.Context, to *client.Client, index string, shape layout.Shape, words *analyzer.Analyzer,
	articles iter.Seq2[*layout.Article, error], reject func(Reject),
) error {
	_, err := cluster{to, slog.New(slog.DiscardHandler)}.load(ctx, newDraft(index), shape, words, articles, reject)
	return err
}

// load fills a new index with articles.
func (c cluster) load(
	ctx context.Context, d draft, shape layout.Shape, words *analyzer.Analyzer,
	articles iter.Seq2[*layout.Article, error], reject func(Reject),
) (filled, error) {
	if err := c.createEmpty(ctx, d, layout.IndexBody(shape)); err != nil {
		return filled{}, err
	}
	b := &bulk{client: c.Client, index: d.alias, reject: reject}
	made, err := addAll(ctx, b, words, articles)
	if err != nil {
		return filled{}, err
	}
	made -= b.rejected
	out := filled{layout.Written{Roots: made, Loose: made}, Sent{Roots: made, Bytes: b.sent}}
	return out, c.checkCount(ctx, d, out.Roots)
}

// filled is an index that was filled, and what was sent for it.
type filled struct {
	layout.Written
	sent Sent
}

// addAll writes the root documents of articles, which are made on all processors. It returns how many.
func addAll(
	ctx context.Context, b *bulk, words *analyzer.Analyzer, articles iter.Seq2[*layout.Article, error],
) (int, error) {
	queue, batches := make(chan *layout.Article, runtime.GOMAXPROCS(0)), make(chan []bulkItem)
	g, ctx := workers.With(ctx)
	g.Go(func() error {
		defer close(queue)
		return sendEach(ctx, articles, queue)
	})
	var roots atomic.Int64
	var making sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		making.Add(1)
		g.Go(func() error {
			defer making.Done()
			n, err := makeBatches(ctx, words, queue, batches)
			roots.Add(int64(n))
			return err
		})
	}
	g.Go(func() error {
		making.Wait()
		close(batches)
		return nil
	})
	for range bulkWorkers {
		g.Go(func() error {
			for batch := range batches {
				if err := b.write(ctx, batch); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := g.Wait()
	return int(roots.Load()), err
}

// sendEach sends articles to a channel.
func sendEach(ctx context.Context, articles iter.Seq2[*layout.Article, error], to chan<- *layout.Article) error {
	for a, err := range articles {
		if err != nil {
			return err
		}
		select {
		case to <- a:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// makeBatches makes the root documents of articles, and sends them in batches. It returns how many it made.
func makeBatches(
	ctx context.Context, words *analyzer.Analyzer, articles <-chan *layout.Article, to chan<- []bulkItem,
) (made int, err error) {
	var batch []bulkItem
	size := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		select {
		case to <- batch:
			batch, size = nil, 0
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for a := range articles {
		roots, err := layout.RootsOf(words, a)
		if err != nil {
			return made, err
		}
		for i := range roots {
			source, err := roots[i].Encode()
			if err != nil {
				return made, err
			}
			if size+len(source) > bulkBytes {
				if err := flush(); err != nil {
					return made, err
				}
			}
			batch = append(batch, bulkItem{layout.MemberID(roots[i].Member), a.ID, source})
			size += len(source)
			made++
		}
		for i := len(roots); i < a.Earlier; i++ {
			batch = append(batch, bulkItem{id: layout.MemberID(a.Member(i)), article: a.ID})
		}
	}
	return made, flush()
}

var errCount = errors.New("the index does not have what was written to it")

// countTime is how long the documents of an index may be fewer than it should have, while a lost node's shards are
// taken over.
const countTime = 2 * time.Minute

// checkCount compares how many root documents an index has with how many it should, once all can be found.
func (c cluster) checkCount(ctx context.Context, d draft, want int) error {
	for began := time.Now(); ; {
		if err := c.Insist(ctx, http.MethodPost, client.Path(d.alias, "_refresh"), nil, nil); err != nil {
			return err
		}
		n, failed, err := count(ctx, c.Insist, d.alias)
		switch {
		case err != nil:
			return err
		case n == want && failed == 0:
			return nil
		case n > want || time.Since(began) > countTime:
			return fmt.Errorf("index %s: %w: %d of %d documents, %d shards failed", d.index, errCount, n, want, failed)
		}
		if err := client.Sleep(ctx, compactPoll); err != nil {
			return err
		}
	}
}
