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
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Seal holds the files of a generation open that were found as their manifest
// says, and tells when one of them is changed. It is safe for concurrent use.
type Seal struct {
	files []*sealed
}

type sealed struct {
	want File
	file *os.File
	path string

	mu   sync.Mutex
	size int64
	time time.Time // of the last change that was looked at
	bad  error
}

// Seal checks the files of a generation as Check does, but reads none that
// before, which may be nil, has sealed as well: files of equal content are
// shared between generations.
func (f Folder) Seal(ctx context.Context, m *Manifest, before *Seal) (*Seal, error) {
	s := &Seal{files: make([]*sealed, len(m.Files))}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, want := range m.Files {
		g.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			s.files[i], err = sealFile(f.Dir(m.Generation), want, before)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func sealFile(dir string, want File, before *Seal) (s *sealed, err error) {
	name := filepath.FromSlash(want.Path)
	path := filepath.Join(dir, name)
	if !filepath.IsLocal(name) {
		return nil, fmt.Errorf("%s lies outside its generation: %w", path, ErrDamaged)
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
	s = &sealed{want: want, file: file, path: path, size: info.Size(), time: info.ModTime()}
	if before.has(want, info) {
		return s, nil
	}
	return s, s.read()
}

// has tells whether s sealed the very file that info describes.
func (s *Seal) has(want File, info os.FileInfo) bool {
	if s == nil {
		return false
	}
	for _, f := range s.files {
		if f.want.SHA256 != want.SHA256 || f.want.Size != want.Size {
			continue
		}
		if own, err := f.file.Stat(); err == nil && os.SameFile(own, info) && f.intact() == nil {
			return true
		}
	}
	return false
}

// read holds the file's content against the manifest.
func (f *sealed) read() error {
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

// Intact returns an error when a file's content was changed since it was
// sealed, ErrDamaged wrapped. It costs a system call a file, and reads only
// files whose size or time has changed. A file that was removed or replaced is
// as good as it was: it stays open.
func (s *Seal) Intact() error {
	for _, f := range s.files {
		if err := f.intact(); err != nil {
			return err
		}
	}
	return nil
}

func (f *sealed) intact() error {
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

// Close gives the files back.
func (s *Seal) Close() error {
	var errs []error
	for _, f := range s.files {
		if f != nil {
			errs = append(errs, f.file.Close())
		}
	}
	return errors.Join(errs...)
}
