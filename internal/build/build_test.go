package build_test

import (
	"log/slog"

	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/live"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// published returns the content of CURRENT, which covers the digest of every file, after
// verifying the files.
func published(t *testing.T, dir string) generation.Current {
	t.Helper()
	c := buildtest.Current(t, dir)
	f := generation.In(dir)
	m, err := f.Manifest(c.Name, c.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Check(t.Context(), m); err != nil {
		t.Error(err)
	}
	return c
}

func count(t *testing.T, e search.Engine, word string) int {
	t.Helper()
	r, err := e.Search(t.Context(),
		search.Request{Query: &query.Word{Text: word}, By: search.ByArticle, Size: 1, Uncollapsed: true})
	if err != nil {
		t.Fatal(err)
	}
	return r.Total
}

func TestFailedBuildChangesNothing(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "", "青禾大桥合龙。"))
	before := published(t, dir)
	broken := errors.New("the reader broke")
	half := buildtest.Text("b", "", "半篇。")
	ctx, cancel := context.WithCancel(t.Context())
	for _, c := range []struct {
		name string
		ctx  context.Context
		read iter.Seq2[*news.Article, error]
		want error
	}{
		{"reader", t.Context(), func(yield func(*news.Article, error) bool) {
			if yield(&half, nil) {
				yield(nil, broken)
			}
		}, broken},
		{"empty", t.Context(), func(func(*news.Article, error) bool) {}, build.ErrEmpty},
		{"cancelled", ctx, func(yield func(*news.Article, error) bool) {
			cancel()
			yield(&half, nil)
		}, context.Canceled},
	} {
		if _, err := build.Index(c.ctx, build.Options{Out: dir, Keep: 1, Dictionaries: analyzertest.Frequent(t)},
			c.read); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if after := published(t, dir); after != before {
			t.Errorf("%s: the published generation changed", c.name)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "*.tmp")); err != nil || len(left) > 0 {
			t.Errorf("%s: %v is left (%v)", c.name, left, err)
		}
	}
}

func TestInvalidUserDictionaryIsNamed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "words.txt")
	if err := os.WriteFile(file, []byte("青禾大桥 100 n\n雾岭 many n\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := build.Index(t.Context(),
		build.Options{Out: filepath.Join(t.TempDir(), "news"), UserDict: file,
			Dictionaries: analyzertest.Frequent(t)}, buildtest.Articles(buildtest.Text("a", "题")))
	if err == nil || !strings.Contains(err.Error(), file+":2: ") {
		t.Errorf("the error does not name file and line: %v", err)
	}
}

func TestLaterRecordReplacesEarlier(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "news")
	s := buildtest.Rebuild(t, dir, buildtest.Text("a", "旧题", "旧文。"), buildtest.Text("b", "别的"),
		buildtest.Text("a", "新题", "新文。", "两段。"))
	if s.Articles != 2 || s.Paragraphs != 2 || s.Replaced != 1 {
		t.Errorf("summary %+v", s)
	}
	l := open(t, dir)
	if count(t, l, "旧题") != 0 || count(t, l, "新题") != 1 {
		t.Error("the earlier record is still found, or the later is not")
	}
}

// TestAnotherFormatIsRejected checks that an index of another format version is neither
// served nor appended to, and that the error says what to do.
func TestAnotherFormatIsRejected(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题"))
	f := generation.In(dir)
	draft, err := f.Begin(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	buildtest.Write(t, filepath.Join(draft.Dir, index.ColumnsFile), []byte("as it was then"))
	m := &generation.Manifest{Format: index.FormatVersion - 1, Settings: []byte(`{}`), Sources: []generation.Source{}}
	if err := draft.Publish(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	words := filepath.Join(t.TempDir(), "words.txt")
	buildtest.Write(t, words, []byte("禤以汀\n"))
	_, adding := build.Index(t.Context(), build.Options{Out: dir, Append: true, Dictionaries: analyzertest.Frequent(t)},
		buildtest.Articles(buildtest.Text("b", "题")))
	_, addingWords := build.Index(t.Context(),
		build.Options{Out: dir, Append: true, UserDict: words,
			Dictionaries: analyzertest.Frequent(t)}, buildtest.Articles(buildtest.Text("b", "题")))
	for name, err := range map[string]error{"adding": adding, "adding with words": addingWords} {
		if !errors.Is(err, generation.ErrFormat) ||
			!strings.Contains(err.Error(), "build it again with indexer build --out "+dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var log strings.Builder
	e := live.Open(t.Context(), dir, live.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	defer e.Close()
	if e.Generation() == draft.Name || !strings.Contains(log.String(), "build it again with indexer build") {
		t.Errorf("serving %s: %s", e.Generation(), log.String())
	}
}

func TestSecondBuildIsRejected(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "news")
	_, err := build.Index(t.Context(), build.Options{Out: dir, Dictionaries: analyzertest.Frequent(t)},
		func(yield func(*news.Article, error) bool) {
			if _, err := build.Index(t.Context(), build.Options{Out: dir, Dictionaries: analyzertest.Frequent(t)},
				buildtest.Articles(buildtest.Text("b", "题"))); !errors.Is(err, generation.ErrBusy) {
				t.Errorf("the second build: %v", err)
			}
			a := buildtest.Text("a", "题")
			yield(&a, nil)
		})
	if err != nil {
		t.Fatal(err)
	}
}

func TestKeepAndLeftovers(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "news")
	now := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC)
	for i := range 4 {
		if i == 3 {
			// Left by killed builds (the second was almost published), and files of others.
			pending := "20260312T080000-9 " + strings.Repeat("0", 64) + "\n"
			if err := os.WriteFile(filepath.Join(dir, "CURRENT.tmp"), []byte(pending), 0o644); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"20260101T000000.tmp", "20260312T080000-9", "notes.tmp"} {
				if err := os.MkdirAll(filepath.Join(dir, name, "bleve"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
		}
		_, err := build.Index(t.Context(),
			build.Options{Out: dir, Keep: 2, Dictionaries: analyzertest.Frequent(t),
				Now: func() time.Time { return now }}, buildtest.Articles(buildtest.Text("a", fmt.Sprint("第", i, "版"))))
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := index.List(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || !list[0].Current || list[0].Name != "20260312T080000-4" ||
		list[1].Name != "20260312T080000-3" {
		t.Errorf("generations: %+v", list)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 5 { // two generations, CURRENT, lock, notes.tmp
		t.Errorf("the folder has %v", entries)
	}
}

// TestWorkers checks that articles which several workers index answer like those of one.
func TestWorkers(t *testing.T) {
	t.Parallel()
	const articles = 200
	filler := strings.Repeat("船工说，江上的雾他看了四十年。", 3*build.WorkerText/articles/45)
	var list []news.Article
	for i := range articles {
		list = append(list, buildtest.Text(fmt.Sprintf("n%04d", i), "", fmt.Sprintf("第%d号公报说，渡口开放。", i), filler))
	}
	l := open(t, buildtest.New(t, list...))
	if got := count(t, l, "渡口"); got != len(list) {
		t.Errorf("渡口 is found %d times in %d articles", got, len(list))
	}
	for _, i := range []int{0, articles/2 - 1, articles / 2, articles - 1} {
		a, err := l.Article(t.Context(), search.ArticleRequest{ID: list[i].ID})
		if err != nil || a.Article.Paragraphs[0].Text != list[i].Paragraphs[0].Text {
			t.Errorf("article %d: %v (%v)", i, a.Article, err)
		}
	}
}
