package generation

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

var errDisk = errors.New("no space left on device")

// faulty is a disk on which one call fails: the first after left others. If dead
// is set, the process counts as killed there: every later call fails, too, so that
// nothing is cleaned up.
type faulty struct {
	disk
	left   *int
	dead   bool
	failed *string
}

func (d faulty) step(what, path string) error {
	*d.left--
	if *d.left == -1 || d.dead && *d.left < 0 {
		if *d.left == -1 {
			*d.failed = what + " " + path
		}
		return fmt.Errorf("%s %s: %w", what, path, errDisk)
	}
	return nil
}

func (d faulty) Mkdir(path string) error {
	return errors.Join(d.step("mkdir", path), unlessFailed(d, func() error { return d.disk.Mkdir(path) }))
}

// Write leaves half of the content when it fails, as a full disk does.
func (d faulty) Write(path string, content []byte) error {
	err := d.step("write", path)
	if *d.left == -1 {
		return errors.Join(err, d.disk.Write(path, content[:len(content)/2]))
	}
	return errors.Join(err, unlessFailed(d, func() error { return d.disk.Write(path, content) }))
}

func (d faulty) Link(from, to string) error {
	return errors.Join(d.step("link", to), unlessFailed(d, func() error { return d.disk.Link(from, to) }))
}

func (d faulty) Rename(from, to string) error {
	return errors.Join(d.step("rename", from), unlessFailed(d, func() error { return d.disk.Rename(from, to) }))
}

func (d faulty) Sync(path string) error {
	return errors.Join(d.step("sync", path), unlessFailed(d, func() error { return d.disk.Sync(path) }))
}

func (d faulty) Remove(path string) error {
	return errors.Join(d.step("remove", path), unlessFailed(d, func() error { return d.disk.Remove(path) }))
}

// unlessFailed does a step unless it fails or the process counts as killed.
func unlessFailed(d faulty, do func() error) error {
	if *d.left == -1 || d.dead && *d.left < 0 {
		return nil
	}
	return do()
}

// Each call to the disk fails in turn, while publishing, rolling back and pruning:
// once so that the program can clean up, once as if it was killed. The published
// generation stays the same or, if killed at the very end, the new one is
// published completely; the next build works and cleans up.
func TestFaultsAtEveryStep(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, f Folder) error{
		"publish": func(_ *testing.T, f Folder) error { return publish(f, "新的") },
		"roll back": func(t *testing.T, f Folder) error {
			return locked(f, func() error {
				_, err := f.Rollback(t.Context(), "", nil)
				return err
			})
		},
		"prune": func(_ *testing.T, f Folder) error {
			return locked(f, func() error {
				_, err := f.Prune(1, "")
				return err
			})
		},
	} {
		for _, dead := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, killed %v", name, dead), func(t *testing.T) {
				faults := 0
				for at := 0; fails(t, at, dead, change); at++ {
					faults++
				}
				if faults < 3 {
					t.Errorf("only %d calls failed", faults)
				}
				t.Logf("%d faults", faults)
			})
		}
	}
}

// fails creates a folder, makes a call of the change fail after so many others, and
// checks what is left. It is false when the change has fewer calls.
func fails(t *testing.T, after int, dead bool, change func(*testing.T, Folder) error) bool {
	t.Helper()
	f := newFolder(t)
	mustPublish(t, f, "一")
	before := mustPublish(t, f, "二")
	left, failed := after, ""
	bad := f
	bad.disk = faulty{f.disk, &left, dead, &failed}
	err := change(t, bad)
	if failed == "" {
		if err != nil {
			t.Errorf("without a failed call: %v", err)
		}
		return false
	}
	if !errors.Is(err, errDisk) {
		t.Errorf("%s fails and the error is %v", failed, err)
	}
	if now := sound(t, f); now != before && !dead {
		t.Errorf("%s fails and %s is current, not %s", failed, now.Name, before.Name)
	}
	next := mustPublish(t, f, "下一")
	if next.Name <= before.Name {
		t.Errorf("%s fails and the next is %s", failed, next.Name)
	}
	tidy(t, f)
	return true
}

// syncs records which paths are flushed.
type syncs struct {
	disk
	paths map[string]bool
}

func (d syncs) Sync(path string) error {
	d.paths[path] = true
	return d.disk.Sync(path)
}

// A generation in a new folder would be lost with the folder's name: each folder
// with a new entry is flushed, and no other.
func TestANewFolderIsDurable(t *testing.T) {
	root := t.TempDir()
	f := In(filepath.Join(root, "indexes", "news"))
	disk := syncs{f.disk, map[string]bool{}}
	f.disk = disk
	mustPublish(t, f, "一")
	if !disk.paths[root] || !disk.paths[filepath.Join(root, "indexes")] || disk.paths[filepath.Dir(root)] {
		t.Errorf("flushed: %v", disk.paths)
	}
	clear(disk.paths)
	mustPublish(t, f, "二")
	if disk.paths[root] {
		t.Error("an existing folder is flushed again")
	}
}
