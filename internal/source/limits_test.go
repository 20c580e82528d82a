package source_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/source"
)

// TestReadBeyondLimits reads what is beyond the limits of inputs: each is a reject that says which
// one, and what is beside it is read.
func TestReadBeyondLimits(t *testing.T) {
	const good = `{"title":"新桥通车","text":"青禾大桥昨天通车。"}` + "\n"
	const read = "新桥通车,,,,,,青禾大桥昨天通车。"
	paragraphs := strings.TrimSuffix(strings.Repeat(`{"text":"大桥"},`, 20_001), ",")
	large := strings.Repeat(strings.Repeat(opened, 100)+`"},{"text":"`, 1000)
	formatCases{
		{name: "paragraphs", file: "a.jsonl",
			content: good + `{"title":"甲","paragraphs":[` + paragraphs + "]}\n" + good,
			want:    []string{read, read, "a.jsonl:2: the article has 20001 paragraphs, more than 20000: split it"}},
		{name: "text", file: "a.jsonl",
			content: `{"title":"甲","paragraphs":[{"text":"` + large + opened + `"}]}` + "\n" + good,
			want: []string{read, fmt.Sprintf("a.jsonl:1: the article has %.1f MiB of text, more than 4: split it",
				float64(len(opened)*100_001)/(1<<20))}},
		{name: "title", file: "a.jsonl",
			content: `{"title":"` + strings.Repeat("桥", 6000) + `","text":"甲"}` + "\n" + good,
			want:    []string{read, "a.jsonl:1: the title has 17.6 KiB, more than 16: it is something else"}},
		{name: "lines of a page", file: "a.txt", content: strings.Repeat("\f大", 20_000), want: []string{
			"a.txt:1: more than 20000 lines: a page is one sheet of a newspaper; split the file into its pages or articles"}},
		{name: "headings", file: "a.md", content: strings.Repeat("# 大\n桥\n", 20_002),
			want: []string{"a.md:1: more than 20000 headings: split it into its articles"}},
		{name: "dates", file: "a.jsonl", content: `{"title":"甲","date":"9999-12-31","text":"青禾大桥。"}` + "\n" +
			`{"title":"乙","date":"3024年3月5日","text":"青禾大桥。"}` + "\n" +
			`{"title":"丙","date":"2024-03-05","text":"青禾大桥。"}`,
			want: []string{"甲,,,,,,青禾大桥。", "乙,,,,,,青禾大桥。", "丙,2024-03-05,,,,,青禾大桥。"}},
		{name: "a date in the path", file: "3024-03-05/a.jsonl", content: good, want: []string{read}},
		{name: "dates that are given", file: "a.jsonl", content: good, opts: source.Options{Date: "2999-01-01"},
			want: []string{read}},
	}.run(t)
}

// TestDatesOfTomorrow checks which days are in the future, in China.
func TestDatesOfTomorrow(t *testing.T) {
	now := func() time.Time { return time.Date(2031, 3, 5, 17, 0, 0, 0, time.UTC) } // the 6th in China
	behind := func() time.Time { return time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC) }
	content := ""
	for _, date := range []string{"2031-03-05", "2031-03-07", "2031-03-08", "2026-05-01"} {
		content += fmt.Sprintf(`{"title":"%s","date":"%s","text":"青禾大桥。"}`+"\n", date, date)
	}
	root := tree(t, map[string]string{"a.jsonl": content})
	for _, tc := range []struct {
		now  func() time.Time
		want []string
	}{
		{now, []string{"2031-03-05", "2031-03-07", "", "2026-05-01"}},
		{behind, []string{"", "", "", "2026-05-01"}},
	} {
		articles, rejects := read(t, root, source.Options{Now: tc.now}, "a.jsonl")
		var got []string
		for _, a := range articles {
			got = append(got, a.Date)
		}
		if !slices.Equal(got, tc.want) || len(rejects) > 0 {
			t.Errorf("got %q, %q, want %q", got, rejects, tc.want)
		}
	}
	inputs, err := source.Expand([]string{filepath.Join(root, "a.jsonl")})
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	for e := range source.Read(t.Context(), inputs, source.Options{Now: now}) {
		if e.LeftOut != nil {
			notes = append(notes, filepath.Base(e.LeftOut.String()))
		}
	}
	if want := []string{"a.jsonl: left out of the articles: date in the future (1)"}; !slices.Equal(notes, want) {
		t.Errorf("notes %q, want %q", notes, want)
	}
}

