package build_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/index"
	"xunwen/internal/news"
)

// volumeFiles returns the files of the last volume of the published generation by their names.
func volumeFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	volumes, err := filepath.Glob(filepath.Join(buildtest.CurrentDir(t, dir), index.VolumesDir, "*"))
	if err != nil || len(volumes) != 2 {
		t.Fatalf("volumes %v (%v), want 2", volumes, err)
	}
	out := map[string][]byte{}
	err = filepath.WalkDir(volumes[1], func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out[filepath.Base(path)] = buildtest.Read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestVolumesOfPostingLists checks that a volume that is made of the posting lists of others, with
// deleted and new articles, equals one that is made of the texts.
func TestVolumesOfPostingLists(t *testing.T) {
	t.Parallel()
	all := randomArticles(180)
	corrected := append([]news.Article{all[151], all[9], all[155]}, all[160:175]...)
	clock := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)
	o := buildtest.Options(t, filepath.Join(t.TempDir(), "news"))
	o.Append, o.Now = true, func() time.Time { clock = clock.Add(time.Second); return clock }
	for _, list := range [][]news.Article{all[:135], all[135:160]} { // a volume each
		if _, err := build.Index(t.Context(), o, buildtest.Articles(list...)); err != nil {
			t.Fatal(err)
		}
	}
	before := o.Out
	for _, last := range [][]news.Article{all[160:], corrected, nil} {
		var want map[string][]byte
		for _, least := range []int{1 << 20, 1} {
			o := o.ByLists(least)
			o.Out = copyOf(t, before)
			var err error
			if last != nil {
				_, err = build.Index(t.Context(), o, buildtest.Articles(last...))
			} else { // the volume has too many deleted articles then
				var ids []string
				for _, a := range all[137:152] {
					ids = append(ids, a.ID)
				}
				_, err = build.Remove(t.Context(), o, ids)
			}
			if err != nil {
				t.Fatal(err)
			}
			got := volumeFiles(t, o.Out)
			if least > 1 {
				want = got
				continue
			}
			for name, content := range want {
				if name != "root.bolt" && !bytes.Equal(got[name], content) {
					t.Errorf("%s of %d bytes differs from one of %d bytes", name, len(got[name]), len(content))
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d files, want %d", len(got), len(want))
			}
			if r, err := index.Verify(t.Context(), o.Out, true); err != nil || len(r.Damage) > 0 {
				t.Errorf("damage: %v (%v)", r.Damage, err)
			}
		}
	}
}
