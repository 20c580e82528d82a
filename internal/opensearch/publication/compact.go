package publication

import (
	"context"
	"errors"
	"net/http"
	"time"

	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
)

// finish merges an index's segments if that pays, puts the settings for loading back to their defaults, and blocks
// writes. size is the size of its texts in bytes.
func (c cluster) finish(ctx context.Context, d draft, w *layout.Written, size int64) error {
	if size > compactFrom && w.Loose*compactShare > w.Roots {
		if err := c.compact(ctx, d); err != nil {
			return err
		}
		w.Loose = 0
	}
	return c.Insist(ctx, http.MethodPut, client.Path(d.alias, "_settings"), object{"index": object{
		"refresh_interval": nil, "soft_deletes.retention_lease.period": nil, "blocks.write": true,
	}}, nil)
}

const (
	// compactFrom is the size of an index's texts in bytes from which merging its segments pays.
	compactFrom = 8 << 20
	// compactShare: merging pays once more than one in so many root documents was written or deleted.
	compactShare = 10
)

// compact merges the segments of an index. Until then it has all that was sent of each document, for replicas
// that have to catch up: 40 % of its size.
func (c cluster) compact(ctx context.Context, d draft) error {
	if err := c.Insist(ctx, http.MethodPost, client.Path(d.alias, "_flush")+"?force=true", nil, nil); err != nil {
		return err
	}
	if err := c.waitForCopies(ctx, d.index); err != nil {
		return err
	}
	for attempt := 1; ; attempt++ {
		err := c.merge(ctx, d)
		if attempt == mergeAttempts || !client.IsStatus(err, http.StatusNotFound) {
			return err
		}
		// The node that knew of the task is lost.
	}
}

// merge merges the segments of an index into one, and waits for that.
func (c cluster) merge(ctx context.Context, d draft) error {
	var task struct {
		ID string `json:"task"`
	}
	path := client.Path(d.alias, "_forcemerge") + "?max_num_segments=1&wait_for_completion=false"
	if err := c.Insist(ctx, http.MethodPost, path, nil, &task); err != nil {
		return err
	}
	for {
		var answer struct {
			Completed bool `json:"completed"`
			Error     *struct {
				Reason string `json:"reason"`
			} `json:"error"`
		}
		err := c.Insist(ctx, http.MethodGet, client.Path("_tasks", task.ID), nil, &answer)
		switch {
		case err != nil:
			return err
		case answer.Error != nil:
			return errors.New(answer.Error.Reason)
		case answer.Completed:
			return nil
		}
		if err := client.Sleep(ctx, compactPoll); err != nil {
			return err
		}
	}
}

// Bounds of making an index smaller.
const (
	copiesTime  = 2 * time.Minute // until all copies say what they have; they do every 30 s
	compactPoll = time.Second

	mergeAttempts = 3
)

// waitForCopies waits until the copies of all shards have said that they have everything.
func (c cluster) waitForCopies(ctx context.Context, index string) error {
	for began := time.Now(); time.Since(began) < copiesTime; {
		var answer struct {
			Indices map[string]struct {
				Shards map[string][]struct {
					Sequence struct {
						Max int64 `json:"max_seq_no"`
					} `json:"seq_no"`
					Retained struct {
						Leases []struct {
							From int64 `json:"retaining_seq_no"`
						} `json:"leases"`
					} `json:"retention_leases"`
				} `json:"shards"`
			} `json:"indices"`
		}
		path := client.Path(index, "_stats") + "?level=shards"
		if err := c.Insist(ctx, http.MethodGet, path, nil, &answer); err != nil {
			return err
		}
		behind := false
		for _, copies := range answer.Indices[index].Shards {
			for _, one := range copies {
				for _, lease := range one.Retained.Leases {
					behind = behind || lease.From <= one.Sequence.Max
				}
			}
		}
		if !behind {
			return nil
		}
		if err := client.Sleep(ctx, compactPoll); err != nil {
			return err
		}
	}
	return nil // larger than it could be
}
