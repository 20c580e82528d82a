package index

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/record"
	"xunwen/internal/segment"
)

// Generation is a generation that is open for answering: pinned, its files checked
// and guarded, with its own analyzer.
type Generation struct {
	*Files
	Guard        *generation.Guard
	dictionaries *dictionaries
	dir          string
	unpin        func() error
}

// Analyzer returns the generation's analyzer.
func (g *Generation) Analyzer() *analyzer.Analyzer { return g.dictionaries.Analyzer }

// Dir returns the folder of the generation's files.
func (g *Generation) Dir() string { return g.dir }

// dictionaries is an analyzer that generations with equal files share: it takes
// time and memory to load.
type dictionaries struct {
	*analyzer.Analyzer
	users atomic.Int32
}

func (d *dictionaries) release() {
	if d.users.Add(-1) == 0 {
		d.Close()
	}
}

// openDictionaries returns the analyzer of the generation at path. If the
// files are equal, it is shared with before, an open generation.
func openDictionaries(path string, m *generation.Manifest, before *Generation, o Options) (*dictionaries, error) {
	if before != nil && before.Manifest.Analyzer == m.Analyzer {
		before.dictionaries.users.Add(1)
		return before.dictionaries, nil
	}
	words, err := analyzer.Open(filepath.Join(path, AnalyzerDir), analyzer.WithSegmenter(o.Segmenter))
	if err != nil {
		return nil, err
	}
	if words.Fingerprint() != m.Analyzer {
		words.Close()
		return nil, fmt.Errorf("%s: other dictionaries segmented the text: %w; "+
			"build the index again with indexer build --out %s PATH, without --append",
			path, generation.ErrDamaged, filepath.Dir(path))
	}
	d := &dictionaries{Analyzer: words}
	d.users.Add(1)
	return d, nil
}

// Options says how a generation is opened.
type Options struct {
	Cache     int64              // bounds what is kept of what words match, in bytes
	Segmenter analyzer.Segmenter // of queries
	CheckAll  bool               // every file before any is read
}

// Open opens a generation of f. It pins it and checks the files that it reads; Guard.Check
// checks the others. before, which may be nil, is an open generation to share dictionaries and
// checks with. Errors: generation.ErrDamaged, generation.ErrFormat, wrapped; those of the disk.
func Open(
	ctx context.Context, f generation.Folder, c generation.Current, before *Generation, o Options,
) (g *Generation, err error) {
	dir := f.Dir(c.Name)
	unpin, err := f.Pin(c.Name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, unpin())
		}
	}()
	m, s, err := ReadManifest(f, c)
	if err != nil {
		return nil, err
	}
	var checked *generation.Guard
	if before != nil {
		checked = before.Guard
	}
	later := checkedLater
	if o.CheckAll {
		later = nil
	}
	guard, err := f.Guard(ctx, m, checked, later)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, guard.Close())
		}
	}()
	words, err := openDictionaries(dir, m, before, o)
	if err != nil {
		return nil, errors.Join(guard.Check(ctx, 0), err) // which names the damaged file
	}
	var files *Files
	damage := guard.Do(func() { files, err = OpenFiles(dir, m, s, words.Analyzer, o.Cache) })
	if err = errors.Join(damage, err); err != nil {
		words.release()
		return nil, errors.Join(guard.Check(ctx, 0), err)
	}
	return &Generation{Files: files, Guard: guard, dictionaries: words, dir: dir, unpin: unpin}, nil
}

// Close closes the generation. No request may be running.
func (g *Generation) Close() error {
	g.dictionaries.release()
	return errors.Join(g.Files.Close(), g.Guard.Close(), g.unpin())
}

// checkedLater reports whether a file need not be checked against the manifest before it is
// read. Segments compare checksums by page, records too, and the analyzer those of its
// files; others are not read to answer.
func checkedLater(file string) bool {
	if strings.HasPrefix(file, AnalyzerDir+"/") {
		return true
	}
	switch path.Base(file) {
	case record.File, SignaturesFile, PairsFile:
		return true
	}
	return path.Ext(file) == segmentExtension
}

// segmentExtension ends the names of segments, as scorch names them.
const segmentExtension = ".zap"

// damage makes damage of a segment or record one of its generation.
func damage(err error) error {
	if errors.Is(err, segment.ErrDamaged) || errors.Is(err, record.ErrDamaged) {
		return fmt.Errorf("%w: %w", generation.ErrDamaged, err)
	}
	return err
}
