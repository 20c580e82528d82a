package eval_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/eval"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/search/searchtest"
)

// abbreviation is a line of XUNWEN_CORPORA/abbreviations.jsonl.
type abbreviation struct{ Abbr, Full string }

func abbreviations(t *testing.T) []abbreviation {
	f, err := os.Open(filepath.Join(corpora(t), "abbreviations.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []abbreviation
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var a abbreviation
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// openWithSynonyms opens the current generation of dir as if it had been built with
// some files of synonyms.
func openWithSynonyms(t *testing.T, dir string, files ...string) search.Engine {
	f := generation.In(dir)
	c, err := f.Current()
	if err != nil {
		t.Fatal(err)
	}
	m, s, err := index.ReadManifest(f, c)
	if err != nil {
		t.Fatal(err)
	}
	dictionaries := t.TempDir()
	if err := os.CopyFS(dictionaries, os.DirFS(filepath.Join(f.Dir(c.Name), index.AnalyzerDir))); err != nil {
		t.Fatal(err)
	}
	if err := analyzer.InstallSynonyms(dictionaries, files...); err != nil {
		t.Fatal(err)
	}
	words, err := analyzer.Open(dictionaries)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(words.Close)
	const cache = 256 << 20 // bytes
	opened, err := index.OpenFiles(f.Dir(c.Name), m, s, words, cache)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	return bareEngine{opened.Engine}
}

// bareEngine is the engine of a generation without completions.
type bareEngine struct{ *engine.Engine }

func (bareEngine) Complete(context.Context, search.CompletionRequest) ([]search.Completion, error) {
	return nil, nil
}

func (bareEngine) Generation() string { return "" }

// TestEvalSynonyms measures what the full names of 1,103 abbreviations add as
// synonyms: to the abbreviations, and to queries that happen to contain one.
func TestEvalSynonyms(t *testing.T) {
	l := corpusIndex(t, "untitled", withoutTitle, "webnews", "broadcast")
	var lines strings.Builder
	for _, a := range abbreviations(t) {
		lines.WriteString(a.Abbr + " => " + a.Full + "\n")
	}
	for _, c := range []struct{ name, lines string }{{"without", ""}, {"with", lines.String()}} {
		e := openWithSynonyms(t, l.dir, buildtest.File(t, "synonyms.txt", c.lines))
		evalAbbreviations(t, c.name, e)
		for _, set := range eval.Summarize(measure(t, e, goldQueries(t, "webnews"))) {
			t.Logf("%s synonyms: %s MRR@10 %.4f of %d", c.name, set.Set, set.MRR.Mean, set.Queries)
		}
	}
}

// evalAbbreviations searches for each abbreviation as a word.
func evalAbbreviations(t *testing.T, name string, e search.Engine) {
	all := abbreviations(t)
	var full, foundFull, hits, rightHits int
	var ofFull, ofAbbr float64 // reciprocal ranks
	for _, a := range all {
		inAbbr, inFull := containing(t, e, a.Abbr), containing(t, e, a.Full)
		full += len(inFull)
		rank, firstAbbr, firstFull := 0, 0, 0
		r := search.Request{Query: &query.Word{Text: a.Abbr}, Size: search.MaxSize, Uncollapsed: true}
		searchtest.Walk(t, e, r, func(res search.Response) bool {
			for _, h := range res.Hits {
				rank++
				id := h.Article.ID
				if inFull[id] {
					foundFull++
				}
				if inFull[id] || inAbbr[id] {
					rightHits++
				}
				if firstFull == 0 && inFull[id] {
					firstFull = rank
				}
				if firstAbbr == 0 && inAbbr[id] {
					firstAbbr = rank
				}
			}
			return true
		})
		hits += rank
		ofFull += reciprocal(firstFull)
		ofAbbr += reciprocal(firstAbbr)
	}
	n := float64(len(all))
	t.Logf("%s synonyms: of %d articles with a full name %.3f are found by its abbreviation; "+
		"MRR@10 of the first %.3f, of the first with the abbreviation %.3f; %.3f of %d hits contain either",
		name, full, float64(foundFull)/float64(full), ofFull/n, ofAbbr/n, float64(rightHits)/float64(hits), hits)
	if name == "with" && foundFull < full {
		t.Errorf("%d articles with a full name are not found by its abbreviation", full-foundFull)
	}
}

// reciprocal returns 1/rank for a rank from 1 to 10, else 0.
func reciprocal(rank int) float64 {
	if rank < 1 || rank > 10 {
		return 0
	}
	return 1 / float64(rank)
}

// containing returns the articles that contain a text.
func containing(t *testing.T, e search.Engine, text string) map[string]bool {
	found := map[string]bool{}
	r := search.Request{Query: &query.Phrase{Text: text}, Size: search.MaxSize, Uncollapsed: true}
	searchtest.Walk(t, e, r, func(res search.Response) bool {
		for _, h := range res.Hits {
			found[h.Article.ID] = true
		}
		return true
	})
	return found
}
