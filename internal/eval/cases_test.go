package eval_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// A case is a query, some texts, and which of them the query must find and no
// others: Want numbers them from 1. A text is a string or an article record.
type findCase struct {
	Kind  string            `json:"kind"`
	Query string            `json:"query"`
	Texts []json.RawMessage `json:"texts"`
	Want  []int             `json:"want"`
}

func readCases(t *testing.T, path string) []findCase {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []findCase
	for d := json.NewDecoder(bytes.NewReader(b)); d.More(); {
		var c findCase
		if err := d.Decode(&c); err != nil {
			t.Fatalf("%s, case %d: %v", path, len(out)+1, err)
		}
		out = append(out, c)
	}
	return out
}

// articles returns the texts as articles, whose ids are their numbers.
func (c findCase) articles(t *testing.T) []news.Article {
	t.Helper()
	var out []news.Article
	for i, raw := range c.Texts {
		var text string
		var record struct {
			news.Article
			Text string `json:"text"`
		}
		if raw[0] == '"' {
			if err := json.Unmarshal(raw, &text); err != nil {
				t.Fatal(err)
			}
		} else if err := json.Unmarshal(raw, &record); err != nil {
			t.Fatal(err)
		}
		a := record.Article
		a.ID = strconv.Itoa(i + 1)
		if text += record.Text; text != "" {
			a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: text})
		}
		out = append(out, a)
	}
	return out
}

// found searches for the query of a case under a filter and returns the numbers of
// what it finds; prefix is what their ids begin with.
func (c findCase) found(t *testing.T, e search.Engine, filter search.Filter, prefix string) ([]int, error) {
	node, err := query.Parse(c.Query)
	if err != nil {
		return nil, err
	}
	r := search.Request{Query: node, By: search.ByArticle, Size: search.MaxSize, Uncollapsed: true, Filter: filter}
	res, err := e.Search(t.Context(), r)
	if err != nil {
		return nil, err
	}
	if res.Total != len(res.Hits) {
		return nil, fmt.Errorf("total %d with %d hits", res.Total, len(res.Hits))
	}
	out := []int{}
	for _, h := range res.Hits {
		n, err := strconv.Atoi(h.Article.ID[len(prefix):])
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return out, nil
}

func (c findCase) check(t *testing.T, e search.Engine, filter search.Filter, prefix string) bool {
	t.Helper()
	found, err := c.found(t, e, filter, prefix)
	if err != nil {
		t.Errorf("%s: %s: %v", c.Kind, c.Query, err)
		return false
	}
	if !slices.Equal(found, c.Want) {
		t.Errorf("%s: %s finds %v of %s, want %v", c.Kind, c.Query, found, c.Texts, c.Want)
		return false
	}
	return true
}

// TestCases runs the cases of testdata/cases.jsonl, all in one index: the articles of
// each are of one day, and a search of them is filtered by it.
func TestCases(t *testing.T) {
	cases := readCases(t, filepath.Join("testdata", "cases.jsonl"))
	day := func(i int) string { return time.Date(2001, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }
	prefix := func(i int) string { return fmt.Sprintf("%d-", i+1) }
	var all []news.Article
	for i, c := range cases {
		for _, a := range c.articles(t) {
			a.ID, a.Date = prefix(i)+a.ID, day(i)
			all = append(all, a)
		}
	}
	l := open(t, buildtest.New(t, all...))
	for i, c := range cases {
		c.check(t, l, search.Filter{From: day(i), To: day(i)}, prefix(i))
	}
}

// TestEvalCases runs the cases of the file XUNWEN_CASES, each in an index of its own
// with the program's dictionaries.
func TestEvalCases(t *testing.T) {
	path := os.Getenv("XUNWEN_CASES")
	if path == "" {
		t.Skip("XUNWEN_CASES is not set")
	}
	right, all := map[string]int{}, map[string]int{}
	var kinds []string
	for _, c := range readCases(t, path) {
		dir := filepath.Join(t.TempDir(), "news")
		articles := buildtest.Articles(c.articles(t)...)
		if _, err := build.Index(t.Context(), build.Options{Out: dir, Keep: 1}, articles); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(kinds, c.Kind) {
			kinds = append(kinds, c.Kind)
		}
		all[c.Kind]++
		if c.check(t, open(t, dir), search.Filter{}, "") {
			right[c.Kind]++
		}
	}
	for _, kind := range kinds {
		t.Logf("%s: %d of %d right", kind, right[kind], all[kind])
	}
}
