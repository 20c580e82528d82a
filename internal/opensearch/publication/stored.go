package publication

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
)

// stored returns the draft that became an index with a manifest.
func stored(index string, m *layout.Manifest) draft { return draft{index, m.Alias} }

// serveAgain points the alias to an index that was published before, if it still has everything.
// Errors: layout.ErrIncomplete if it hasn't.
func (c cluster) serveAgain(ctx context.Context, name, index string, m *layout.Manifest) error {
	if err := c.checkStored(ctx, index, m); err != nil {
		return err
	}
	d := stored(index, m)
	err := c.pointAlias(ctx, name, index, d.required()...)
	if d.isGone(err) {
		return fmt.Errorf("index %s: %w", index, errReplaced)
	}
	return err
}

// errReplaced is about an index that has the name of one that was published.
var errReplaced = fmt.Errorf("%w: it is not the one that was published, which was deleted", layout.ErrIncomplete)

// checkStored compares an index with its manifest: whether it is the one that was published, and how many documents
// it and the index with its files have.
// Errors: layout.ErrIncomplete if something is missing. If shards don't answer, that is not known.
func (c cluster) checkStored(ctx context.Context, index string, m *layout.Manifest) error {
	files := 1 // the manifest
	for _, f := range m.Files {
		files += f.Parts
	}
	d := stored(index, m)
	for _, part := range []struct {
		draft
		want int
	}{{d, m.Roots}, {d.files(), files}} {
		n, failed, err := count(ctx, c.Do, part.alias)
		switch {
		case client.IsStatus(err, http.StatusNotFound):
			return fmt.Errorf("index %s: %w", part.index, errReplaced)
		case client.IsStatus(err, http.StatusServiceUnavailable), err == nil && failed > 0:
			return errors.Join(fmt.Errorf("index %s: %w", part.index, errShards), err)
		case err != nil:
			return err
		case n != part.want:
			return fmt.Errorf("index %s: %w: it has %d of %d documents", part.index, layout.ErrIncomplete, n, part.want)
		}
	}
	return nil
}

// reportShape calls a function, unless it is nil, with the shape of an index.
func (c cluster) reportShape(ctx context.Context, index string, to func(layout.Shape)) error {
	if to == nil {
		return nil
	}
	is, err := c.settings(ctx, index)
	if err != nil {
		return err
	}
	to(layout.Shape{Shards: int(number(is.Shards)), Replicas: int(number(is.Replicas))})
	return nil
}

// settings are those of an index.
type settings struct {
	Shards   string `json:"number_of_shards"`
	Replicas string `json:"number_of_replicas"`
	Blocks   struct {
		Write string `json:"write"`
	} `json:"blocks"`
}

func (c cluster) settings(ctx context.Context, index string) (settings, error) {
	var answer map[string]struct {
		Settings struct {
			Index settings `json:"index"`
		} `json:"settings"`
	}
	err := c.Insist(ctx, http.MethodGet, client.Path(index, "_settings"), nil, &answer)
	return answer[index].Settings.Index, err
}

// errShards is about an index whose documents can't be counted.
var errShards = errors.New("some of its shards don't answer")

// count returns how many documents an index has, without those of so many shards that failed.
func count(
	ctx context.Context, do func(ctx context.Context, method, path string, body, out any) error, index string,
) (n, failed int, err error) {
	var answer struct {
		Count  int `json:"count"`
		Shards struct {
			Failed int `json:"failed"`
		} `json:"_shards"`
	}
	err = do(ctx, http.MethodGet, client.Path(index, "_count"), nil, &answer)
	return answer.Count, answer.Shards.Failed, err
}
