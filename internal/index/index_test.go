package index

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// quiet drops what is logged.
var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// leastFrequent is how often jieba's dictionary counts a word at least that most
// indexes of these tests are cut with: 12,000 of 349,000, which load at once.
// What is tested here is how an index lives, and what it lives with is as real.
const leastFrequent = 500

// readFrequent reads the program's own dictionaries, of the main one the frequent
// words alone. The weights, which nothing but a check reads, are one.
var readFrequent = sync.OnceValues(func() (fs.FS, error) {
	dir, err := os.MkdirTemp("", "dictionaries-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // all of it is read by then
	if err := analyzer.Install(dir, ""); err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range []string{"TSCharacters.txt", "hmm_model.utf8", "user.dict.utf8", "stop_words.utf8", "jieba.dict.utf8"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	var words strings.Builder
	for line := range strings.Lines(string(out["jieba.dict.utf8"].Data)) {
		if columns := strings.Fields(line); len(columns) > 1 {
			if n, err := strconv.Atoi(columns[1]); err == nil && n >= leastFrequent {
				words.WriteString(line)
			}
		}
	}
	out["jieba.dict.utf8"] = &fstest.MapFile{Data: []byte(words.String())}
	out["idf.utf8"] = &fstest.MapFile{Data: []byte("新闻 5\n")}
	return out, nil
})

// frequent returns the dictionaries of frequent words.
func frequent(t *testing.T) fs.FS {
	t.Helper()
	dictionaries, err := readFrequent()
	if err != nil {
		t.Fatal(err)
	}
	return dictionaries
}

// articles returns a Reader of articles.
func articles(list ...news.Article) Reader {
	return func(_ context.Context, emit func(*news.Article) error) error {
		for i := range list {
			if err := list[i].Normalize(); err != nil {
				return err
			}
			if err := emit(&list[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

func text(id, title string, paragraphs ...string) news.Article {
	a := news.Article{ID: id, Title: title}
	for _, p := range paragraphs {
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: p})
	}
	return a
}

// write writes a file of its own folder and returns its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// build builds an index of list in a new folder and returns the folder.
func build(t *testing.T, list ...news.Article) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "news")
	rebuild(t, dir, list...)
	return dir
}

// folder returns how texts are folded by the dictionaries that build installs.
func folder(t *testing.T) textnorm.Folder {
	t.Helper()
	f, err := analyzer.NewFolder()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func rebuild(t *testing.T, dir string, list ...news.Article) Summary {
	t.Helper()
	s, err := Build(t.Context(), BuildOptions{Out: dir, Keep: 2, Dictionaries: frequent(t), Log: quiet}, articles(list...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t *testing.T, dir string) *Live {
	t.Helper()
	l := OpenLive(dir, LiveOptions{Log: quiet})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// openBuilt builds an index of list and opens its generation.
func openBuilt(t *testing.T, list ...news.Article) *opened {
	t.Helper()
	f := generation.In(build(t, list...))
	c, err := f.Current()
	if err != nil {
		t.Fatal(err)
	}
	g, err := openGeneration(t.Context(), f, c, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.close(); err != nil {
			t.Error(err)
		}
	})
	return g
}
