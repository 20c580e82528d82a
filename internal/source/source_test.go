package source_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"xunwen/internal/source"
)

// TestMetadata checks where metadata comes from: the file itself, its path, the
// options.
func TestMetadata(t *testing.T) {
	root := tree(t, map[string]string{
		"人民日报/2022-01-12/p05.txt": page,
		"人民日报/plain.txt":          page,
		"records.jsonl": `{"title":"甲","date":"2021-06-01","publication":"光明日报","page":"9","file":"x.txt"}` +
			"\n" + `{"title":"乙"}`,
		"web/a.html":            strings.NewReplacer("_青禾网", "", "2025-03-12 来源：青禾晚报", "").Replace(webPage),
		"web/2022-01-12/b.html": webPage,
		"web/c.pdf":             string(threePages(t)),
	})
	opts := source.Options{Publication: "日报", Date: "2020-02-29", Page: "1"}
	articles, rejects := read(t, root, opts, "人民日报", "records.jsonl", "web")
	if len(rejects) != 1 || len(articles) != 8 { // the PDF's second page is a scan
		t.Fatalf("%d articles, rejects %v", len(articles), rejects)
	}
	want := [][4]string{
		{"2022-01-12/p05.txt", "人民日报", "2022-01-12", "5"},
		{"plain.txt", "日报", "2020-02-29", "1"},
		{"x.txt", "光明日报", "2021-06-01", "9"},
		{"records.jsonl", "日报", "2020-02-29", "1"},
		{"2022-01-12/b.html", "青禾网", "2025-03-12", "1"},
		{"a.html", "日报", "2020-02-29", "1"},
		{"c.pdf", "日报", "2020-02-29", "1"},
		{"c.pdf", "日报", "2020-02-29", "3"},
	}
	for i, a := range articles {
		if got := [4]string{a.File, a.Publication, a.Date, a.Page}; got != want[i] {
			t.Errorf("article %d: %v, want %v", i, got, want[i])
		}
		if a.ID != a.StableID() {
			t.Errorf("article %d: id %q is not that of the filled-in record %q", i, a.ID, a.StableID())
		}
	}
	if dotted, _ := read(t, root, opts, "./人民日报/."); dotted[0].File != articles[0].File {
		t.Errorf("a folder named with dots: file %q, want %q", dotted[0].File, articles[0].File)
	}
	one, _ := read(t, filepath.Join(root, "人民日报"), opts, "2022-01-12/p05.txt")
	if one[0].ID != articles[0].ID || one[0].File != "p05.txt" {
		t.Errorf("the same page named as a file: id %q, file %q; want id %q", one[0].ID, one[0].File, articles[0].ID)
	}
}

func TestLinks(t *testing.T) {
	root := tree(t, map[string]string{"d/a.jsonl": recordA, "elsewhere/b.jsonl": recordB})
	for link, target := range map[string]string{"d/link.jsonl": "a.jsonl", "d/up": "..", "d/folder": "../elsewhere",
		"to-d": "d"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	const reason = ":1: a symbolic link in a folder is not followed: name it as a PATH"
	articles, rejects := read(t, root, source.Options{}, "to-d")
	if titles(articles) != "甲" {
		t.Errorf("titles %q, want 甲 alone", titles(articles))
	}
	if want := []string{"to-d/folder" + reason, "to-d/link.jsonl" + reason, "to-d/up" + reason}; !slices.Equal(
		rejects,
		want,
	) {
		t.Errorf("rejects %q, want %q", rejects, want)
	}
	if articles, rejects = read(t, root, source.Options{}, "d/link.jsonl"); titles(articles) != "甲" ||
		len(rejects) > 0 {
		t.Errorf("a link that is named: titles %q, rejects %q", titles(articles), rejects)
	}
}

func TestExpandErrors(t *testing.T) {
	root := tree(t, map[string]string{"a.jsonl": recordA, "empty/.hidden": "x"})
	for _, tt := range []struct {
		paths []string
		want  string
	}{
		{[]string{"a.jsonl", "nosuch"}, "nosuch: no such file or folder"},
		{[]string{"a.jsonl/b"}, "a.jsonl/b: no such file or folder"},
		{[]string{"*.txt"}, "*.txt: no file matches the pattern"},
		{[]string{"[a.txt"}, "[a.txt: not a pattern: a [ has no ]"},
		{[]string{"-", "-"}, "-: standard input is named twice"},
	} {
		t.Chdir(root)
		var pathErr *source.PathError
		if _, err := source.Expand(tt.paths); !errors.As(err, &pathErr) || err.Error() != tt.want {
			t.Errorf("Expand(%q): %v, want %s", tt.paths, err, tt.want)
		}
	}
	if _, err := source.Expand([]string{"empty"}); !errors.Is(err, source.ErrNothing) {
		t.Errorf("an empty folder: %v, want ErrNothing", err)
	}
	if inputs, err := source.Expand([]string{"empty", "a.jsonl"}); err != nil || len(inputs) != 1 {
		t.Errorf("an empty folder and a file: %v, %v", inputs, err)
	}
}

// TestStopReading stops after the first event, while other files are read ahead
// or a long file is open, and requires that all files are closed. synctest fails if
// a goroutine is left.
func TestStopReading(t *testing.T) {
	pages, records := t.TempDir(), tree(t, map[string]string{"a.jsonl": recordA + recordB})
	makePages(t, pages, 200)
	for name, folder := range map[string]string{"pages": pages, "records": records} {
		t.Run(name, func(t *testing.T) {
			inputs, err := source.Expand([]string{folder})
			if err != nil {
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				n := 0
				for range source.Read(t.Context(), inputs, source.Options{Origins: true}) {
					n++
					break
				}
				if n != 1 {
					t.Errorf("%d events, want 1", n)
				}
				if open := openFiles(t, folder); len(open) > 0 {
					t.Errorf("still open: %q", open)
				}
			})
		})
	}
}

