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

// Guard keeps the files of a generation open, checks them against the manifest and
// detects later changes. It is safe for concurrent use.
type Guard struct {
	files []*guardedFile
}

type guardedFile struct {
	want File
	file *os.File
	path string

	mu      sync.Mutex
	size    int64
	time    time.Time // of the last modification that is known
	checked bool      // its content was read
	bad     error
}

// Guard opens the files of a generation and checks them like Check, except those that later
// accepts, nil for none: of these it only checks the size, and Guard.Check the content. It does
// not read files that before, another Guard or nil, has checked: generations share files of
// equal content.
func (f Folder) Guard(
	ctx context.Context, m *Manifest, before *Guard, later func(path string) bool,
) (*Guard, error) {
	g := &Guard{files: make([]*guardedFile, len(m.Files))}
	checks, ctx := errgroup.WithContext(ctx)
	checks.SetLimit(runtime.GOMAXPROCS(0))
	for i, want := range m.Files {
		checks.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			file, err := guardFile(f.Dir(m.Generation), want)
			if err != nil {
				return err
			}
			g.files[i] = file
			if file.checked, err = before.known(file); err != nil || file.checked || later != nil && later(want.Path) {
				return err
			}
			return file.check(ctx, unbounded)
		})
	}
	if err := checks.Wait(); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

// guardFile opens a file and checks its size.
func guardFile(dir string, want File) (*guardedFile, error) {
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
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if info.Size() != want.Size {
		err := fmt.Errorf("%s is %d bytes long, not %d: %w", path, info.Size(), want.Size, ErrDamaged)
		return nil, errors.Join(err, file.Close())
	}
	return &guardedFile{want: want, file: file, path: path, size: info.Size(), time: info.ModTime()}, nil
}

// known reports whether g, which may be nil, has checked a file, and returns the damage that it
// found.
func (g *Guard) known(file *guardedFile) (checked bool, damage error) {
	if g == nil {
		return false, nil
	}
	for _, f := range g.files {
		if f.want.SHA256 != file.want.SHA256 || f.want.Size != file.want.Size || !f.isChecked() {
			continue
		}
		own, err := f.file.Stat()
		if err != nil {
			continue
		}
		if other, err := file.file.Stat(); err == nil && os.SameFile(own, other) {
			return true, f.verify()
		}
	}
	return false, nil
}

func (f *guardedFile) isChecked() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.checked
}

// Check checks the files that are not checked yet. It reads at most a number of bytes a second,
// unless that is 0, and blocks no Verify meanwhile.
func (g *Guard) Check(ctx context.Context, bytesPerSecond int64) error {
	for _, f := range g.files {
		if f.isChecked() {
			continue
		}
		if err := f.check(ctx, bytesPerSecond); err != nil {
			return err
		}
	}
	return g.Verify() // of what has changed meanwhile
}

// Checked reports whether the content of every file was checked and is sound.
func (g *Guard) Checked() bool {
	for _, f := range g.files {
		f.mu.Lock()
		sound := f.checked && f.bad == nil
		f.mu.Unlock()
		if !sound {
			return false
		}
	}
	return true
}

// check reads the file without holding its lock. If it changes meanwhile, verify reads it again.
func (f *guardedFile) check(ctx context.Context, bytesPerSecond int64) error {
	bad := f.read(ctx, bytesPerSecond)
	if bad != nil && !errors.Is(bad, ErrDamaged) {
		return bad
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.checked {
		f.checked, f.bad = true, bad
	}
	return f.bad
}

// read checks the content of the file against the manifest.
func (f *guardedFile) read(ctx context.Context, bytesPerSecond int64) error {
	h, buffer := sha256.New(), make([]byte, min(readAtOnce, f.want.Size+1))
	size := int64(0)
	for {
		n, err := f.file.ReadAt(buffer, size)
		h.Write(buffer[:n])
		size += int64(n)
		ended := err == io.EOF || size > f.want.Size
		if err == nil || ended {
			err = pause(ctx, int64(n), bytesPerSecond)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.path, err)
		}
		if ended {
			break
		}
	}
	switch {
	case size != f.want.Size:
		return fmt.Errorf("%s is no longer %d bytes long: %w", f.path, f.want.Size, ErrDamaged)
	case hex.EncodeToString(h.Sum(nil)) != f.want.SHA256:
		return fmt.Errorf("%s has another SHA-256: %w", f.path, ErrDamaged)
	}
	return nil
}

const (
	unbounded  = 0       // bytes a second
	readAtOnce = 1 << 20 // bytes of a file that are read between two pauses
)

// pause waits until reading n bytes has taken as long as it should.
func pause(ctx context.Context, n, bytesPerSecond int64) error {
	if err := ctx.Err(); err != nil || bytesPerSecond == unbounded {
		return err
	}
	timer := time.NewTimer(time.Duration(n) * time.Second / time.Duration(bytesPerSecond))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Verify returns ErrDamaged, wrapped, if a file was found damaged or its content has changed.
// It costs a system call for each file, and reads only files whose size or modification time
// has changed. A file that was removed or replaced is still sound: it stays open.
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
	f.bad = f.read(context.Background(), unbounded)
	f.checked = true
	return f.bad
}

// Do calls do and turns a fault in a mapped file (one that was truncated, or a
// bad disk) into an error instead of the end of the process. It does the same with any panic
// if a file is damaged, since the code that reads them trusts their content. Other panics go on.
func (g *Guard) Do(do func()) (damage error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if at, ok := r.(memoryFault); ok {
			damage = fmt.Errorf("%w: %w", ErrDamaged, at)
		} else if r != nil {
			if damage = g.Check(context.Background(), unbounded); damage == nil {
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
