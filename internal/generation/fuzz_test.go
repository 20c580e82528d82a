package generation

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzFolder reads any bytes as CURRENT and as a manifest: what is accepted names a generation of the folder.
func FuzzFolder(f *testing.F) {
	const name = "20260312T081500"
	m := Manifest{Generation: name, Articles: 2, Files: []File{{Path: "columns.bin", Size: 3}}}
	encoded, err := m.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(Current{name, hexSum(encoded)}.line(), encoded)
	f.Add([]byte("../../etc "+hexSum(nil)+"\n"), []byte("{}"))
	f.Add([]byte(name+" "+hexSum(nil)), []byte(`{"files":[{"path":"../x"}]}`))
	f.Fuzz(func(t *testing.T, current, manifest []byte) {
		folder := In(t.TempDir())
		if err := os.Mkdir(folder.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{folder.Dir(CurrentFile): current, folder.manifestPath(name): manifest}
		for path, content := range files {
			if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if c, err := folder.Current(); err == nil && filepath.Base(c.Name) != c.Name {
			t.Errorf("CURRENT %q names %q", current, c.Name)
		}
		if m, err := folder.Manifest(name, ""); err == nil {
			folder.Check(t.Context(), m) // it finds damage, or nothing
		}
	})
}
