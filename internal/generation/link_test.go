package generation

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Linked files are shared and not read again; both generations stay complete.
func TestLink(t *testing.T) {
	f := newFolder(t)
	first := mustPublish(t, f, "青禾")
	m, err := f.Manifest(first.Name, first.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	err = locked(f, func() error {
		d, err := f.Begin(day)
		if err != nil {
			return err
		}
		for _, file := range m.Files {
			if err := d.Link(first.Name, file, "old/"+file.Path); err != nil {
				return err
			}
		}
		return d.Publish(t.Context(), &Manifest{Format: 1, Settings: []byte(`{}`), Sources: []Source{}})
	})
	if err != nil {
		t.Fatal(err)
	}
	second := sound(t, f)
	one, err := os.Stat(filepath.Join(f.Dir(first.Name), "words"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.Stat(filepath.Join(f.Dir(second.Name), "old", "words"))
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(one, other) {
		t.Error("the file is copied")
	}
	if err := os.RemoveAll(f.Dir(first.Name)); err != nil {
		t.Fatal(err)
	}
	sound(t, f)
}

// unlinkable is a disk on which a file can't have a second link.
type unlinkable struct{ disk }

func (unlinkable) Link(_, to string) error {
	return &os.LinkError{Op: "link", New: to, Err: syscall.EPERM}
}

func TestWithoutLinksFilesAreCopied(t *testing.T) {
	f := newFolder(t)
	first := mustPublish(t, f, "青禾")
	f.disk = unlinkable{f.disk}
	err := locked(f, func() error {
		d, err := f.Begin(day)
		if err != nil {
			return err
		}
		if err := d.Link(first.Name, File{"words", 6, "of the first"}, "words"); err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(d.Dir, "words"))
		if string(got) != "青禾" {
			t.Errorf("the copy has %q", got)
		}
		return errors.Join(err, d.Abandon())
	})
	if err != nil {
		t.Fatal(err)
	}
}
