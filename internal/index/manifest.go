package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"time"
)

// formatVersion names what a generation's files mean. A reader refuses every
// other.
const formatVersion = 3

// The parts of a generation.
const (
	manifestFile = "manifest.json"
	analyzerDir  = "analyzer"
	bleveDir     = "bleve"
	recordsDir   = "records"
)

// manifest describes a generation; it is written last.
type manifest struct {
	Format     int          `json:"format"`
	Generation string       `json:"generation"`
	Created    time.Time    `json:"created"`
	Articles   int          `json:"articles"`
	Paragraphs int          `json:"paragraphs"`
	Shards     int          `json:"shards"`
	TextBytes  int64        `json:"text_bytes"`
	Analyzer   string       `json:"analyzer"` // fingerprint of the dictionaries
	Files      []fileDigest `json:"files"`    // every file but this, by path
}

// fileDigest is what a file must be; Path is relative, with slashes.
type fileDigest struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// indexBytes is what a generation takes on disk, its dictionaries left out:
// they are the same 11 MB for a page as for a library.
func (m *manifest) indexBytes() int64 {
	var n int64
	for _, f := range m.Files {
		if filepath.Dir(f.Path) != analyzerDir {
			n += f.Size
		}
	}
	return n
}

// describeFiles digests every file below dir but the manifest.
func describeFiles(ctx context.Context, dir string) ([]fileDigest, error) {
	var files []fileDigest
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.IsDir() || rel == manifestFile {
			return nil
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s is not a regular file", path)
		}
		size, sum, err := digestFile(path)
		if err != nil {
			return err
		}
		files = append(files, fileDigest{filepath.ToSlash(rel), size, sum})
		return nil
	})
	sort.Slice(files, func(i, j int) bool { return files[i].Path < files[j].Path })
	return files, err
}

func digestFile(path string) (size int64, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close() // read only
	h := sha256.New()
	if size, err = io.Copy(h, f); err != nil {
		return 0, "", err
	}
	return size, hex.EncodeToString(h.Sum(nil)), nil
}

// writeManifest writes m into dir and returns the digest of what it wrote.
func writeManifest(dir string, m *manifest) (sum string, err error) {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return "", err
	}
	b = append(b, '\n')
	if err := os.WriteFile(filepath.Join(dir, manifestFile), b, 0o644); err != nil {
		return "", err
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:]), nil
}

// readManifest reads the manifest in dir; with want not "" its digest must be
// that.
func readManifest(dir, want string) (*manifest, error) {
	path := filepath.Join(dir, manifestFile)
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if h := sha256.Sum256(b); want != "" && hex.EncodeToString(h[:]) != want {
		return nil, fmt.Errorf("%s is not the manifest that %s names", path, currentFile)
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if m.Format != formatVersion {
		return nil, fmt.Errorf("%s: format version %d, this program reads %d: build the index again with this program's indexer",
			path, m.Format, formatVersion)
	}
	if m.Generation != filepath.Base(dir) {
		return nil, fmt.Errorf("%s names generation %q", path, m.Generation)
	}
	if m.Articles < 0 || m.Paragraphs < 0 || m.Shards < 1 || m.Shards > maxShards {
		return nil, fmt.Errorf("%s: impossible counts", path)
	}
	return &m, nil
}
