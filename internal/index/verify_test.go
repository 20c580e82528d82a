package index_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
)

func verify(t *testing.T, dir string, deep bool) generation.Report {
	t.Helper()
	r, err := index.Verify(t.Context(), dir, deep)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestUndamagedIndexVerifies(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题", "青禾大桥合龙。"))
	buildtest.Rebuild(t, dir, buildtest.Text("a", "题", "青禾大桥合龙。"), buildtest.Text("b", "又一题"))
	if err := os.Mkdir(filepath.Join(dir, "20260101T000000.tmp"), 0o755); err != nil {
		t.Fatal(err)
	}
	r := verify(t, dir, true)
	if len(r.Damage) > 0 || len(r.Generations) != 2 || r.Files < 10 || r.Current != r.Generations[1] {
		t.Errorf("%+v", r)
	}
	if len(r.Notes) != 1 {
		t.Errorf("notes: %q", r.Notes)
	}
}

// TestEveryDamageIsFound damages every file of a generation in turn: a flipped bit, a
// truncated file, a missing file. Each is found and named.
func TestEveryDamageIsFound(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题", "青禾大桥合龙。"))
	root := buildtest.CurrentDir(t, dir)
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	for _, path := range append(files, filepath.Join(dir, generation.CurrentFile)) {
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		flipped := append([]byte(nil), good...)
		if len(flipped) > 0 {
			flipped[len(flipped)/2] ^= 4
			expectDamage(t, dir, path, rel, flipped, "flipped")
			expectDamage(t, dir, path, rel, good[:len(good)-1], "cut")
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		expectNamed(t, dir, rel, "missing")
		if err := os.WriteFile(path, good, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "analyzer", "more"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, dir, false); len(r.Damage) != 2 || r.Damage[0].File != "analyzer/more" ||
		r.Damage[1].File != "empty" {
		t.Errorf("a foreign file and a foreign folder: %+v", r.Damage)
	}
}

func expectDamage(t *testing.T, dir, path, rel string, bad []byte, what string) {
	t.Helper()
	if err := os.WriteFile(path, bad, 0o644); err != nil {
		t.Fatal(err)
	}
	expectNamed(t, dir, rel, what)
}

func expectNamed(t *testing.T, dir, rel, what string) {
	t.Helper()
	r := verify(t, dir, false)
	// If CURRENT and the manifest disagree, it is unknown which is right.
	either := rel == "../"+generation.CurrentFile && len(r.Damage) > 0 && r.Damage[0].File == "manifest.json"
	if len(r.Damage) == 0 || !either && r.Damage[0].File != strings.TrimPrefix(rel, "../") {
		t.Errorf("%s %s: found %+v", rel, what, r.Damage)
	}
}
