package searchtest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

//go:embed testdata/*.txtar
var scripts embed.FS

// A script is a txtar archive: articles has records as JSON Lines, synonyms, which is
// optional, the lines of a synonyms file. checks has one check a line; # begins a
// comment:
//
//	find QUERY => a b      by article, uncollapsed, these ids in any order
//	rank QUERY => a b      by article, these ids in this order
//	anywhere QUERY => a b  as find, the words of an operand in any places
//	para QUERY => a#1 b#2  by paragraph, these in any order
//	newest, oldest         as rank, in the order of dates
//	show QUERY => TEXT     the first paragraph of the first hit, marks in 【】
//	line QUERY => TEXT     the same by paragraph
//	head QUERY => TITLE    the title of the first hit, marks in 【】
//	byline QUERY => BYLINE the byline of the first hit, marks in 【】
//	sect QUERY => HEADING  the section of its first paragraph, marks in 【】
func runScript(t *testing.T, serve Factory, name string) {
	b, err := scripts.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range txtar.Parse(b).Files {
		files[f.Name] = f.Data
	}
	engine := serve(t, decode(t, files["articles"]), slices.Collect(strings.Lines(string(files["synonyms"])))...)
	checks := 0
	for i, line := range strings.Split(string(files["checks"]), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, rest, _ := strings.Cut(line, " ")
		q, want, ok := strings.Cut(rest, "=>")
		if !ok {
			t.Fatalf("%s: check %d: no =>: %s", name, i+1, line)
		}
		checks++
		if err := check(t, engine, verb, strings.TrimSpace(q), strings.TrimSpace(want)); err != nil {
			t.Errorf("%s: check %d: %s: %v", name, i+1, line, err)
		}
	}
	if checks == 0 {
		t.Fatalf("%s has no checks", name)
	}
}

func decode(t *testing.T, lines []byte) []news.Article {
	t.Helper()
	var out []news.Article
	d := json.NewDecoder(bytes.NewReader(lines))
	d.DisallowUnknownFields()
	for d.More() {
		var a news.Article
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		if err := a.Normalize(); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

func check(t *testing.T, e search.Engine, verb, q, want string) error {
	node, err := query.Parse(q)
	if err != nil {
		return err
	}
	r := search.Request{Query: node, By: search.ByArticle, Size: search.MaxSize, Uncollapsed: true}
	switch verb {
	case "para", "line":
		r.By = search.ByParagraph
	case "anywhere":
		r.Match = search.Anywhere
	case "newest":
		r.Sort = search.Newest
	case "oldest":
		r.Sort = search.Oldest
	}
	res, err := e.Search(t.Context(), r)
	if err != nil {
		return err
	}
	var got string
	switch verb {
	case "find", "anywhere", "para", "rank", "newest", "oldest":
		wanted := strings.Fields(want)
		ids := ids(res, verb == "para")
		if verb == "find" || verb == "anywhere" || verb == "para" {
			slices.Sort(ids)
			slices.Sort(wanted)
		}
		got, want = strings.Join(ids, " "), strings.Join(wanted, " ")
		if res.Total != len(ids) {
			return fmt.Errorf("total %d with %d hits", res.Total, len(ids))
		}
	case "show", "line", "head", "byline", "sect":
		if len(res.Hits) == 0 {
			return fmt.Errorf("no hit")
		}
		got = showHit(res.Hits[0], verb)
	default:
		return fmt.Errorf("unknown check %q", verb)
	}
	if got != want {
		return fmt.Errorf("got %s", got)
	}
	return nil
}

func ids(r search.Response, paragraphs bool) []string {
	out := []string{}
	for _, h := range r.Hits {
		id := h.Article.ID
		if paragraphs {
			id = fmt.Sprintf("%s#%d", id, h.Paragraphs[0].N)
		}
		out = append(out, id)
	}
	return out
}

// showHit writes what a check compares.
func showHit(h search.Hit, verb string) string {
	switch {
	case verb == "head":
		return showMarks(h.Article.Title, h.TitleMarks)
	case verb == "byline":
		return showMarks(h.Article.Byline, h.BylineMarks)
	case len(h.Paragraphs) == 0:
		return ""
	case verb == "sect":
		return showMarks(h.Paragraphs[0].Section, h.Paragraphs[0].SectionMarks)
	}
	return showSnippet(h.Paragraphs[0].Snippet)
}

// showSnippet writes a snippet with its marks in 【】 and … where text was omitted.
func showSnippet(s search.Snippet) string {
	var parts []string
	for _, f := range s.Fragments {
		parts = append(parts, showMarks(f.Text, f.Marks))
	}
	out := strings.Join(parts, "…")
	if s.Before {
		out = "…" + out
	}
	if s.After {
		out += "…"
	}
	return out
}

// showMarks writes text with its marks in 【】.
func showMarks(text string, marks []search.Span) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(text[at:m.Start] + "【" + text[m.Start:m.End] + "】")
		at = m.End
	}
	return b.String() + text[at:]
}
