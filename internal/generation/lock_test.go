package generation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Checking whether a generation is in use does not keep a server from pinning it
// at the same time.
func TestPinDuringList(t *testing.T) {
	f := newFolder(t)
	c := mustPublish(t, f, "一")
	stop, listed, pinned := make(chan struct{}), make(chan error, 1), make(chan error, 1)
	go func() { listed <- listUntil(f, stop) }()
	go func() { pinned <- pinOften(f, c.Name) }()
	if err := result(t, "pinning", pinned); err != nil {
		t.Error(err)
	}
	close(stop)
	if err := result(t, "listing", listed); err != nil {
		t.Error(err)
	}
}

func listUntil(f Folder, stop <-chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		if _, err := f.List(); err != nil {
			return err
		}
	}
}

func pinOften(f Folder, name string) error {
	for i := range 1000 {
		unpin, err := f.Pin(name)
		if err != nil {
			return fmt.Errorf("pin %d: %w", i, err)
		}
		if err := unpin(); err != nil {
			return err
		}
	}
	return nil
}

// result returns what ended yields, or fails if that takes far too long.
func result(t *testing.T, what string, ended <-chan error) error {
	t.Helper()
	select {
	case err := <-ended:
		return err
	case <-time.After(time.Minute):
		t.Fatalf("%s does not end", what)
		return nil
	}
}

// pinning tests, while a generation is renamed, whether it could be pinned.
type pinning struct {
	disk
	manifest string
	could    *bool
}

func (d pinning) Rename(from, to string) error {
	file, err := os.Open(d.manifest)
	if err != nil {
		return err
	}
	*d.could = unix.Flock(int(file.Fd()), unix.LOCK_SH|unix.LOCK_NB) == nil
	return errors.Join(file.Close(), d.disk.Rename(from, to))
}

// A generation that is being removed can not be pinned.
func TestPrunedGenerationsCannotBePinned(t *testing.T) {
	f := newFolder(t)
	first := mustPublish(t, f, "一")
	mustPublish(t, f, "二")
	could := true
	bad := f
	bad.disk = pinning{f.disk, f.manifestPath(first.Name), &could}
	err := locked(f, func() error {
		p, err := bad.Prune(1, "")
		if !slices.Equal(p.Removed, []string{first.Name}) {
			t.Errorf("pruned %+v", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if could {
		t.Error("the generation could be pinned while it was removed")
	}
	if _, err := f.Pin(first.Name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("pinning a removed generation: %v", err)
	}
}

// A generation is kept while it is checked, whatever is published and pruned in the
// meantime.
func TestPruneDuringVerify(t *testing.T) {
	f := newFolder(t)
	first := mustPublish(t, f, "一")
	mustPublish(t, f, "二")
	var inUse []string
	r, err := f.Verify(t.Context(), func(c Current, _ *Manifest) error {
		if c.Name != first.Name {
			return nil
		}
		return locked(f, func() error {
			p, err := f.Prune(1, "")
			inUse = p.InUse
			return err
		})
	})
	if err != nil || len(r.Damage) > 0 {
		t.Errorf("report %+v (%v)", r, err)
	}
	if !slices.Equal(inUse, []string{first.Name}) {
		t.Errorf("during the check, prune leaves %v", inUse)
	}
}

func TestTheSecondLockIsRefused(t *testing.T) {
	f := newFolder(t)
	err := locked(f, func() error { return locked(f, func() error { return nil }) })
	if !errors.Is(err, ErrBusy) {
		t.Errorf("the second lock: %v", err)
	}
}
