package generation

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// Checking whether a generation is in use does not keep a server from pinning it
// at the same time.
func TestPinDuringList(t *testing.T) {
	f := newFolder(t)
	c := mustPublish(t, f, "一")
	stop, ended := make(chan struct{}), make(chan error)
	go func() {
		for {
			select {
			case <-stop:
				ended <- nil
				return
			default:
			}
			if _, err := f.List(); err != nil {
				<-stop
				ended <- err
				return
			}
		}
	}()
	for i := range 1000 {
		unpin, err := f.Pin(c.Name)
		if err != nil {
			t.Errorf("pin %d: %v", i, err)
			break
		}
		if err := unpin(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// pinning tests, while a generation is renamed, whether it could be pinned.
type pinning struct {
	Disk
	manifest string
	could    *bool
}

func (d pinning) Rename(from, to string) error {
	file, err := os.Open(d.manifest)
	if err != nil {
		return err
	}
	*d.could = unix.Flock(int(file.Fd()), unix.LOCK_SH|unix.LOCK_NB) == nil
	return errors.Join(file.Close(), d.Disk.Rename(from, to))
}

// A generation that is being removed can not be pinned.
func TestPrunedGenerationsCannotBePinned(t *testing.T) {
	f := newFolder(t)
	first := mustPublish(t, f, "一")
	mustPublish(t, f, "二")
	could := true
	bad := f
	bad.Disk = pinning{f.Disk, f.manifestPath(first.Name), &could}
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
