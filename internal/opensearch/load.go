package opensearch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"runtime"
	"strconv"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/analyzer"
)

// load fills a new index with articles. It returns how many root documents it has.
func load(
	ctx context.Context, c *Client, index string, shape Shape, words *analyzer.Analyzer,
	articles iter.Seq2[*Article, error], reject func(Reject),
) (roots int, err error) {
	if err := c.do(ctx, http.MethodPut, pathOf(index), indexBody(shape), nil); err != nil {
		return 0, err
	}
	rejected := 0
	b := newBulk(ctx, c, index, func(r Reject) { rejected++; reject(r) })
	roots, err = addAll(b, words, articles)
	if failed := b.end(); failed != nil {
		err = failed
	}
	if err != nil {
		return 0, err
	}
	if err := c.do(ctx, http.MethodPost, pathOf(index, "_refresh"), nil, nil); err != nil {
		return 0, err
	}
	return roots - rejected, c.checkCount(ctx, index, roots-rejected)
}

// addAll adds the root documents of articles, which are made on all processors. It returns how many.
func addAll(b *bulk, words *analyzer.Analyzer, articles iter.Seq2[*Article, error]) (int, error) {
	var roots atomic.Int64
	queue := make(chan *Article, runtime.GOMAXPROCS(0))
	g, ctx := errgroup.WithContext(b.ctx)
	g.Go(func() error {
		defer close(queue)
		for a, err := range articles {
			if err != nil {
				return err
			}
			select {
			case queue <- a:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			for a := range queue {
				n, err := b.addArticle(words, a)
				if err != nil {
					return err
				}
				roots.Add(int64(n))
			}
			return nil
		})
	}
	err := g.Wait()
	return int(roots.Load()), err
}

// addArticle adds the root documents of an article, and returns how many those are.
func (b *bulk) addArticle(words *analyzer.Analyzer, a *Article) (int, error) {
	roots := rootsOf(words, a)
	for i := range roots {
		source, err := roots[i].encode()
		if err != nil {
			return 0, err
		}
		if err := b.add(bulkItem{strconv.FormatInt(roots[i].Member, 10), a.ID, source}); err != nil {
			return 0, err
		}
	}
	return len(roots), nil
}

var errCount = errors.New("the index does not have what was written to it")

// checkCount compares how many root documents an index has with how many it should.
func (c *Client) checkCount(ctx context.Context, index string, want int) error {
	var answer struct {
		Count  int `json:"count"`
		Shards struct {
			Failed int `json:"failed"`
		} `json:"_shards"`
	}
	if err := c.do(ctx, http.MethodGet, pathOf(index, "_count"), nil, &answer); err != nil {
		return err
	}
	if answer.Count != want || answer.Shards.Failed > 0 {
		return fmt.Errorf("index %s: %w: %d of %d documents, %d shards failed",
			index, errCount, answer.Count, want, answer.Shards.Failed)
	}
	return nil
}
