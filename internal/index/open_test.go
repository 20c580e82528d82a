package index_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
)

// TestOpenChecksWhatItReads flips a bit of each file of a generation. A file that is read as a
// whole is refused and named at once; of the others, segments and records have checksums of
// their own, and Guard.Check names them.
func TestOpenChecksWhatItReads(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题", "青禾大桥合龙。", "渡口今天开放。"), buildtest.Text("b", "又一题"))
	current := buildtest.Current(t, dir)
	later := map[string]bool{}
	for _, path := range filesBelow(t, buildtest.CurrentDir(t, dir)) {
		whole := buildtest.Read(t, path)
		name := filepath.Base(path)
		if len(whole) == 0 || name == "manifest.json" {
			continue
		}
		bad := bytes.Clone(whole)
		bad[len(bad)/2] ^= 1
		buildtest.Write(t, path, bad)
		g, err := index.Open(t.Context(), generation.In(dir), current, nil, index.Options{})
		if err == nil {
			later[name] = true
			if g.Guard.Checked() {
				t.Errorf("%s was not checked, and Checked is true", path)
			}
			err = g.Guard.Check(t.Context(), 0)
			if again := g.Guard.Verify(); !errors.Is(again, generation.ErrDamaged) || g.Guard.Checked() {
				t.Errorf("%s was found damaged, and Verify says %v", path, again)
			}
			if err := g.Close(); err != nil {
				t.Error(err)
			}
		}
		if !errors.Is(err, generation.ErrDamaged) || !strings.Contains(err.Error(), path+" has another SHA-256") {
			t.Errorf("%s with a flipped bit: %v", path, err)
		}
		_, err = index.Open(t.Context(), generation.In(dir), current, nil, index.Options{CheckAll: true})
		if !errors.Is(err, generation.ErrDamaged) {
			t.Errorf("%s with a flipped bit, checking all: %v", path, err)
		}
		buildtest.Write(t, path, whole)
	}
	for _, name := range []string{index.ColumnsFile, index.CatalogFile, index.LexiconFile, "root.bolt"} {
		if later[name] {
			t.Errorf("%s is read before it is checked", name)
		}
	}
	if !later["records.bin"] || !later[index.SignaturesFile] {
		t.Errorf("only %v are checked later", later)
	}
}

// TestGenerationsShareChecks checks that files which are checked already, or known to be
// damaged, are not read again for another generation that has them.
func TestGenerationsShareChecks(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题", "渡口。"), buildtest.Text("b", "又一题", "大桥。"))
	first := openCurrent(t, dir)
	if err := first.Guard.Check(t.Context(), 0); err != nil || !first.Guard.Checked() {
		t.Fatalf("%v, checked %v", err, first.Guard.Checked())
	}
	buildtest.Append(t, dir, buildtest.Text("c", "三"))
	second := openAfter(t, dir, first)
	damaged := filepath.Join(buildtest.CurrentDir(t, dir), index.VolumesDir, first.Settings.Volumes[0].Name,
		index.SignaturesFile)
	whole := buildtest.Read(t, damaged)
	bad := bytes.Clone(whole)
	bad[len(bad)-1] ^= 1
	buildtest.Write(t, damaged, bad) // of both
	if err := second.Guard.Verify(); !errors.Is(err, generation.ErrDamaged) {
		t.Errorf("%s was changed: %v", damaged, err)
	}
	_, err := index.Open(t.Context(), generation.In(dir), buildtest.Current(t, dir), second, index.Options{})
	if !errors.Is(err, generation.ErrDamaged) {
		t.Errorf("opened with a file that is known to be damaged: %v", err)
	}
}