// openFiles lists the files below a folder that this process has open, on
// systems that show them in /proc.
func openFiles(t *testing.T, folder string) (open []string) {
	t.Helper()
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if path, err := os.Readlink(link); err == nil && strings.HasPrefix(path, folder) {
			open = append(open, path)
		}
	}
	return open
}

// TestCancelReading cancels while standard input stays silent.
func TestCancelReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	silent, keepOpen := io.Pipe()
	defer keepOpen.Close()
	ended := make(chan error, 1)
	go func() {
		var last error
		for _, err := range source.Read(ctx, []source.Input{{Path: source.Stdin}}, source.Options{Stdin: silent}) {
			last = err
		}
		ended <- last
	}()
	cancel()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the last error is %v, want that of the context", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("reading goes on after its context was cancelled")
	}
}

// TestEvents reads with all options for events: the blocks of a page precede its
// articles, and the origin of a file follows everything else from it.
func TestEvents(t *testing.T) {
	root := tree(
		t,
		map[string]string{"a.txt": page, "b.jsonl": recordA + "{\n" + `{"title":"丙","file":"c.txt"}`, "d.txt": ""},
	)
	inputs, err := source.Expand([]string{root})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for e, err := range source.Read(t.Context(), inputs, source.Options{Origins: true, Explain: true}) {
		file := strings.TrimPrefix(e.File, root+"/")
		switch {
		case err != nil:
			t.Fatal(err)
		case e.Article != nil:
			got = append(got, file+" article "+e.Article.Title)
		case e.Reject != nil:
			got = append(got, fmt.Sprintf("%s reject %d", file, e.Reject.Line))
		case e.Origin != nil:
			got = append(got, fmt.Sprintf("%s origin %d", file, e.Origin.Size))
		case e.Blocks != nil:
			got = append(got, fmt.Sprintf("%s blocks from line %d", file, e.Blocks[0].FirstLine))
		}
	}
	want := []string{
		"a.txt blocks from line 1", "a.txt article 共识难觅", fmt.Sprintf("a.txt origin %d", len(page)),
		"b.jsonl article 甲", "b.jsonl reject 2", "c.txt article 丙", "b.jsonl origin 64",
		"d.txt reject 1", "d.txt origin 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("events\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestNULBecomesSpace(t *testing.T) {
	root := tree(t, map[string]string{"a.txt": strings.Replace(page, "俄罗斯与", "North\x00Atlantic", 1)})
	articles, _ := read(t, root, source.Options{}, "a.txt")
	if len(articles) != 1 || len(articles[0].Paragraphs) == 0 ||
		!strings.Contains(articles[0].Paragraphs[0].Text, "North Atlantic美国") {
		t.Errorf("got %+v", articles)
	}
}
