package publication

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
)

// draft is an index while it is filled. It has an alias that no index had before, by which it is written to: if
// another publication of the same generation deletes it or puts its own in its place, what this one still sends is
// refused, and is not written to the other's.
type draft struct{ index, alias string }

func newDraft(index string) draft {
	return draft{index, index + "-id-" + strings.ToLower(rand.Text())}
}

// files is the draft of the index with the files of a generation.
func (d draft) files() draft { return draft{layout.FilesIndex(d.index), layout.FilesIndex(d.alias)} }

// required are the parts of a request for aliases that make it fail as a whole if the index doesn't have its
// alias, and else change nothing.
func (d draft) required() []object {
	return []object{
		{"remove": object{"index": d.index, "alias": d.alias, "must_exist": true}},
		{"add": object{"index": d.index, "alias": d.alias}},
	}
}

// errOther is about a draft that is no longer there.
var errOther = errors.New("another publication of the same generation is under way; wait until it has ended")

// Types of errors of requests for a draft that is no longer there.
const (
	indexGone = "index_not_found_exception"
	aliasGone = "aliases_not_found_exception"
)

// isGone reports whether an error is that the draft is no longer there.
func (d draft) isGone(err error) bool {
	var answer *client.StatusError
	return errors.As(err, &answer) && (answer.Type == aliasGone ||
		answer.Type == indexGone && strings.Contains(answer.Path, d.alias))
}

// create makes the index of a draft.
func (c cluster) create(ctx context.Context, d draft, path string, body object) error {
	body["aliases"] = object{d.alias: object{}}
	err := c.Insist(ctx, http.MethodPut, path, body, nil)
	var answer *client.StatusError
	if !errors.As(err, &answer) || answer.Type != "resource_already_exists_exception" {
		return err
	}
	own, err := c.aliased(ctx, d.alias)
	if err == nil && !slices.Equal(own, []string{d.index}) {
		err = errOther
	}
	return err // none if it was made by an attempt whose answer was lost
}

// createEmpty makes an index and waits a while until its copies are ready: what is written after that outlives the
// loss of a node.
func (c cluster) createEmpty(ctx context.Context, d draft, body object) error {
	if err := c.create(ctx, d, client.Path(d.index), body); err != nil {
		return err
	}
	return c.waitForReplicas(ctx, d.index, emptyTime)
}

// publish points the alias to the index of a draft, if it still is that.
func (c cluster) publish(ctx context.Context, name string, d draft) error {
	err := c.pointAlias(ctx, name, d.index, slices.Concat(d.required(), d.files().required())...)
	if !d.isGone(err) {
		return err
	}
	now, failed := c.aliased(ctx, name)
	if failed == nil && slices.Equal(now, []string{d.index}) {
		return nil // the other one has published it
	}
	return errors.Join(err, failed)
}

// aliased lists the indexes that an alias points to. It insists, as all requests of a publication do but the first.
func (c cluster) aliased(ctx context.Context, name string) (out []string, err error) {
	err = c.Retry(ctx, client.RetryTime, func() (err error) {
		out, err = c.Aliased(ctx, name)
		return err
	})
	return out, err
}

// readManifest reads the manifest of an index, and insists.
func (c cluster) readManifest(ctx context.Context, index string) (out layout.Manifest, err error) {
	err = c.Retry(ctx, client.RetryTime, func() (err error) {
		out, err = layout.ReadManifest(ctx, c.Client, index)
		return err
	})
	return out, err
}

// pointAlias points an alias to one index, in one step with other changes of aliases.
func (c cluster) pointAlias(ctx context.Context, name, index string, changes ...object) error {
	old, err := c.aliased(ctx, name)
	if err != nil {
		return err
	}
	actions := append(changes, object{"add": object{"index": index, "alias": name}})
	for _, other := range old {
		if other != index {
			actions = append(actions, object{"remove": object{"index": other, "alias": name}})
		}
	}
	if err := c.Insist(ctx, http.MethodPost, "/_aliases", object{"actions": actions}, nil); err != nil {
		return fmt.Errorf("pointing the alias %s to %s: %w", name, index, err)
	}
	return nil
}
