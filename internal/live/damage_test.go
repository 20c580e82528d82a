package live

import (
	"bytes"
	"errors"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/record"
	"xunwen/internal/search"
)

func segmentOf(t *testing.T, dir string) string {
	t.Helper()
	segments, err := filepath.Glob(filepath.Join(buildtest.CurrentDir(t, dir), index.VolumesDir, "*", index.BleveDir,
		"store", "*.zap"))
	if err != nil || len(segments) != 1 {
		t.Fatalf("segments: %v (%v)", segments, err)
	}
	return segments[0]
}

// scrambled returns content with its second half changed.
func scrambled(content []byte) []byte {
	bad := bytes.Clone(content)
	for i := len(bad) / 2; i < len(bad); i++ {
		bad[i] ^= 0x55
	}
	return bad
}

// TestDamagedGenerationIsNotLoaded checks that a damaged new generation isn't served, that
// the previous one stays, and that the new one is loaded once its files are restored.
func TestDamagedGenerationIsNotLoaded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"))
		w := watch(t, dir)
		good := w.Generation()
		buildtest.Rebuild(t, dir, buildtest.Text("a", "", "大桥。"))
		segment := segmentOf(t, dir)
		whole := buildtest.Read(t, segment)
		buildtest.Write(t, segment, scrambled(whole))
		if log := w.look(t, 0); !strings.Contains(log, "SHA-256") ||
			!strings.Contains(log, buildtest.Current(t, dir).Name) ||
			!strings.Contains(log, "indexer verify --index "+dir) {
			t.Errorf("the log does not name the damage: %s", log)
		}
		if log := w.look(t, time.Second); log != "" {
			t.Errorf("the same damage is logged again: %s", log)
		}
		if w.Generation() != good || count(t, w, "渡口") != 1 {
			t.Error("the undamaged generation is no longer served")
		}
		fresh := watch(t, dir)
		if fresh.Generation() != good || count(t, fresh, "渡口") != 1 {
			t.Error("a new server does not serve the undamaged generation")
		}
		buildtest.Write(t, segment, whole)
		w.look(t, retryAfter)
		if count(t, w, "大桥") != 1 {
			t.Error("the restored generation is not loaded")
		}
	})
}

// TestEverythingIsDamaged checks that a server without an undamaged generation is not ready,
// and serves one as soon as its files are restored.
func TestEverythingIsDamaged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"))
		segment := segmentOf(t, dir)
		whole := buildtest.Read(t, segment)
		buildtest.Write(t, segment, scrambled(whole))
		w := watch(t, dir)
		if _, err := w.Search(t.Context(), search.Request{Query: &query.Word{Text: "渡口"}, Size: 1}); !errors.Is(err,
			search.ErrNotReady) {
			t.Errorf("a damaged index answers %v", err)
		}
		buildtest.Write(t, segment, whole)
		w.look(t, retryAfter)
		if count(t, w, "渡口") != 1 {
			t.Error("the restored generation is not loaded")
		}
	})
}

// TestDamageIsFoundInTheBackground flips a bit of the files that are not checked before they are
// served. Each answer is correct or ErrDamaged; the check ends the generation, names the file
// and keeps the generation from being served until the file is restored.
func TestDamageIsFoundInTheBackground(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 7))
	var list []news.Article
	for i := range 300 {
		text := []rune("青禾渡口今天开放，") // the others make a segment of several pages
		for range 100 {
			text = append(text, '一'+random.Int32N(20_000))
		}
		list = append(list, buildtest.Text(string(rune('一'+i)), "", string(text)))
	}
	dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"))
	old := buildtest.Current(t, dir).Name
	flipped := buildtest.Rebuild(t, dir, list...).Generation
	segment := segmentOf(t, dir)
	volume := filepath.Dir(filepath.Dir(filepath.Dir(segment)))
	foundLater := map[string]bool{}
	for _, path := range []string{segment, filepath.Join(volume, index.RecordsDir, record.File),
		filepath.Join(volume, index.SignaturesFile)} {
		whole := buildtest.Read(t, path)
		for range 3 {
			at := random.IntN(len(whole))
			synctest.Test(t, func(t *testing.T) {
				bad := bytes.Clone(whole)
				bad[at] ^= 4
				buildtest.Write(t, path, bad)
				defer buildtest.Write(t, path, whole)
				w := &watched{}
				w.Engine = Open(t.Context(), dir, Options{Log: slog.New(slog.NewTextHandler(&w.log, nil))})
				for _, q := range []query.Node{&query.Word{Text: "渡口"}, &query.Phrase{Text: "，"}} {
					r, err := w.Search(t.Context(), search.Request{Query: q, Size: 10, Facets: &search.FacetRequest{}})
					if err == nil && r.Generation == flipped && r.Total != len(list) ||
						err != nil && !errors.Is(err, search.ErrDamaged) {
						t.Errorf("%s over a flipped bit: %d hits, %v", q, r.Total, err)
					}
				}
				run(t, w.Engine)
				log := w.look(t, time.Minute)
				foundLater[path] = foundLater[path] || strings.Contains(log, "was damaged")
				if !strings.Contains(log, filepath.Base(path)) {
					t.Errorf("the log does not name %s: %s", path, log)
				}
				if w.look(t, time.Minute); w.Generation() != old || count(t, w, "渡口") != 1 {
					t.Errorf("%q is served instead of the damaged one, want %q", w.Generation(), old)
				}
				buildtest.Write(t, path, whole)
				if log := w.look(t, retryMost); w.Generation() != flipped || !w.Status().Checked {
					t.Errorf("%q is served after the file was restored: %s", w.Generation(), log)
				}
			})
		}
		if !foundLater[path] {
			t.Errorf("no damage to %s was found after opening", path)
		}
	}
}

// TestFilesAreCheckedWhileTheyAreServed checks that a generation answers before its files are
// checked, and that the check is logged, counts for the status and ends with the engine.
func TestFilesAreCheckedWhileTheyAreServed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"))
		w := watch(t, dir)
		if w.Status().Checked {
			t.Error("the files are checked at once")
		}
		if count(t, w, "渡口") != 1 {
			t.Error("it does not answer meanwhile")
		}
		if log := w.look(t, time.Minute); !strings.Contains(log, "checked the files") || !w.Status().Checked {
			t.Errorf("the files are not checked: %s", log)
		}
		stopped := Open(t.Context(), dir, Options{})
		if err := stopped.Close(); err != nil {
			t.Error(err)
		}
		if stopped.Status().Checked {
			t.Error("a closed engine has a status")
		}
	})
}
