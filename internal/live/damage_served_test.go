package live

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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

// TestDamageWhileServing damages files of the served generation, each in turn and in several
// ways. No request crashes, and each answer is correct or ErrDamaged.
func TestDamageWhileServing(t *testing.T) {
	t.Parallel()
	var list []news.Article
	for i := range 300 {
		list = append(list, buildtest.Text(string(rune('一'+i)), "", strings.Repeat("青禾渡口今天开放。", 20)))
	}
	dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"))
	old := buildtest.Current(t, dir).Name
	damaged := buildtest.Rebuild(t, dir, list...).Generation
	segment := segmentOf(t, dir)
	volume := filepath.Dir(filepath.Dir(filepath.Dir(segment)))
	for _, path := range []string{segment, filepath.Join(volume, index.RecordsDir, record.File),
		filepath.Join(volume, index.ColumnsFile)} {
		whole := buildtest.Read(t, path)
		for name, bad := range map[string][]byte{
			"truncated to nothing": nil,
			"truncated to half":    whole[:len(whole)/2],
			"scrambled":            scrambled(whole),
			"zeros":                make([]byte, len(whole)),
		} {
			t.Run(filepath.Base(path)+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := watch(t, dir)
					if count(t, w, "渡口") != len(list) {
						t.Fatal("the undamaged generation does not answer")
					}
					buildtest.Write(t, path, bad)
					defer buildtest.Write(t, path, whole)
					r, err := w.Search(t.Context(), search.Request{Query: &query.Phrase{Text: "青禾渡口"}, Size: 10})
					if !errors.Is(err, search.ErrDamaged) && (err != nil || r.Generation != old) {
						t.Errorf("over a damaged file: %d hits, %v", r.Total, err)
					}
					if w.Generation() == damaged {
						t.Error("the damaged generation is reported as served")
					}
					if log := w.look(t, 0); !strings.Contains(log, "was damaged") {
						t.Errorf("the log does not report it: %s", log)
					}
					if w.Generation() != old || count(t, w, "渡口") != 1 {
						t.Errorf("%q is served instead of the damaged one, want %q", w.Generation(), old)
					}
				})
			})
		}
	}
}

// TestDamagedPageWhileServing changes pages of a segment without changing the file's time, as
// a failing disk does: what is read from a page is ErrDamaged, and the generation ends.
func TestDamagedPageWhileServing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	text := make([]rune, 40_000)
	for i := range text {
		text[i] = '一' + r.Int32N(3000)
	}
	var list []news.Article
	for part := range slices.Chunk(text, 400) {
		list = append(list, buildtest.Text(string(part[:4]), "", string(part)))
	}
	dir := buildtest.New(t, list...)
	segment := segmentOf(t, dir)
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, dir)
		info, err := os.Stat(segment)
		if err != nil {
			t.Fatal(err)
		}
		bad := buildtest.Read(t, segment)
		for middle := 1 << 15; middle < len(bad); middle += 1 << 16 { // of each page
			bad[middle] ^= 1
		}
		buildtest.Write(t, segment, bad)
		if err := os.Chtimes(segment, info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
		for i := 0; err == nil && i+2 <= len(text); i += 7 {
			_, err = w.Search(t.Context(), search.Request{Query: &query.Phrase{Text: string(text[i : i+2])}, Size: 1})
		}
		if !errors.Is(err, search.ErrDamaged) || !strings.Contains(err.Error(), "page") {
			t.Errorf("error %v, want one for a page", err)
		}
		if w.Generation() != "" {
			t.Error("the damaged generation is reported as served")
		}
	})
}

// TestTouchedFileIsServed checks that a file whose content didn't change is verified and
// still served.
func TestTouchedFileIsServed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"))
		w := watch(t, dir)
		w.look(t, time.Minute) // nothing reads the file while it is written
		segment := segmentOf(t, dir)
		buildtest.Write(t, segment, buildtest.Read(t, segment))
		if count(t, w, "渡口") != 1 {
			t.Error("a file with the same content counts as damaged")
		}
	})
}

// TestRemovedGenerationIsServed checks that a generation whose folder was removed still
// answers from its open files.
func TestRemovedGenerationIsServed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"))
		w := watch(t, dir)
		if err := os.RemoveAll(buildtest.CurrentDir(t, dir)); err != nil {
			t.Fatal(err)
		}
		w.look(t, 0)
		if count(t, w, "渡口") != 1 {
			t.Error("it stopped")
		}
	})
}

// TestBytesChangeWhileServing changes random bytes of the served segments while all kinds of
// queries run. Readers of the segments can fail on them, and each answer is correct or
// ErrDamaged.
func TestBytesChangeWhileServing(t *testing.T) {
	var list []news.Article
	for i := range 60 {
		list = append(list, buildtest.Text(string(rune('一'+i)), "青禾c919", strings.Repeat("渡口今天开放c91。", 1+i%5)))
	}
	dir := buildtest.New(t, list...)
	segment := segmentOf(t, dir)
	whole := buildtest.Read(t, segment)
	random := rand.New(rand.NewPCG(9, 11))
	const rounds, bytesChanged = 6, 64
	for range rounds {
		w := open(t, dir)
		bad := bytes.Clone(whole)
		for range bytesChanged {
			bad[random.IntN(len(bad))] ^= byte(1 + random.IntN(255))
		}
		buildtest.Write(t, segment, bad)
		for _, q := range []query.Node{&query.Word{Text: "渡口"}, &query.Phrase{Text: "今天开放"}, &query.Prefix{Text: "c9"},
			&query.Phrase{Text: "，"}} {
			r, err := w.Search(t.Context(), search.Request{Query: q, Size: 10, Facets: &search.FacetRequest{}})
			if !errors.Is(err, search.ErrDamaged) {
				t.Errorf("%s over changed bytes: %d hits, %v", q, r.Total, err)
			}
		}
		buildtest.Write(t, segment, whole)
	}
}
