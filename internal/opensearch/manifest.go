package opensearch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"xunwen/internal/engine"
)

// Names of a cluster: the alias NAME points to the index NAME-GENERATION that is served.
func indexName(name, generation string) string { return name + "-" + strings.ToLower(generation) }

// filesIndex names the index with the manifest, the dictionaries and the lexicon of a generation.
func filesIndex(index string) string { return index + filesSuffix }

const filesSuffix = "-files"

// manifest describes a generation in a cluster. It is written last, once all documents are.
type manifest struct {
	Schema     int          `json:"schema"`
	Generation string       `json:"generation"`
	Created    time.Time    `json:"created"`
	Articles   int          `json:"articles"`
	Paragraphs int          `json:"paragraphs"`
	TextBytes  int64        `json:"text_bytes"`
	Analyzer   string       `json:"analyzer"`
	Sizes      engine.Sizes `json:"sizes"`
	Files      []storedFile `json:"files"`

	// Segmentation is the fingerprint of the dictionaries that texts are folded and segmented with.
	Segmentation string `json:"segmentation"`

	written
}

// storedFile is a file of a generation, in parts.
type storedFile struct {
	Path  string `json:"path"`
	Parts int    `json:"parts"`
	Size  int    `json:"size"`
}

const manifestID = "manifest"

var errIncomplete = errors.New("it was not published completely")

// readManifest reads the manifest of an index.
func readManifest(ctx context.Context, c *Client, index string) (manifest, error) {
	var answer struct {
		Source struct {
			Manifest manifest `json:"manifest"`
		} `json:"_source"`
	}
	err := c.do(ctx, http.MethodGet, pathOf(filesIndex(index), "_doc", manifestID), nil, &answer)
	if isStatus(err, http.StatusNotFound) {
		err = fmt.Errorf("index %s: %w", index, errIncomplete)
	}
	return answer.Source.Manifest, err
}

func isIncomplete(err error) bool { return errors.Is(err, errIncomplete) }

// written is what was written to an index.
type written struct {
	Roots int `json:"roots"` // root documents that it has
	Loose int `json:"loose"` // that were written or deleted since its segments were merged
}
