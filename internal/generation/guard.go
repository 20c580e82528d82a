package generation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Guard keeps the files of a generation open after it has checked them against the
// manifest, and detects later changes. It is safe for concurrent use.
type Guard struct {
	files []*guardedFile
}

type guardedFile struct {
	want File
	file *os.File
	path string

	mu   sync.Mutex
	size int64
	time time.Time // of the last modification that was checked
	bad  error
}

// Guard checks the files of a generation like Check, but does not read those that
// before, another Guard or nil, covers: generations share files of equal content.
func (f Folder) Guard(ctx context.Context, m *Manifest, before *Guard) (*Guard, error) {
	g := &Guard{files: make([]*guardedFile, len(m.Files))}
	checks, ctx := errgroup.WithContext(ctx)
	checks.SetLimit(runtime.GOMAXPROCS(0))
	for i, want := range m.Files {
		checks.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			g.files[i], err = guardFile(f.Dir(m.Generation), want, before)
			return err
		})
	}
	if err := checks.Wait(); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

func guardFile(dir string, want File, before *Guard) (f *guardedFile, err error) {
	name := filepath.FromSlash(want.Path)
	path := filepath.Join(dir, name)
	if !filepath.IsLocal(name) {
		return nil, fmt.Errorf("%s is outside its generation: %w", path, ErrDamaged)
	}
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s is missing: %w", path, ErrDamaged)
	}
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close())
		}
	}()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	f = &guardedFile{want: want, file: file, path: path, size: info.Size(), time: info.ModTime()}
	if before != nil && before.covers(want, info) {
		return f, nil
	}
	return f, f.read()
}

// covers reports whether g guards the file that info describes.
func (g *Guard) covers(want File, info os.FileInfo) bool {
	for _, f := range g.files {
		if f.want.SHA256 != want.SHA256 || f.want.Size != want.Size {
			continue
		}
		if own, err := f.file.Stat(); err == nil && os.SameFile(own, info) && f.verify() == nil {
			return true
		}
	}
	return false
}

// read checks the content of the file against the manifest.
func (f *guardedFile) read() error {
	h := sha256.New()
	size, err := io.Copy(h, io.NewSectionReader(f.file, 0, max(f.size, f.want.Size)))
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", f.path, err)
	case f.size != f.want.Size || size != f.want.Size:
		return fmt.Errorf("%s is %d bytes long, not %d: %w", f.path, f.size, f.want.Size, ErrDamaged)
	case hex.EncodeToString(h.Sum(nil)) != f.want.SHA256:
		return fmt.Errorf("%s has another SHA-256: %w", f.path, ErrDamaged)
	}
	return nil
}

// Verify returns ErrDamaged, wrapped, if the content of a file has changed. It
// costs a system call for each file, and reads only files whose size or
// modification time has changed. A file that was removed or replaced is still
// sound: it stays open.
func (g *Guard) Verify() error {
	for _, f := range g.files {
		if err := f.verify(); err != nil {
			return err
		}
	}
	return nil
}

func (f *guardedFile) verify() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.bad != nil {
		return f.bad
	}
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() == f.size && info.ModTime().Equal(f.time) {
		return nil
	}
	f.size, f.time = info.Size(), info.ModTime()
	f.bad = f.read()
	return f.bad
}

// Do calls do and turns a fault in a mapped file (one that was truncated, or a
// bad disk) into an error instead of the end of the process. It does the same
// with any panic once the files have changed, since the code that reads them
// trusts their content. Other panics go on.
func (g *Guard) Do(do func()) (damage error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if at, ok := r.(memoryFault); ok {
			damage = fmt.Errorf("%w: %w", ErrDamaged, at)
		} else if r != nil {
			if damage = g.Verify(); damage == nil {
				panic(r)
			}
		}
	}()
	do()
	return nil
}

// memoryFault is what the runtime panics with when a mapped page can't be read;
// other panics have no address.
type memoryFault interface {
	runtime.Error
	Addr() uintptr
}

// Close closes the files.
func (g *Guard) Close() error {
	var errs []error
	for _, f := range g.files {
		if f != nil {
			errs = append(errs, f.file.Close())
		}
	}
	return errors.Join(errs...)
}
