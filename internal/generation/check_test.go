package generation

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"
)

// TestVerifyWithoutFileHandles checks that what keeps Verify from reading files is an error, not
// damage. It isn't parallel: it limits the file handles of the process.
func TestVerifyWithoutFileHandles(t *testing.T) {
	f := newFolder(t)
	mustPublish(t, f, "一")
	for free := range 3 { // for none, for the pin, and for the pin and one file, which is enough
		restore := limitFiles(t, free)
		r, err := f.Verify(t.Context(), nil)
		restore()
		if want := free < 2; errors.Is(err, syscall.EMFILE) != want || len(r.Damage) > 0 {
			t.Errorf("with %d file handles: %v, damage %v", free, err, r.Damage)
		}
	}
	r, err := f.Verify(t.Context(), func(Current, *Manifest) error {
		return fmt.Errorf("opening: %w", os.NewSyscallError("open", syscall.EACCES))
	})
	if !errors.Is(err, os.ErrPermission) || len(r.Damage) > 0 {
		t.Errorf("without permission: %v, damage %v", err, r.Damage)
	}
	r, err = f.Verify(t.Context(), func(Current, *Manifest) error { return ErrDamaged })
	if err != nil || len(r.Damage) != 1 {
		t.Errorf("of a damaged generation: %v, damage %v", err, r.Damage)
	}
}

// limitFiles limits how many more files this process can open, until restore is called.
func limitFiles(t *testing.T, more int) (restore func()) {
	t.Helper()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	free, err := os.Open(os.DevNull) // has the lowest number that is free
	if err != nil {
		t.Fatal(err)
	}
	limit := syscall.Rlimit{Cur: uint64(free.Fd()) + uint64(more), Max: before.Max}
	if err := errors.Join(free.Close(), syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)); err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &before); err != nil {
			t.Fatal(err)
		}
	}
}
