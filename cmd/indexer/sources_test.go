package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

// sourcesOf lists the published generation's sources: file name, size and the start of the
// SHA-256.
func sourcesOf(t *testing.T) []string {
	t.Helper()
	current, err := os.ReadFile("ix/CURRENT")
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(string(current), " ")
	content, err := os.ReadFile(filepath.Join("ix", name, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Sources []struct {
			Path, SHA256 string
			Size         int64
		}
	}
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range m.Sources {
		rel := s.Path
		if s.Path != "-" {
			if rel, err = filepath.Rel(here, s.Path); err != nil || !filepath.IsAbs(s.Path) {
				t.Errorf("source %q: %v", s.Path, err)
			}
		}
		out = append(out, sourceLine(rel, s.Size, s.SHA256))
	}
	return out
}

func sourceLine(path string, size int64, sum string) string {
	return fmt.Sprintf("%s %d %.12s", path, size, sum)
}

func sourceOf(path, content string) string {
	sum := sha256.Sum256([]byte(content))
	return sourceLine(path, int64(len(content)), hex.EncodeToString(sum[:]))
}

// The manifest lists the files that the index was built from, across all appends: archives,
// files with rejected records, and files that were read in part.
func TestTheManifestNamesItsSources(t *testing.T) {
	packed := gz(t, recordA)
	tooLong := strings.Repeat("版", 1<<20) // a page can have 1 MB; the rest of the file counts for the sum too
	files := map[string]string{"d/a.jsonl.gz": packed, "d/b.jsonl": recordB + "{\n", "d/page.txt": tooLong,
		"d/x.doc": "not read", "empty.jsonl": ""}
	steps := []struct {
		name, stdin string
		files       map[string]string
		args        []string
		want        []string
	}{
		{"a build", "", files, []string{"d", "empty.jsonl", "d/b.jsonl"},
			[]string{sourceOf("d/a.jsonl.gz", packed), sourceOf("d/b.jsonl", recordB+"{\n"),
				sourceOf("d/page.txt", tooLong), sourceOf("empty.jsonl", "")}},
		{"more, one of them again", "", map[string]string{"d/b.jsonl": recordB, "c.jsonl": recordA},
			[]string{"--append", "c.jsonl", "d/b.jsonl"},
			[]string{sourceOf("d/a.jsonl.gz", packed), sourceOf("d/page.txt", tooLong), sourceOf("empty.jsonl", ""),
				sourceOf("c.jsonl", recordA), sourceOf("d/b.jsonl", recordB)}},
		{"standard input", recordA, nil, []string{"-"}, []string{sourceOf("-", recordA)}},
		{"another and the same", recordB, nil, []string{"--append", "-"},
			[]string{sourceOf("-", recordA), sourceOf("-", recordB)}},
		{"the same again, with another record", recordB + recordC, nil, []string{"--append", "-"},
			[]string{sourceOf("-", recordA), sourceOf("-", recordB), sourceOf("-", recordB+recordC)}},
	}
	t.Chdir(t.TempDir())
	for _, step := range steps {
		if got := again(t, step.files, step.stdin,
			append([]string{"build", "--out", "ix"}, step.args...)...); got.code != cli.ExitDone {
			t.Fatalf("%s: %s", step.name, got.err)
		}
		if got := sourcesOf(t); strings.Join(got, "\n") != strings.Join(step.want, "\n") {
			t.Errorf("%s:\n%q\nwant\n%q", step.name, got, step.want)
		}
	}
}

// The index may be inside the folder that is read: a second build reads none of its files,
// but still reads other files in its folder.
func TestTheIndexIsNoInput(t *testing.T) {
	files := map[string]string{"news/a.jsonl": recordA, "news/ix/b.jsonl": recordB,
		"news/20260312T081500/c.jsonl": `{"id":"c","title":"日期为名的文件夹"}` + "\n"}
	first := command(t, files, "", "build", "--out", "news/ix", "--strict", "--json", "news")
	if first.code != cli.ExitDone {
		t.Fatal(first.err)
	}
	if err := os.Mkdir("elsewhere", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../news", "elsewhere/link"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"news", "elsewhere/link", "news/ix"} {
		got := again(t, nil, "", "build", "--out", "news/ix", "--strict", "--json", path)
		if got.code != cli.ExitDone {
			t.Fatalf("%s: %s", path, got.err)
		}
		want := decode[summary](t, first.out).Articles
		if path == "news/ix" {
			want = 1
		}
		if s := decode[summary](t, got.out); s.Articles != want {
			t.Errorf("%s: %d articles, want %d", path, s.Articles, want)
		}
	}
}
