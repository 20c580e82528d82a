package generation

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// Looking whether a generation is in use takes nothing from those who begin to
// use it: a server opens what was published while somebody lists the folder.
func TestHoldBesideList(t *testing.T) {
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
		release, err := f.Pin(c.Name)
		if err != nil {
			t.Errorf("hold %d: %v", i, err)
			break
		}
		if err := release(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// taking looks, while a generation is moved away, whether it could be held.
type taking struct {
	Disk
	manifest string
	could    *bool
}

func (d taking) Rename(from, to string) error {
	file, err := os.Open(d.manifest)
	if err != nil {
		return err
	}
	*d.could = unix.Flock(int(file.Fd()), unix.LOCK_SH|unix.LOCK_NB) == nil
	return errors.Join(file.Close(), d.Disk.Rename(from, to))
}

// Nobody can begin to use a generation that is being removed.
func TestPrunedGenerationsCannotBeHeld(t *testing.T) {
	f := newFolder(t)
	first := mustPublish(t, f, "一")
	mustPublish(t, f, "二")
	could := true
	bad := f
	bad.Disk = taking{f.Disk, f.manifestPath(first.Name), &could}
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
		t.Error("the generation could be held while it was removed")
	}
	if _, err := f.Pin(first.Name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("holding what was removed: %v", err)
	}
}

// A generation stays while it is checked, whatever is published and pruned
// meanwhile.
func TestVerifyBesidePrune(t *testing.T) {
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
		t.Errorf("while it is checked prune leaves %v", inUse)
	}
}

func TestTheSecondLockIsRefused(t *testing.T) {
	f := newFolder(t)
	err := locked(f, func() error { return locked(f, func() error { return nil }) })
	if !errors.Is(err, ErrBusy) {
		t.Errorf("the second lock: %v", err)
	}
}
