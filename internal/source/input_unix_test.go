//go:build unix

package source_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"xunwen/internal/source"
)

// TestPatternsFollowNoLinks checks that a pattern finds what a walk finds, and that what a user
// names may be a link or a pipe.
func TestPatternsFollowNoLinks(t *testing.T) {
	root := tree(t, map[string]string{"in/a.jsonl": recordA, "secret/b.jsonl": recordB})
	in := filepath.Join(root, "in")
	for link, target := range map[string]string{"b.jsonl": "../secret/b.jsonl", "folder": "../secret"} {
		if err := os.Symlink(target, filepath.Join(in, link)); err != nil {
			t.Fatal(err)
		}
	}
	pipe := filepath.Join(in, "p.jsonl")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	const link = ":1: a symbolic link that a pattern matches is not followed: name it as a PATH"
	for _, tc := range []struct {
		path     string
		articles int
		rejects  []string
	}{
		{"in/*.jsonl", 1, []string{"in/b.jsonl" + link,
			"in/p.jsonl:1: not a file: a pipe, socket or device in a folder is not read, copy its content to a file"}},
		{"in/f*", 0, []string{"in/folder" + link}},
		{"in/*/b.jsonl", 0, []string{"in/folder/b.jsonl" + link}},
		{"in/folder/*.jsonl", 1, nil},
		{"in/b.jsonl", 1, nil},
	} {
		articles, rejects := read(t, root, source.Options{}, tc.path)
		if len(articles) != tc.articles || !slices.Equal(rejects, tc.rejects) {
			t.Errorf("%s: %d articles, %q, want %d, %q", tc.path, len(articles), rejects, tc.articles, tc.rejects)
		}
	}
	go func() {
		if f, err := os.OpenFile(pipe, os.O_WRONLY, 0); err == nil {
			_, _ = f.WriteString(recordA)
			_ = f.Close()
		}
	}()
	if articles, rejects := read(t, root, source.Options{}, "in/p.jsonl"); len(articles) != 1 {
		t.Errorf("a pipe that is named: %d articles, %q", len(articles), rejects)
	}
}

// TestLinkSwappedIn checks that a file that became a link or a pipe after it was found isn't read.
func TestLinkSwappedIn(t *testing.T) {
	root := tree(t, map[string]string{"in/a.jsonl": recordA, "in/b.jsonl": recordA, "secret.jsonl": recordB})
	inputs, err := source.Expand([]string{filepath.Join(root, "in")})
	if err != nil {
		t.Fatal(err)
	}
	a, b := filepath.Join(root, "in/a.jsonl"), filepath.Join(root, "in/b.jsonl")
	for _, err := range []error{
		os.Remove(a), os.Symlink("../secret.jsonl", a), os.Remove(b), syscall.Mkfifo(b, 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	rejects := 0
	for e := range source.Read(t.Context(), inputs, source.Options{}) {
		if e.Article != nil {
			t.Errorf("read %s", e.Article.Title)
		}
		if e.Reject != nil {
			rejects++
		}
	}
	if rejects != 2 {
		t.Errorf("%d rejects, want 2", rejects)
	}
}

// TestEndWhileAPipeOpens checks that waiting for a pipe ends with its context.
func TestEndWhileAPipeOpens(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "p.jsonl")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	inputs, err := source.Expand([]string{pipe})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range source.Read(ctx, inputs, source.Options{}) {
		if err == nil {
			t.Error("something was read of a pipe that nobody writes to")
		}
	}
	if ctx.Err() == nil {
		t.Error("reading ended by itself")
	}
}
