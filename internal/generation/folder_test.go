package generation

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var day = time.Date(2026, 3, 12, 8, 15, 0, 0, time.UTC)

// newFolder returns an empty folder.
func newFolder(t *testing.T) Folder {
	t.Helper()
	return In(filepath.Join(t.TempDir(), "news"))
}

// locked locks the folder and runs do.
func locked(f Folder, do func() error) error {
	unlock, err := f.Lock()
	if err != nil {
		return err
	}
	return errors.Join(do(), unlock())
}

// publish makes a generation of two files.
func publish(f Folder, content string) error {
	return locked(f, func() error {
		d, err := f.Begin(day)
		if err != nil {
			return err
		}
		err = f.disk.Mkdir(filepath.Join(d.Dir, "parts"))
		for name, content := range map[string]string{"words": content, "parts/0": content + content} {
			if err == nil {
				err = f.disk.Write(filepath.Join(d.Dir, name), []byte(content))
			}
		}
		if err == nil {
			err = d.Publish(context.Background(),
				&Manifest{Format: 1, Articles: len(content), Settings: []byte(`{}`), Sources: []Source{}})
		}
		if err != nil {
			return errors.Join(err, d.Abandon())
		}
		return nil
	})
}

func mustPublish(t *testing.T, f Folder, content string) Current {
	t.Helper()
	if err := publish(f, content); err != nil {
		t.Fatal(err)
	}
	return sound(t, f)
}

// sound checks the folder and returns the current generation.
func sound(t *testing.T, f Folder) Current {
	t.Helper()
	r, err := f.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Damage {
		t.Errorf("damage: %s", d)
	}
	c, err := f.Current()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func names(t *testing.T, f Folder) []string {
	t.Helper()
	names, err := f.Names()
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// tidy checks that the folder has only generations, CURRENT and lock.
func tidy(t *testing.T, f Folder) {
	t.Helper()
	entries, err := os.ReadDir(f.Path)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != CurrentFile && name != lockFile && !generationName.MatchString(name) {
			t.Errorf("%s is left", name)
		}
	}
}

func TestPublish(t *testing.T) {
	f := newFolder(t)
	if _, err := f.Current(); !errors.Is(err, ErrNone) {
		t.Errorf("an empty folder: %v", err)
	}
	first := mustPublish(t, f, "青禾")
	second := mustPublish(t, f, "雾岭")
	if first.Name != "20260312T081500" || second.Name != "20260312T081500-2" {
		t.Errorf("generations %v, %v", first, second)
	}
	m, err := f.Manifest(second.Name, second.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if m.Bytes("parts") != 6 || m.Articles != 6 || len(m.Files) != 2 {
		t.Errorf("manifest %+v", m)
	}
	tidy(t, f)
}

func TestRollback(t *testing.T) {
	f := newFolder(t)
	var made []string
	for _, content := range []string{"一", "二", "三"} {
		made = append(made, mustPublish(t, f, content).Name)
	}
	back := func(to, want string) {
		t.Helper()
		err := locked(f, func() error {
			_, err := f.Rollback(t.Context(), to, nil)
			return err
		})
		if err != nil {
			t.Fatalf("rollback %q: %v", to, err)
		}
		if c := sound(t, f); c.Name != want {
			t.Errorf("rollback %q: current is %s, want %s", to, c.Name, want)
		}
	}
	back("", made[1])
	back("", made[0])
	back(made[2], made[2])
	back(made[0], made[0])
	for _, to := range []string{"", made[0], "20200101T000000", "../news"} {
		err := locked(f, func() error {
			_, err := f.Rollback(t.Context(), to, nil)
			return err
		})
		if err == nil {
			t.Errorf("rollback from the oldest to %q succeeds", to)
		}
	}
	// A generation that was rolled back is not stale.
	fourth := mustPublish(t, f, "四")
	if got := names(t, f); len(got) != 4 || got[3] != fourth.Name {
		t.Errorf("generations %v", got)
	}
	if err := os.WriteFile(filepath.Join(f.Dir(made[1]), "words"), []byte("贰"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := locked(f, func() error {
		_, err := f.Rollback(t.Context(), made[1], nil)
		return err
	})
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "words") {
		t.Errorf("rollback to a damaged generation: %v", err)
	}
	if c, err := f.Current(); err != nil || c != fourth {
		t.Errorf("current is %v after it (%v)", c, err)
	}
}

// A generation that can't be served is not published, and the current one stays.
func TestRollbackToWhatIsRefused(t *testing.T) {
	f := newFolder(t)
	first := mustPublish(t, f, "一")
	second := mustPublish(t, f, "二")
	refused := errors.New("another format")
	err := locked(f, func() error {
		_, err := f.Rollback(t.Context(), "", func(m *Manifest) error {
			if m.Generation != first.Name {
				t.Errorf("asked for %s, want %s", m.Generation, first.Name)
			}
			return refused
		})
		return err
	})
	if !errors.Is(err, refused) {
		t.Errorf("rollback: %v", err)
	}
	if c := sound(t, f); c != second {
		t.Errorf("current is %v, want %v", c, second)
	}
}

// If the current generation was removed, rollback publishes the newest before it.
func TestRollbackFromWhatIsGone(t *testing.T) {
	f := newFolder(t)
	first := mustPublish(t, f, "一")
	second := mustPublish(t, f, "二")
	if err := os.RemoveAll(f.Dir(second.Name)); err != nil {
		t.Fatal(err)
	}
	err := locked(f, func() error {
		_, err := f.Rollback(t.Context(), "", nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if c := sound(t, f); c != first {
		t.Errorf("current is %v, want %v", c, first)
	}
}

// A new generation sorts after all others, even when the clock was set back.
func TestNamesGoOnWhenTheClockIsSetBack(t *testing.T) {
	f := newFolder(t)
	if err := f.create(); err != nil {
		t.Fatal(err)
	}
	at := func(now time.Time) string {
		t.Helper()
		name, err := f.newName(now)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.disk.Mkdir(f.Dir(name)); err != nil {
			t.Fatal(err)
		}
		return name
	}
	at(day.AddDate(10, 0, 0))
	var got []string
	for range maxSameSecond {
		got = append(got, at(day))
	}
	if first, last := got[0], got[len(got)-1]; first != "20360312T081500-2" || last != "20360312T081501" {
		t.Errorf("the names go from %s to %s", first, last)
	}
	if got := at(day.AddDate(10, 0, 1)); got != "20360313T081500" {
		t.Errorf("once the clock is right again: %s", got)
	}
	if all := names(t, f); !slices.IsSorted(all) || len(all) != 2+maxSameSecond {
		t.Errorf("generations %v", all)
	}
}

// Every byte of a manifest is flipped and cut off in turn. The damage is found
// without the digest in CURRENT.
func TestALyingManifestIsFound(t *testing.T) {
	f := newFolder(t)
	c := mustPublish(t, f, "青禾")
	path := f.manifestPath(c.Name)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		flipped := bytes.Clone(good)
		flipped[i] ^= 1
		for _, bad := range [][]byte{flipped, good[:i]} {
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := f.Manifest(c.Name, ""); !errors.Is(err, ErrDamaged) {
				t.Fatalf("byte %d: %v", i, err)
			}
		}
	}
}
