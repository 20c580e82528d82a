package source_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/source"
)

// TestReadExpansion reads files that expand to more than articles do, or to blanks. What is before
// and beside them is read.
func TestReadExpansion(t *testing.T) {
	const large = 70 << 20 // more than may be blank, or than may expand without bound
	blanks := strings.Repeat("\n", large)
	spaces := strings.Repeat(strings.Repeat(" ", 1000)+"\n", large/1000)
	values := "{\"title\":\"" + strings.Repeat("a", 2*large) + "\"}\n"
	const blank = "more than 64 MiB of blanks and little else: what follows wasn't read"
	const bomb = "it expands to more than 200 times its size: no articles do"
	for _, tc := range []struct {
		name, content, reject string
	}{
		{"a.jsonl", recordA + blanks + recordA, blank},
		{"a.json", "[" + recordA + "," + spaces + recordA + "]",
			"a record is too long: nothing separates it from what follows"},
		{"a.csv", "title,text\n甲,甲文\n" + spaces + "甲,甲文\n", blank},
		{"a.dat", "<doc><title>甲</title>甲文</doc>\n" + spaces + "<doc>甲</doc>", blank},
		{"a.jsonl.gz", gz(t, recordA+blanks), blank},
		{"a.jsonl.zst", zst(t, recordA+values), bomb},
	} {
		articles, rejects := read(t, tree(t, map[string]string{tc.name: tc.content, "b.jsonl": recordB}),
			source.Options{}, tc.name, "b.jsonl")
		if got := titles(articles); got != "甲 乙" {
			t.Errorf("%s: titles %.100q", tc.name, got)
		}
		if len(rejects) != 1 || !strings.HasPrefix(rejects[0], tc.name+":") ||
			!strings.HasSuffix(rejects[0], tc.reject) {
			t.Errorf("%s: rejects %.200q", tc.name, rejects)
		}
	}
}

// TestReadPagesThatExpand reads the pages of a crawl that are compressed to nothing: all of them
// together are bounded.
func TestReadPagesThatExpand(t *testing.T) {
	bomb := ok + "Content-Encoding: gzip\r\n\r\n" + gz(t, strings.Repeat("\x00", 30<<20))
	var all []string
	for range 10 {
		all = append(all, bomb)
	}
	articles, rejects := read(t, tree(t, map[string]string{"a.warc": crawl(append(all, ok+"\r\n"+webPage)...)}),
		source.Options{}, "a.warc")
	bombs := strings.Count(strings.Join(rejects, "\n"), "it expands to more than 200 times its size")
	if titles(articles) != "大桥通车" || bombs < 7 {
		t.Errorf("titles %q, rejects %q", titles(articles), rejects)
	}
}

// TestEndWhileReading ends reading in the middle of files of every format: no loop goes on to the
// end of a file, and nothing is said about what wasn't read.
func TestEndWhileReading(t *testing.T) {
	const size = 60 << 20
	blanks := strings.Repeat("\n", size)
	record := `{"title":"甲"` + strings.Repeat(" ", size) + "}\n"
	for name, content := range map[string]string{
		"a.jsonl": recordA + blanks, "b.jsonl": recordA + record,
		"a.json": "[" + recordA + "," + blanks + recordA + "]",
		"a.csv":  "title,text\n甲,甲文\n" + blanks, "a.dat": "<doc><title>甲</title>甲文</doc>\n" + blanks,
		"a.zip":    zipOf(t, "a.jsonl", recordA, "b.jsonl", blanks),
		"a.tar":    tarOf(t, "a.jsonl", recordA, "b.jsonl", blanks),
		"a.tar.gz": gz(t, tarOf(t, "a.jsonl", recordA, "b.bin", blanks, "c.jsonl", recordB)),
	} {
		inputs, err := source.Expand([]string{filepath.Join(tree(t, map[string]string{name: content}), name)})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		got := ""
		for e, err := range source.Read(ctx, inputs, source.Options{}) {
			switch {
			case errors.Is(err, context.Canceled):
				got += "canceled"
			case err != nil || e.Reject != nil:
				got += fmt.Sprint(err, e.Reject)
			default:
				got += "article "
				cancel()
			}
		}
		cancel()
		if got != "article canceled" {
			t.Errorf("%s: %.200s", name, got)
		}
	}
}
