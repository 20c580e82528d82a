package build_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/segment"
	"xunwen/internal/source"
)

// postings are the frequencies of terms, by field, term and document.
type postings map[string]map[string]map[uint32]int

func (p postings) add(field, term string, doc uint32, times int) {
	if p[field] == nil {
		p[field] = map[string]map[uint32]int{}
	}
	if p[field][term] == nil {
		p[field][term] = map[uint32]int{}
	}
	p[field][term][doc] += times
}

// countSlowly counts the terms of articles as the documentation of the fields says.
func countSlowly(words *analyzer.Analyzer, articles []news.Article) postings {
	out := postings{}
	doc := uint32(0)
	analyze := func(text string, boosted int, wordField, gramField string) {
		folded := words.FoldString(text)
		end := len(folded)
		if runes := []rune(folded); boosted < len(runes) {
			end = len(string(runes[:boosted]))
		}
		add := func(field string) func(analyzer.Token) {
			return func(t analyzer.Token) {
				out.add(field, t.Term, doc, 1)
				if t.Start < end {
					out.add(field, t.Term, doc, 1)
				}
			}
		}
		if wordField != "" {
			for _, t := range words.Words(folded) {
				add(wordField)(t)
			}
		}
		for _, t := range analyzer.Grams(folded) {
			add(gramField)(t)
		}
		analyzer.EachJointGram(folded, add(gramField))
	}
	for i, a := range articles {
		document := func(number int, values map[string]string) {
			out.add("_id", index.DocumentID(i, number), doc, 1)
			values[engine.Date], values[engine.Publication], values[engine.Page] = a.Date, a.Publication, a.Page
			values[engine.PageName], values[engine.Source], values[engine.Byline] = a.PageName, a.Source, a.Byline
			for field, value := range values {
				if value != "" {
					out.add(field, value, doc, 1)
				}
			}
			doc++
		}
		for _, text := range []string{a.Title, a.Kicker, a.Subtitle} {
			analyze(text, 0, engine.Words, engine.Grams)
		}
		for _, name := range engine.BylineNames(words, a.Byline) {
			out.add(engine.BylineName, name, doc, 1)
		}
		document(0, map[string]string{engine.ArticleID: a.ID})
		boosted := 200
		for n, p := range a.Paragraphs {
			own := 0
			if p.Kind == news.Body || p.Kind == "" {
				own = boosted
				boosted = max(boosted-utf8.RuneCountInString(p.Text), 0)
			}
			analyze(p.Text, own, engine.Words, engine.Grams)
			if p.Section != "" {
				analyze(p.Section, 0, "", engine.SectionGrams)
			}
			document(n+1, map[string]string{engine.Kind: string(p.Kind), engine.Section: p.Section})
		}
	}
	return out
}

// segmentFile returns the file of the only segment of an index.
func segmentFile(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", index.VolumesDir, "*", index.BleveDir, "store", "*.zap"))
	if err != nil || len(files) != 1 {
		t.Fatalf("segments: %v (%v)", files, err)
	}
	return files[0]
}

