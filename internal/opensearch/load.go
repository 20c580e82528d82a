package opensearch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strconv"

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
	err = addAll(b, words, articles, &roots)
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

func addAll(b *bulk, words *analyzer.Analyzer, articles iter.Seq2[*Article, error], roots *int) error {
	for a, err := range articles {
		if err != nil {
			return err
		}
		for _, r := range rootsOf(words, a) {
			source, err := r.encode()
			if err != nil {
				return err
			}
			if err := b.add(bulkItem{strconv.FormatInt(r.Member, 10), a.ID, source}); err != nil {
				return err
			}
			*roots++
		}
	}
	return nil
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