// TestTinyArticles checks that a file of a million articles without a text ends, and costs no
// other file.
func TestTinyArticles(t *testing.T) {
	root := tree(t, map[string]string{"a.jsonl": strings.Repeat("{\"title\":\"甲\"}\n", 120_000), "b.jsonl": recordB})
	articles, rejects := read(t, root, source.Options{}, "a.jsonl", "b.jsonl")
	want := []string{"a.jsonl:100000: 100000 articles with 3 bytes of text each: not news; what follows wasn't read"}
	if len(articles) != 100_000 || articles[len(articles)-1].Title != "乙" || !slices.Equal(rejects, want) {
		t.Errorf("%d articles, %q", len(articles), rejects)
	}
}

// TestTinyArticlesInAnArchive checks that such a file costs none beside it in an archive, and that
// the report says what was wrong with its records before.
func TestTinyArticlesInAnArchive(t *testing.T) {
	faults := strings.Repeat("{\"title\":\"甲\"\n", 20)
	root := tree(t, map[string]string{"a.zip": zipOf(t, "a.jsonl", recordA,
		"b.jsonl", faults+strings.Repeat("{\"title\":\"甲\"}\n", 120_000), "c.jsonl", recordB)})
	articles, rejects := read(t, root, source.Options{}, "a.zip")
	if len(articles) != 100_001 || articles[len(articles)-1].Title != "乙" {
		t.Errorf("%d articles", len(articles))
	}
	want := []string{"a.zip!/b.jsonl:20: 10 more with the same fault as line 1, the last on line 20",
		"a.zip!/b.jsonl:100020: 100000 articles with 3 bytes of text each: not news; what follows wasn't read"}
	if !slices.Equal(rejects[max(0, len(rejects)-2):], want) {
		t.Errorf("rejects %q, want %q at last", rejects, want)
	}
}

// TestManyArticlesOfFewBytes checks that a small file of a million articles, all with the same id
// here, ends, and costs no other file.
func TestManyArticlesOfFewBytes(t *testing.T) {
	record := `{"id":"x","title":"新桥通车","text":"` + opened + `"}` + "\n"
	root := tree(t, map[string]string{"a.jsonl.zst": zst(t, strings.Repeat(record, 110_000)), "b.jsonl": recordB})
	articles, rejects := read(t, root, source.Options{}, "a.jsonl.zst", "b.jsonl")
	if len(articles) < 99_000 || len(articles) > 105_000 || articles[len(articles)-1].Title != "乙" {
		t.Errorf("%d articles", len(articles))
	}
	if len(rejects) != 1 || !strings.HasSuffix(rejects[0], " bytes: not news; what follows wasn't read") {
		t.Errorf("rejects %q", rejects)
	}
}

// TestManyRejects checks that all rejects of a file are counted and that few are reported each.
func TestManyRejects(t *testing.T) {
	root := tree(t, map[string]string{"a.jsonl": manyFaults() + `{"title":"乙"}`, "b.jsonl": "{\n"})
	inputs, err := source.Expand([]string{root})
	if err != nil {
		t.Fatal(err)
	}
	rejects, counted, articles := 0, 0, 0
	last := ""
	for e := range source.Read(t.Context(), inputs, source.Options{}) {
		switch {
		case e.Reject != nil:
			rejects++
			counted += e.Reject.Count()
			if filepath.Base(e.Reject.File) == "a.jsonl" {
				last = e.Reject.Reason
			}
		case e.Article != nil:
			articles++
		}
	}
	if counted != 5001 || articles != 1 || rejects > 1100 {
		t.Errorf("%d rejects of %d records, %d articles", rejects, counted, articles)
	}
	if !strings.Contains(last, "more") {
		t.Errorf("the last is %q", last)
	}
}

// manyFaults returns 5000 lines that are no records, each with a fault of its own kind.
func manyFaults() string {
	var content strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&content, "{\"title\":\"甲\",%s:1}\n", strings.Repeat("x", i))
	}
	return content.String()
}

// TestStopAfterManyRejects checks that iteration may stop within a file of which some rejects weren't
// reported yet.
func TestStopAfterManyRejects(t *testing.T) {
	root := tree(t, map[string]string{"a.jsonl": manyFaults() + `{"title":"乙"}`})
	inputs, err := source.Expand([]string{root})
	if err != nil {
		t.Fatal(err)
	}
	for e := range source.Read(t.Context(), inputs, source.Options{}) {
		if e.Article != nil {
			return
		}
	}
	t.Error("no article was read")
}