// readPostings reads all posting lists of an index.
func readPostings(t *testing.T, dir string) postings {
	t.Helper()
	s, err := segment.Open(segmentFile(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	out := postings{}
	var c segment.Cursor
	for _, f := range s.Fields() {
		it := f.Terms("", "")
		for it.Next() {
			docs, frequencies, err := it.Term().Append(nil, nil, &c)
			if err != nil {
				t.Fatal(err)
			}
			for i, doc := range docs {
				out.add(f.Name(), string(it.Bytes()), doc, int(frequencies[i]))
			}
		}
		if it.Err() != nil {
			t.Fatal(it.Err())
		}
	}
	return out
}

// randomArticles returns articles with all kinds of paragraphs and values, texts with joiners,
// runs of letters and digits and characters of other planes, and empty and long ones.
func randomArticles(n int) []news.Article {
	r := rand.New(rand.NewPCG(7, 8))
	parts := []string{"渡口", "青禾大桥", "里亚布科夫", "北约东扩", "，", "。", " ", "iPhone 15 Pro", "C-919", "哈利·波特", "九·一八", "5,999元",
		"第17号", "AT&T", "3.14", "𠮷野家", "的", "了", "“对话”", "１２日", "COVID-19", "…", "state-of-the-art", "é", "ⅳ"}
	text := func(most int) string {
		var b strings.Builder
		for range r.IntN(most + 1) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		return b.String()
	}
	kinds := []news.Kind{news.Body, "", news.Body, "caption"}
	articles := make([]news.Article, n)
	for i := range articles {
		a := &articles[i]
		*a = news.Article{ID: fmt.Sprint("a", r.IntN(1<<30)), Title: "题" + text(4), Kicker: text(1), Subtitle: text(2),
			Date: fmt.Sprintf("2026-03-%02d", 1+r.IntN(28)), Publication: text(1), Page: text(1), PageName: text(1),
			Source: text(1), Byline: text(2)}
		for range r.IntN(5) {
			p := news.Paragraph{Kind: kinds[r.IntN(len(kinds))], Section: text(2), Text: text(30) + "字"}
			if r.IntN(50) == 0 {
				p.Text = strings.Repeat(p.Text, 300)
			}
			a.Paragraphs = append(a.Paragraphs, p)
		}
	}
	return articles
}

func sampleArticles(t *testing.T) []news.Article {
	t.Helper()
	inputs, err := source.Expand([]string{"../../samples/articles.jsonl", "../../samples/pages"})
	if err != nil {
		t.Fatal(err)
	}
	var out []news.Article
	for e, err := range source.Read(t.Context(), inputs, source.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Article != nil {
			out = append(out, *e.Article)
		}
	}
	return out
}

// TestPostingsAreThoseOfTheTexts checks every frequency of every term of every field, and that
// the budget of memory changes nothing in the segment.
func TestPostingsAreThoseOfTheTexts(t *testing.T) {
	t.Parallel()
	for name, articles := range map[string][]news.Article{"random": randomArticles(200), "samples": sampleArticles(t)} {
		for i := range articles {
			if err := articles[i].Normalize(); err != nil {
				t.Fatal(err)
			}
		}
		var segments [][]byte
		for _, memory := range []int64{0, int64(len(articles)) * build.ArticleMemory} {
			o := buildtest.Options(t, filepath.Join(t.TempDir(), "news"))
			o.Memory = memory
			if _, err := build.Index(t.Context(), o, buildtest.Articles(articles...)); err != nil {
				t.Fatal(err)
			}
			file, err := os.ReadFile(segmentFile(t, o.Out))
			if err != nil {
				t.Fatal(err)
			}
			if segments = append(segments, file); len(segments) > 1 {
				continue
			}
			got, want := readPostings(t, o.Out), countSlowly(openFrequent(t), articles)
			if fields, wanted := fieldsOf(got), fieldsOf(want); !slices.Equal(fields, wanted) {
				t.Errorf("%s: fields %v, want %v", name, fields, wanted)
			}
			for field, terms := range want {
				for term, docs := range terms {
					if !maps.Equal(got[field][term], docs) {
						t.Errorf("%s: %s:%q is in %v, want %v", name, field, term, got[field][term], docs)
					}
				}
				if len(got[field]) != len(terms) {
					t.Errorf("%s: %s has %d terms, want %d", name, field, len(got[field]), len(terms))
				}
			}
		}
		if !bytes.Equal(segments[0], segments[1]) {
			t.Errorf("%s: another budget of memory gives another segment", name)
		}
	}
}

func fieldsOf(p postings) []string { return slices.Sorted(maps.Keys(p)) }

func openFrequent(t *testing.T) *analyzer.Analyzer {
	t.Helper()
	dir := t.TempDir()
	if err := analyzer.InstallFrom(analyzertest.Frequent(t), dir, ""); err != nil {
		t.Fatal(err)
	}
	words, err := analyzer.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(words.Close)
	return words
}

// TestCancelledIndexingLeavesNothing cancels a build while its workers index, and when only
// the segment is to be written.
func TestCancelledIndexingLeavesNothing(t *testing.T) {
	t.Parallel()
	articles := randomArticles(100)
	for _, at := range []int{1, len(articles)} {
		ctx, cancel := context.WithCancel(t.Context())
		o := buildtest.Options(t, filepath.Join(t.TempDir(), "news"))
		o.Progress = func(p build.Progress) {
			if p.Phase == "index" && p.Done == at {
				cancel()
			}
		}
		if _, err := build.Index(ctx, o, buildtest.Articles(articles...)); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d articles: %v", at, err)
		}
		left, err := os.ReadDir(o.Out)
		if err != nil || len(left) != 1 || left[0].Name() != "lock" {
			t.Errorf("cancelled after %d articles: %v is left (%v)", at, left, err)
		}
	}
}
