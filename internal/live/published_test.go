package live

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
)

// rolledBack returns an index folder with two generations that was rolled back, and a server
// of the older one.
func rolledBack(t *testing.T) (dir, older string, w *watched) {
	t.Helper()
	dir = buildtest.New(t, buildtest.Text("a", "", "渡口。"))
	older = buildtest.Current(t, dir).Name
	buildtest.Rebuild(t, dir, buildtest.Text("a", "", "大桥。"))
	rollback(t, dir, older)
	return dir, older, watch(t, dir)
}

func rollback(t *testing.T, dir, to string) {
	t.Helper()
	f := generation.In(dir)
	unlock, err := f.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if _, err := f.Rollback(t.Context(), to, nil); err != nil {
		t.Fatal(err)
	}
}

// TestOnlyPublishedGenerationsAreLoaded damages CURRENT in several ways. The served
// generation stays, since any other might have been rolled back from. Each error is logged
// once, and again when it recurs.
func TestOnlyPublishedGenerationsAreLoaded(t *testing.T) {
	t.Parallel()
	const sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	for name, spoil := range map[string]func(t *testing.T, path string){
		"garbled":  func(t *testing.T, path string) { buildtest.Write(t, path, []byte("garbled\n")) },
		"empty":    func(t *testing.T, path string) { buildtest.Write(t, path, nil) },
		"removed":  removed,
		"a folder": func(t *testing.T, path string) { removed(t, path); mkdir(t, path) },
		"names a later one that is gone": func(t *testing.T, path string) {
			buildtest.Write(t, path, []byte("20991231T000000 "+sum+"\n"))
		},
		"names an earlier one that is gone": func(t *testing.T, path string) {
			buildtest.Write(t, path, []byte("19990101T000000 "+sum+"\n"))
		},
		"has another digest": func(t *testing.T, path string) {
			name, _, _ := strings.Cut(string(buildtest.Read(t, path)), " ")
			buildtest.Write(t, path, []byte(name+" "+sum+"\n"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				dir, older, w := rolledBack(t)
				path := filepath.Join(dir, generation.CurrentFile)
				sound := buildtest.Read(t, path)
				spoil(t, path)
				first, again := w.look(t, 0), w.look(t, time.Second)
				if name != "has another digest" && first == "" {
					t.Error("it is not logged")
				}
				if again != "" {
					t.Errorf("it is logged again: %s", again)
				}
				if w.Generation() != older || count(t, w, "渡口") != 1 {
					t.Errorf("%q is served, want %q", w.Generation(), older)
				}
				if err := os.RemoveAll(path); err != nil {
					t.Fatal(err)
				}
				buildtest.Write(t, path, sound)
				if log := w.look(t, time.Second); log != "" {
					t.Errorf("nothing changed, and it logs: %s", log)
				}
				buildtest.Write(t, path, []byte("garbled again\n"))
				if log := w.look(t, time.Second); log == "" {
					t.Error("a recurring error is not logged")
				}
			})
		})
	}
}

func removed(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

// TestRolledBackGenerationIsNotLoaded checks that a damaged generation published after a
// rollback doesn't bring back the generation that was rolled back from.
func TestRolledBackGenerationIsNotLoaded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir, older, w := rolledBack(t)
		buildtest.Rebuild(t, dir, buildtest.Text("a", "", "车站。"))
		segment := segmentOf(t, dir)
		whole := buildtest.Read(t, segment)
		buildtest.Write(t, segment, scrambled(whole))
		if log := w.look(t, 0); !strings.Contains(log, "SHA-256") {
			t.Errorf("the log does not name the damage: %s", log)
		}
		if w.Generation() != older {
			t.Errorf("%q is served, want %q", w.Generation(), older)
		}
		buildtest.Write(t, segment, whole)
		w.look(t, retryAfter)
		if count(t, w, "车站") != 1 {
			t.Error("the restored generation is not loaded")
		}
	})
}

// TestIndexFolderIsAFile checks that a file in place of the index folder is logged once.
func TestIndexFolderIsAFile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, buildtest.File(t, "news", "a file"))
		if log := w.opening; strings.Count(log, "\n") != 1 || !strings.Contains(log, "not a directory") {
			t.Errorf("it logs %q", log)
		}
		if log := w.look(t, time.Second); log != "" {
			t.Errorf("it is logged again: %s", log)
		}
	})
}
