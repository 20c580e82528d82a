package index

import (
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/generation"
	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// quiet drops what is logged.
var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// articles yields the articles of a list, normalised.
func articles(list ...news.Article) iter.Seq2[*news.Article, error] {
	return func(yield func(*news.Article, error) bool) {
		for i := range list {
			if err := list[i].Normalize(); !yield(&list[i], err) {
				return
			}
		}
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
	s, err := Build(t.Context(), BuildOptions{Out: dir, Keep: 2, Dictionaries: analyzertest.Frequent(t), Log: quiet}, articles(list...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t *testing.T, dir string) *Live {
	t.Helper()
	l := OpenLive(t.Context(), dir, LiveOptions{Log: quiet})
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
