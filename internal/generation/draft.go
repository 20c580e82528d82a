package generation

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// Draft is a generation in the making. The folder must be locked from Begin until
// Publish or Abandon.
type Draft struct {
	Dir     string // for its files
	Name    string
	Created time.Time

	folder Folder
	linked map[string]File // by path: files of other generations, whose digests are known
	files  []File          // nil until they are known
}

// Begin creates a draft.
func (f Folder) Begin(now time.Time) (*Draft, error) {
	name, err := f.newName(now)
	if err != nil {
		return nil, err
	}
	d := &Draft{
		Dir:     f.Dir(name + tmpSuffix),
		Name:    name,
		Created: now.UTC().Truncate(time.Second),
		folder:  f,
		linked:  map[string]File{},
	}
	return d, f.disk.Mkdir(d.Dir)
}

// Abandon removes a draft.
func (d *Draft) Abandon() error { return d.folder.disk.Remove(d.Dir) }

// Link adds a file of another generation to the draft at path. The file is
// shared, or copied if the file system has no links; its digest is not computed
// again.
func (d *Draft) Link(generation string, file File, path string) error {
	to := filepath.Join(d.Dir, filepath.FromSlash(path))
	if err := d.folder.disk.Mkdir(filepath.Dir(to)); err != nil {
		return err
	}
	from := filepath.Join(d.folder.Dir(generation), filepath.FromSlash(file.Path))
	if err := d.folder.disk.Link(from, to); err != nil {
		if !noLinks(err) {
			return err
		}
		if err := copyFile(from, to); err != nil {
			return err
		}
	}
	d.linked[path] = File{path, file.Size, file.SHA256}
	return nil
}

// noLinks reports whether an error means that a file can't have another link.
func noLinks(err error) bool {
	return errors.Is(err, unix.EPERM) || errors.Is(err, unix.ENOTSUP) ||
		errors.Is(err, unix.EXDEV) || errors.Is(err, unix.EMLINK)
}

// copyFile copies a file; the kernel shares its blocks if the file system can.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() // read only
	out, err := os.OpenFile(to, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// Publish writes the manifest of the draft and makes it the current generation.
// It adds to m what only the folder knows. After an error, the current generation
// is the same as before.
func (d *Draft) Publish(ctx context.Context, m *Manifest) error {
	m.Generation, m.Created = d.Name, d.Created
	if err := d.Describe(ctx); err != nil {
		return err
	}
	m.Files = d.files
	content, err := m.encode()
	if err != nil {
		return err
	}
	if err := d.folder.disk.Write(filepath.Join(d.Dir, manifestFile), content); err != nil {
		return err
	}
	if err := d.sync(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return d.replace(Current{d.Name, hexSum(content)})
}

// Describe computes the digests of the draft's files, which must not change any more. Without it,
// Publish does so.
func (d *Draft) Describe(ctx context.Context) error {
	if d.files != nil {
		return nil
	}
	files, err := describe(ctx, d.Dir, d.linked)
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s has no file", d.Dir)
	}
	if err != nil {
		return err
	}
	d.files = files
	return nil
}

// sync flushes every file and folder of the draft.
func (d *Draft) sync() error {
	return filepath.WalkDir(d.Dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return d.folder.disk.Sync(path)
	})
}

// replace makes the draft current.
func (d *Draft) replace(c Current) error {
	f := d.folder
	before, err := f.Current()
	if err != nil && !errors.Is(err, ErrNone) {
		return err
	}
	if err := f.writePending(pendingFile, c); err != nil {
		return errors.Join(err, f.disk.Remove(f.Dir(pendingFile)))
	}
	err = f.disk.Rename(d.Dir, f.Dir(d.Name))
	if err == nil {
		err = f.disk.Sync(f.Path)
	}
	if err == nil {
		err = f.commit(pendingFile, before)
	}
	if err == nil {
		return nil
	}
	if now, unread := f.Current(); unread == nil && now.Name == d.Name {
		return err // it is current, and must stay
	}
	if left := f.discard(d.Name); left != nil {
		return errors.Join(err, left) // the pending file makes the next build remove it
	}
	return errors.Join(err, f.disk.Remove(f.Dir(pendingFile)))
}

// writePending writes the next content of CURRENT to a pending file, durably.
func (f Folder) writePending(pending string, c Current) error {
	path := f.Dir(pending)
	if err := f.disk.Write(path, c.line()); err != nil {
		return err
	}
	if err := f.disk.Sync(path); err != nil {
		return err
	}
	return f.disk.Sync(f.Path)
}

// commit renames the pending file to CURRENT. If that can't be made durable,
// CURRENT is restored.
func (f Folder) commit(pending string, before Current) error {
	if err := f.disk.Rename(f.Dir(pending), f.Dir(CurrentFile)); err != nil {
		return err
	}
	err := f.disk.Sync(f.Path)
	if err == nil {
		return nil
	}
	if before.Name == "" {
		return errors.Join(err, f.disk.Remove(f.Dir(CurrentFile)))
	}
	if undo := f.disk.Write(f.Dir(rollbackFile), before.line()); undo != nil {
		return errors.Join(err, undo)
	}
	return errors.Join(err, f.disk.Rename(f.Dir(rollbackFile), f.Dir(CurrentFile)))
}
