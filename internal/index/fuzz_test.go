package index

import (
	"bufio"
	"path/filepath"
	"testing"

	"xunwen/internal/neardup"
)

// FuzzCatalog reads any bytes as the tombstones and groups of a generation.
func FuzzCatalog(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0}, 4)
	f.Add([]byte{1, 2, 1, 2, 1, 'a', 1, 0}, 4)
	f.Fuzz(func(t *testing.T, content []byte, articles int) {
		articles &= 1<<12 - 1
		path := written(t, catalogMagic, content)
		tombstones, groups, err := readCatalog(path, []int{articles + 1}, articles)
		if err != nil {
			return
		}
		if len(tombstones) != 1 || len(groups.First) != articles {
			t.Errorf("%d volumes, %d articles of %d", len(tombstones), len(groups.First), articles)
		}
		for i, first := range groups.First {
			if int(first) > i {
				t.Errorf("article %d is in the group of a later one, %d", i, first)
			}
		}
	})
}

// FuzzPairs reads any bytes as what grouping near-duplicates found.
func FuzzPairs(f *testing.F) {
	f.Add([]byte{1, 0, 1, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f, 3, 0}, 4)
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x0f}, 4)
	f.Fuzz(func(t *testing.T, content []byte, articles int) {
		articles &= 1<<12 - 1
		s, ok, err := ReadPairs(written(t, pairsMagic, content), articles)
		if err == nil && (!ok || len(s.Leads) != articles) {
			t.Errorf("%d leads of %d articles", len(s.Leads), articles)
		}
		for _, p := range s.Pairs {
			if int(p.B) >= articles || p.A >= p.B {
				t.Errorf("a pair %v of %d articles", p, articles)
			}
		}
	})
}

// written writes bytes as the compressed content of a file.
func written(t *testing.T, magic string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := writeCompressed(path, magic, func(w *bufio.Writer) { w.Write(content) }); err != nil {
		t.Fatal(err)
	}
	return path
}

// FuzzSignatures reads any bytes as a file of signatures.
func FuzzSignatures(f *testing.F) {
	f.Add([]byte{108, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3}, 1)
	f.Fuzz(func(t *testing.T, content []byte, articles int) {
		articles &= 1<<10 - 1
		path := filepath.Join(t.TempDir(), SignaturesFile)
		if err := writeFile(path, signaturesMagic, func(w *bufio.Writer) { w.Write(content) }); err != nil {
			t.Fatal(err)
		}
		v := &Volume{VolumeInfo: VolumeInfo{Articles: articles}}
		list, err := ReadSignatures([]neardup.Signature(nil), filepath.Dir(path), v)
		if err == nil && len(list) != articles {
			t.Errorf("%d signatures of %d articles", len(list), articles)
		}
	})
}
