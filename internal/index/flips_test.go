package index_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
)

var flipsFlag = flag.Int("flips", 24, "how many single bits of an index are flipped")

// filesBelow lists the files of an index with CURRENT, without the lock.
func filesBelow(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Base(path) != "lock" {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 18 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	return files
}

// twoVolumes returns an index after an append; its previous generation shares most of the
// files.
func twoVolumes(t *testing.T) string {
	dir := buildtest.New(t, buildtest.Text("a", "题", "青禾大桥合龙。", "渡口今天开放。"), buildtest.Text("b", "又一题"),
		buildtest.Text("c", "三", "雾岭茶节。"), buildtest.Text("d", "四", "夜市。"))
	opts := build.Options{Out: dir, Keep: 2, Append: true, Dictionaries: analyzertest.Frequent(t)}
	if _, err := build.Index(t.Context(), opts, buildtest.Articles(buildtest.Text("e", "五", "临江公报。"))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestEveryFlippedBitIsFound flips single bits anywhere in any file. Each is found, and the
// file is named for every generation that shares it.
func TestEveryFlippedBitIsFound(t *testing.T) {
	t.Parallel()
	dir := twoVolumes(t)
	files := filesBelow(t, dir)
	random := rand.New(rand.NewPCG(1, 200))
	for range *flipsFlag {
		path := files[random.IntN(len(files))]
		good := buildtest.Read(t, path)
		if len(good) == 0 {
			continue
		}
		at, bit := random.IntN(len(good)), random.IntN(8)
		bad := bytes.Clone(good)
		bad[at] ^= 1 << bit
		buildtest.Write(t, path, bad)
		r := verify(t, dir, false)
		if !names(r, dir, path) {
			t.Errorf("%s: bit %d of byte %d is flipped; found %v", path, bit, at, r.Damage)
		}
		buildtest.Write(t, path, good)
	}
	if r := verify(t, dir, true); len(r.Damage) > 0 {
		t.Errorf("after restoring the file: %v", r.Damage)
	}
}

// names reports whether a report names the file at path. If CURRENT and the manifest
// disagree, it is unknown which is right.
func names(r generation.Report, dir, path string) bool {
	for _, d := range r.Damage {
		if filepath.Join(dir, d.Generation, d.File) == path || filepath.Base(path) == generation.CurrentFile &&
			d.File == "manifest.json" {
			return true
		}
	}
	return false
}

// TestEveryTruncatedAndForeignFileIsFound truncates, extends or removes each file, and adds
// foreign ones.
func TestEveryTruncatedAndForeignFileIsFound(t *testing.T) {
	t.Parallel()
	dir := twoVolumes(t)
	random := rand.New(rand.NewPCG(2, 200))
	tried := 0
	expect := func(path, what string) {
		t.Helper()
		tried++
		if r := verify(t, dir, false); !names(r, dir, path) {
			t.Errorf("%s %s: found %v", path, what, r.Damage)
		}
	}
	for _, path := range filesBelow(t, dir) {
		good := buildtest.Read(t, path)
		if len(good) > 0 {
			buildtest.Write(t, path, good[:random.IntN(len(good))])
			expect(path, "cut")
		}
		buildtest.Write(t, path, append(bytes.Clone(good), 0))
		expect(path, "with a byte more")
		buildtest.Write(t, path, good)
		aside := filepath.Join(t.TempDir(), "aside")
		if err := os.Rename(path, aside); err != nil {
			t.Fatal(err)
		}
		expect(path, "missing")
		if err := os.Rename(aside, path); err != nil {
			t.Fatal(err)
		}
		if in := filepath.Dir(path); in != dir {
			foreign := filepath.Join(in, "foreign")
			buildtest.Write(t, foreign, nil)
			expect(foreign, "foreign")
			if err := os.Remove(foreign); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%d damages", tried)
}

// TestForgedManifestIsFound checks that a changed manifest with a valid checksum isn't the one
// that CURRENT names, and that if CURRENT is changed too, the files contradict it.
func TestForgedManifestIsFound(t *testing.T) {
	t.Parallel()
	dir := twoVolumes(t)
	c := buildtest.Current(t, dir)
	path := filepath.Join(buildtest.CurrentDir(t, dir), "manifest.json")
	good := buildtest.Read(t, path)
	for _, lie := range [][2]string{
		{`"articles": 5`, `"articles": 6`}, {`"paragraphs": 5`, `"paragraphs": 4`}, {`"path": "catalog.bin"`,
			`"path": "../catalog.bin"`},
		{c.Name, "20200101T000000"}, {`"path": "lexicon.bin"`, `"path": "lexicon.bim"`},
	} {
		text, sum := strings.Replace(string(good), lie[0], lie[1], 1), ""
		if text == string(good) {
			t.Fatalf("%q is not in the manifest", lie[0])
		}
		text, sum = signed(text)
		buildtest.Write(t, path, []byte(text))
		if r := verify(t, dir, false); !names(r, dir, path) {
			t.Errorf("%s: found %v", lie[1], r.Damage)
		}
		buildtest.Write(t, filepath.Join(dir, generation.CurrentFile), []byte(c.Name+" "+sum+"\n"))
		if r := verify(t, dir, true); len(r.Damage) == 0 {
			t.Errorf("%s, and CURRENT too: nothing is found", lie[1])
		}
		buildtest.Write(t, filepath.Join(dir, generation.CurrentFile), []byte(c.Name+" "+c.SHA256+"\n"))
	}
}

// signed returns a manifest with its checksum at the end, and its digest.
func signed(manifest string) (text, sum string) {
	const self = ",\n  \"sha256\": \""
	head := manifest[:strings.LastIndex(manifest, self)]
	text = fmt.Sprintf("%s%s%s\"\n}\n", head, self, sumOf(head))
	return text, sumOf(text)
}

func sumOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
