//go:build unix

package source_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/source"
)

// TestNamesOfFiles reads files whose names are no UTF-8 or have control characters: everything that
// is said about them can be written as JSON and on one line, and nothing is lost.
func TestNamesOfFiles(t *testing.T) {
	const folder = "\xd0\xc2\xc7\xc5\nx" // Chinese in GB18030
	files := map[string]string{
		folder + "/a\xff.jsonl": recordA + "{\n", folder + "/b\x1b[31m.html": "<title>空</title>",
		folder + "/c\xfe.txt.gz": gz(t, page), folder + "/d\xfd.zip": zipOf(t, "a.jsonl", recordB),
		folder + "/e\xfe.bin": "x", folder + "/2024-03-05\xe4新桥通车了.txt": opened + "\n",
		folder + "/f\xff.jsonl": `{"title":"丙","date":"9999-12-31","text":"甲"}`,
	}
	root := tree(t, files)
	inputs, err := source.Expand([]string{root})
	if err != nil {
		t.Fatal(err)
	}
	origins := map[string]bool{}
	articles := 0
	var rejects []string
	for e, err := range source.Read(t.Context(), inputs, source.Options{Origins: true}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range namesIn(e) {
			if !utf8.ValidString(name) {
				t.Errorf("name %q", name)
			}
		}
		switch {
		case e.Article != nil:
			articles++
			if _, err := json.Marshal(e.Article); err != nil || strings.Contains(e.Article.File, "\n") {
				t.Errorf("%q: %v", e.Article.File, err)
			}
		case e.Origin != nil:
			origins[e.Origin.Path] = true
		case e.Reject != nil:
			rejects = append(rejects, strings.TrimPrefix(e.Reject.String(), root+"/"))
		}
	}
	if articles != 5 || len(origins) < 5 {
		t.Errorf("%d articles, origins %v", articles, origins)
	}
	const at = `\xd0\xc2\xc7\xc5\nx/`
	for _, want := range []string{at + `a\xff.jsonl:2: `, at + `b\x1b[31m.html:1: `, at + `e\xfe.bin:1: `} {
		if !slices.ContainsFunc(rejects, func(r string) bool { return strings.HasPrefix(r, want) }) {
			t.Errorf("rejects %q, want %q", rejects, want)
		}
	}
}

// namesIn returns what an event says of its file.
func namesIn(e source.Event) []string {
	names := []string{e.File}
	if e.Article != nil {
		a := e.Article
		names = append(names, a.File, a.ID, a.Title, a.Publication, a.PageName)
	}
	if e.Reject != nil {
		names = append(names, e.Reject.File, e.Reject.Reason)
	}
	if e.LeftOut != nil {
		names = append(names, e.LeftOut.File)
	}
	if e.Origin != nil {
		names = append(names, e.Origin.Path)
	}
	return names
}

// TestFolderSwappedForALink checks that a folder that became a link after its files were found
// isn't followed, wherever it is below what the user named.
func TestFolderSwappedForALink(t *testing.T) {
	for _, path := range []string{"in", "in/*", "in/*/b", "in/*/b/*.jsonl"} {
		root := tree(t, map[string]string{
			"in/a/b/c.jsonl": recordA, "secret/b/c.jsonl": recordB, "secret/c.jsonl": recordB})
		for _, folder := range []string{"in/a/b", "in/a"} {
			inputs, err := source.Expand([]string{filepath.Join(root, path)})
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(root, folder)
			if err := os.Rename(name, name+".before"); err != nil {
				t.Fatal(err)
			}
			target := filepath.Join(root, "secret")
			if err := os.Symlink(target, name); err != nil {
				t.Fatal(err)
			}
			rejects := 0
			for e := range source.Read(t.Context(), inputs, source.Options{}) {
				if e.Article != nil {
					t.Errorf("%s with %s swapped: read %s", path, folder, e.Article.Title)
				}
				if e.Reject != nil {
					rejects++
				}
			}
			if rejects != 1 {
				t.Errorf("%s with %s swapped: %d rejects", path, folder, rejects)
			}
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(name+".before", name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestLinksThatAreNamed checks that what the user names may be reached through links.
func TestLinksThatAreNamed(t *testing.T) {
	root := tree(t, map[string]string{"in/a/b.jsonl": recordA})
	if err := os.Symlink("in", filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"link", "link/", "link/a", "link/a/b.jsonl", "link/*", "link/*/b.jsonl", "link/a/*.jsonl"} {
		if articles, rejects := read(t, root, source.Options{}, path); len(articles) != 1 {
			t.Errorf("%s: %d articles, %q", path, len(articles), rejects)
		}
	}
}
