package layout

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/client"
)

// IndexName names the index of a generation: the alias NAME points to the index NAME-GENERATION that is served.
func IndexName(name, generation string) string { return name + "-" + strings.ToLower(generation) }

// FilesIndex names the index with the manifest, the dictionaries and the lexicon of a generation.
func FilesIndex(index string) string { return index + FilesSuffix }

// FilesSuffix is the end of the names of FilesIndex.
const FilesSuffix = "-files"

// Manifest describes a generation in a cluster. It is written last, once all documents are.
type Manifest struct {
	Schema     int          `json:"schema"`
	Generation string       `json:"generation"`
	Created    time.Time    `json:"created"`
	Articles   int          `json:"articles"`
	Paragraphs int          `json:"paragraphs"`
	TextBytes  int64        `json:"text_bytes"`
	Analyzer   string       `json:"analyzer"`
	Sizes      engine.Sizes `json:"sizes"`
	Files      []StoredFile `json:"files"`

	// Alias is one that only this index has, and under which it is searched: an index that is made with the same name
	// later doesn't have it.
	Alias string `json:"alias"`

	// Segmentation is the fingerprint of the dictionaries that texts are folded and segmented with.
	Segmentation string `json:"segmentation"`

	Written
}

// StoredFile is a file of a generation, in parts.
type StoredFile struct {
	Path  string `json:"path"`
	Parts int    `json:"parts"`
	Size  int    `json:"size"`
}

// ManifestID is the id of the document with the manifest.
const ManifestID = "manifest"

// ErrIncomplete reports an index without a manifest.
var ErrIncomplete = errors.New("it was not published completely")

// ReadManifest reads the manifest of an index.
func ReadManifest(ctx context.Context, c *client.Client, index string) (Manifest, error) {
	var answer struct {
		Source struct {
			Manifest Manifest `json:"manifest"`
		} `json:"_source"`
	}
	err := c.Do(ctx, http.MethodGet, client.Path(FilesIndex(index), "_doc", ManifestID), nil, &answer)
	if client.IsStatus(err, http.StatusNotFound) {
		err = fmt.Errorf("index %s: %w", index, ErrIncomplete)
	}
	return answer.Source.Manifest, err
}

// IsIncomplete reports whether an error is ErrIncomplete.
func IsIncomplete(err error) bool { return errors.Is(err, ErrIncomplete) }

// Written is what was written to an index.
type Written struct {
	Roots int `json:"roots"` // root documents that it has
	Loose int `json:"loose"` // that were written or deleted since its segments were merged
}
