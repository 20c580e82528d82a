package publication

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
)

// base is the index that is served, which a new one can be cloned from.
type base struct {
	index string
	layout.Manifest
}

// base returns the index that is served, or nil if a new one can't be made from it: if its root documents have
// another layout or other terms, if it has another number of shards, or if it may have been written to.
func (c cluster) base(ctx context.Context, g *index.Generation, p Publishing) (*base, error) {
	served, err := c.aliased(ctx, p.Name)
	if err != nil || len(served) != 1 {
		return nil, err
	}
	b := &base{index: served[0]}
	if b.Manifest, err = c.readManifest(ctx, b.index); layout.IsIncomplete(err) {
		return nil, nil
	}
	if err != nil || b.Schema != layout.SchemaVersion || b.Segmentation != g.Analyzer().SegmentationFingerprint() {
		return nil, err
	}
	is, err := c.settings(ctx, b.index)
	if err != nil {
		return nil, err
	}
	if is.Shards != strconv.Itoa(p.Shape.Shards) || is.Blocks.Write != "true" { // set by finish
		return nil, nil
	}
	return b, nil
}

// change writes the difference to a clone of the index that is served, which then has the generation's articles.
func (c cluster) change(
	ctx context.Context, to draft, d *difference, g *index.Generation, p Publishing,
) (filled, error) {
	b := &bulk{client: c.Client, index: to.alias, reject: p.Reject, replaces: true}
	if err := b.remove(ctx, d.removed); err != nil {
		return filled{}, err
	}
	made, err := addAll(ctx, b, g.Analyzer(), d.articlesOf(g))
	if err != nil {
		return filled{}, err
	}
	if err := b.remove(ctx, b.stale); err != nil {
		return filled{}, err
	}
	made -= b.rejected
	out := filled{
		layout.Written{Roots: d.kept + made, Loose: d.base.Loose + made + len(d.removed)},
		Sent{Roots: made, Bytes: b.sent, Cloned: true},
	}
	if err := c.checkCount(ctx, to, out.Roots); err != nil {
		return filled{}, err
	}
	return out, c.waitForReplicas(ctx, to.index, replicasTime)
}

// clone makes an index whose files are hard links to those of another one. The other one stays as it is; a clone
// needs it to refuse writes, as it does since it was published.
func (c cluster) clone(ctx context.Context, from string, to draft, replicas int) error {
	body := object{"settings": object{
		"index.blocks.write": nil, "index.number_of_replicas": replicas,
		"index.refresh_interval": "-1", "index.soft_deletes.retention_lease.period": layout.LeaseTime,
	}}
	if err := c.create(ctx, to, client.Path(from, "_clone", to.index), body); err != nil {
		return err
	}
	for began := time.Now(); time.Since(began) < client.RetryTime; {
		if health, err := c.health(ctx, to.index); err != nil || health.Status != "red" {
			return err
		}
		if err := client.Sleep(ctx, client.RetryFirst); err != nil {
			return err
		}
	}
	return fmt.Errorf("index %s: %w", to.index, errNoClone)
}

var errNoClone = errors.New("the cluster did not clone the one that is served")

// How long copies of shards are waited for. Those that are not ready then are made later.
const (
	replicasTime = 15 * time.Minute // of a clone
	emptyTime    = time.Minute      // of an empty index
)

// waitForReplicas waits until no copy of a shard is being made, or some time has passed. It doesn't wait for
// copies that no node takes.
func (c cluster) waitForReplicas(ctx context.Context, index string, most time.Duration) error {
	for began := time.Now(); time.Since(began) < most; {
		if health, err := c.health(ctx, index); err != nil || health.Initializing == 0 {
			return err
		}
		if err := client.Sleep(ctx, compactPoll); err != nil {
			return err
		}
	}
	c.log.Warn("some copies of shards are not ready; going on without them", "index", index)
	return nil
}

// health is the state of an index's shards.
type health struct {
	Status       string `json:"status"` // red if a shard has no copy
	Initializing int    `json:"initializing_shards"`
}

func (c cluster) health(ctx context.Context, index string) (out health, err error) {
	// Once there are no tasks left, all copies are being made that some node takes.
	path := client.Path("_cluster", "health", index) + "?wait_for_events=languid&timeout=20s"
	err = c.Insist(ctx, http.MethodGet, path, nil, &out)
	switch {
	case client.IsStatus(err, http.StatusRequestTimeout): // there are still
		return health{Status: "red", Initializing: 1}, nil
	case client.IsStatus(err, http.StatusForbidden): // the user may not ask; writes wait for the shards, too
		return health{}, nil
	}
	return out, err
}
