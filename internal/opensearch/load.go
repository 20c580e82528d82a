package opensearch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/analyzer"
)

// load fills a new index with articles.
func load(
	ctx context.Context, c *Client, index string, shape Shape, words *analyzer.Analyzer,
	articles iter.Seq2[*Article, error], reject func(Reject),
) (written, error) {
	if err := c.create(ctx, pathOf(index), indexBody(shape)); err != nil {
		return written{}, err
	}
	b := &bulk{client: c, index: index, reject: reject}
	made, err := addAll(ctx, b, words, articles)
	if err != nil {
		return written{}, err
	}
	made -= b.rejected
	out := written{Roots: made, Loose: made, sent: Sent{Roots: made, Bytes: b.sent}}
	return out, c.checkCount(ctx, index, out.Roots)
}

// written is what was written to an index.
type written struct {
	Roots int `json:"roots"` // root documents that it has
	Loose int `json:"loose"` // that were written or deleted since its segments were merged

	sent Sent
}

// addAll writes the root documents of articles, which are made on all processors. It returns how many.
func addAll(
	ctx context.Context, b *bulk, words *analyzer.Analyzer, articles iter.Seq2[*Article, error],
) (int, error) {
	queue, batches := make(chan *Article, runtime.GOMAXPROCS(0)), make(chan []bulkItem)
	g, ctx := errgroup.WithContext(ctx)
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
func sendEach(ctx context.Context, articles iter.Seq2[*Article, error], to chan<- *Article) error {
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
	ctx context.Context, words *analyzer.Analyzer, articles <-chan *Article, to chan<- []bulkItem,
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
		roots, err := rootsOf(words, a)
		if err != nil {
			return made, err
		}
		for i := range roots {
			source, err := roots[i].encode()
			if err != nil {
				return made, err
			}
			if size+len(source) > bulkBytes {
				if err := flush(); err != nil {
					return made, err
				}
			}
			batch = append(batch, bulkItem{memberID(roots[i].Member), a.ID, source})
			size += len(source)
			made++
		}
		for i := len(roots); i < a.had; i++ {
			batch = append(batch, bulkItem{id: memberID(a.member(i)), article: a.ID})
		}
	}
	return made, flush()
}

// memberID is the id of a root document in the cluster.
func memberID(member int64) string { return strconv.FormatInt(member, 10) }

var errCount = errors.New("the index does not have what was written to it")

// checkCount compares how many root documents an index has with how many it should, once all can be found.
func (c *Client) checkCount(ctx context.Context, index string, want int) error {
	if err := c.insist(ctx, http.MethodPost, pathOf(index, "_refresh"), nil, nil); err != nil {
		return err
	}
	var answer struct {
		Count  int `json:"count"`
		Shards struct {
			Failed int `json:"failed"`
		} `json:"_shards"`
	}
	if err := c.insist(ctx, http.MethodGet, pathOf(index, "_count"), nil, &answer); err != nil {
		return err
	}
	if answer.Count != want || answer.Shards.Failed > 0 {
		return fmt.Errorf("index %s: %w: %d of %d documents, %d shards failed",
			index, errCount, answer.Count, want, answer.Shards.Failed)
	}
	return nil
}
