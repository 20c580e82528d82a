package generation

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

const manifestFile = "manifest.json"

// Manifest describes a generation; it is written last.
type Manifest struct {
	Format     int             `json:"format"` // version of the files
	Generation string          `json:"generation"`
	Created    time.Time       `json:"created"`
	Articles   int             `json:"articles"`
	Paragraphs int             `json:"paragraphs"`
	TextBytes  int64           `json:"text_bytes"`
	Analyzer   string          `json:"analyzer"` // fingerprint of the analyzer
	Settings   json.RawMessage `json:"settings"` // of the build, for package index
	Sources    []Source        `json:"sources"`  // what was read, in order
	Files      []File          `json:"files"`    // all files except the manifest, by path
	SHA256     string          `json:"sha256"`   // of the manifest up to this member
}

// Source is an input of a build.
type Source struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// File is the expected size and digest of a file; Path is relative, with slashes.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Bytes returns the size of the generation on disk without the files in the
// folder except.
func (m *Manifest) Bytes(except string) int64 {
	var n int64
	for _, f := range m.Files {
		if !strings.HasPrefix(f.Path, except+"/") {
			n += f.Size
		}
	}
	return n
}

// ErrDamaged means that a generation differs from what was written.
var ErrDamaged = errors.New("damaged")

// ErrFormat means that a generation was written by a program with another format
// version.
var ErrFormat = errors.New("another format version")

func (f Folder) manifestPath(name string) string { return filepath.Join(f.Path, name, manifestFile) }

// selfMember is the beginning of the last member of a manifest.
const selfMember = ",\n  \"sha256\": \""

// encode returns the manifest as JSON, with its own checksum as the last member.
func (m *Manifest) encode() ([]byte, error) {
	m.SHA256 = ""
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	head, ok := bytes.CutSuffix(b, []byte(selfMember+"\"\n}"))
	if !ok {
		return nil, errors.New("the manifest does not end with its checksum")
	}
	m.SHA256 = hexSum(head)
	return fmt.Appendf(head, "%s%s\"\n}\n", selfMember, m.SHA256), nil
}

func hexSum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Manifest reads the manifest of a generation. Its digest must be want, unless
// that is "". Errors: ErrDamaged, wrapped; those of the disk.
func (f Folder) Manifest(name, want string) (*Manifest, error) {
	path := f.manifestPath(name)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is missing: %w", path, ErrDamaged)
	}
	if err != nil {
		return nil, err
	}
	if want != "" && hexSum(b) != want {
		return nil, fmt.Errorf("%s is not the manifest that %s names: %w", path, CurrentFile, ErrDamaged)
	}
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, ErrDamaged, err)
	}
	i := bytes.LastIndex(b, []byte(selfMember))
	if i < 0 || hexSum(b[:i]) != m.SHA256 || string(b[i:]) != selfMember+m.SHA256+"\"\n}\n" {
		return nil, fmt.Errorf("%s does not match the SHA-256 at its end: %w", path, ErrDamaged)
	}
	if m.Generation != name {
		return nil, fmt.Errorf("%s names generation %q: %w", path, m.Generation, ErrDamaged)
	}
	return &m, nil
}

// describe lists every file below dir except the manifest. It computes the digests
// that known, by path, does not have, of several files at a time.
func describe(ctx context.Context, dir string, known map[string]File) ([]File, error) {
	files := []File{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
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
		files = append(files, File{Path: filepath.ToSlash(rel)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range files {
		f := &files[i]
		if file, ok := known[f.Path]; ok {
			*f = file
			continue
		}
		g.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			f.Size, f.SHA256, err = digest(filepath.Join(dir, filepath.FromSlash(f.Path)))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	sort.Slice(files, func(i, j int) bool { return files[i].Path < files[j].Path })
	return files, nil
}

func digest(path string) (size int64, sum string, err error) {
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
