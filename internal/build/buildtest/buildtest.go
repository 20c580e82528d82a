// Package buildtest builds small indexes for the tests of packages that read them. It must
// not import a package that serves an index. All of it is in this file.
package buildtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/generation"
	"xunwen/internal/news"
)

// Text returns an article of body paragraphs.
func Text(id, title string, paragraphs ...string) news.Article {
	a := news.Article{ID: id, Title: title}
	for _, p := range paragraphs {
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: p})
	}
	return a
}

// RoundUp is an article with several items, each of a paragraph.
func RoundUp(id string, items ...string) news.Article {
	a := Text(id, "国际简讯")
	for i, text := range items {
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Section: fmt.Sprint("第", i, "条"), Text: text})
	}
	return a
}

// Articles yields the articles of a list, normalised.
func Articles(list ...news.Article) iter.Seq2[*news.Article, error] {
	return func(yield func(*news.Article, error) bool) {
		for i := range list {
			if err := list[i].Normalize(); !yield(&list[i], err) {
				return
			}
		}
	}
}

// Options returns options for an index in dir, with dictionaries that load
// fast. It keeps two generations, and articles in their order, so that tests know their numbers.
func Options(t testing.TB, dir string) build.Options {
	return build.Options{Out: dir, Keep: 2, KeepOrder: true, Dictionaries: analyzertest.Frequent(t)}
}

// New builds an index of a list in a new folder and returns the folder.
func New(t testing.TB, list ...news.Article) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "news")
	Rebuild(t, dir, list...)
	return dir
}

// Rebuild publishes another generation in dir, with the articles of list only.
func Rebuild(t testing.TB, dir string, list ...news.Article) build.Summary {
	t.Helper()
	s, err := build.Index(t.Context(), Options(t, dir), Articles(list...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Append publishes another generation in dir with a list added.
func Append(t testing.TB, dir string, list ...news.Article) build.Summary {
	t.Helper()
	o := Options(t, dir)
	o.Append = true
	s, err := build.Index(t.Context(), o, Articles(list...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Current returns the content of CURRENT.
func Current(t testing.TB, dir string) generation.Current {
	t.Helper()
	c, err := generation.In(dir).Current()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// CurrentDir returns the folder of the published generation.
func CurrentDir(t testing.TB, dir string) string {
	t.Helper()
	return filepath.Join(dir, Current(t, dir).Name)
}

// File writes a file in a new folder and returns its path.
func File(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	Write(t, path, []byte(content))
	return path
}

// Write replaces the content of a file.
func Write(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Read returns the content of a file.
func Read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Generated makes n articles of four paragraphs, always the same. Their words are as frequent as
// those of a language (Zipf), and an article repeats some.
func Generated(n int) []news.Article {
	r := rand.New(rand.NewPCG(20, 26))
	words := make([]string, 4000)
	for i := range words {
		words[i] = string([]rune{'一' + r.Int32N(900)*3, '一' + r.Int32N(900)*3})
	}
	zipf := rand.NewZipf(r, 1.1, 8, uint64(len(words)-1))
	list := make([]news.Article, n)
	for i := range list {
		topic := words[r.IntN(len(words))]
		text := func(length int) string {
			var b strings.Builder
			for range length {
				if word := words[zipf.Uint64()]; r.IntN(20) > 0 {
					b.WriteString(word)
				} else {
					b.WriteString(topic + "，")
				}
			}
			return b.String() + "。"
		}
		list[i] = Text(fmt.Sprintf("generated-%05d", i), text(8), text(90), text(70), text(80), text(20))
		list[i].Date = fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i/12%28)
		list[i].Publication = []string{"日报", "晚报"}[i%2]
	}
	return list
}
