package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/cli"
)

func TestWrongUsage(t *testing.T) {
	files := map[string]string{"a.jsonl": recordA}
	for _, tt := range []struct {
		name string
		env  [2]string
		args []string
		want string // in the last line on stderr
	}{
		{name: "no command", want: "--help"},
		{name: "a map of a field that there isn't", args: []string{"parse", "--map", "body=content", "a.jsonl"},
			want: `--map: "body": no field: want one of text, title, date`},
		{name: "a map without a member", args: []string{"parse", "--map", "text", "a.jsonl"},
			want: "want FIELD=MEMBER"},
		{name: "unknown command", args: []string{"bild"}, want: "bild"},
		{name: "unknown flag", args: []string{"parse", "--fromat", "page", "a.jsonl"}, want: "--fromat"},
		{name: "parse without PATH", args: []string{"parse"}, want: "PATH is missing"},
		{name: "build without PATH", args: []string{"build", "--out", "ix"}, want: "PATH is missing"},
		{name: "build without --out", args: []string{"build", "a.jsonl"},
			want: "--out is missing (or XUNWEN_OUT in the environment)"},
		{name: "a missing PATH", args: []string{"parse", "a.jsonl", "nosuch"}, want: "nosuch: no such file or folder"},
		{name: "a missing PATH of a build", args: []string{"build", "--out", "ix", "a.jsonl", "nosuch"},
			want: "nosuch: no such file or folder"},
		{name: "missing synonyms", args: []string{"build", "--out", "ix", "--synonyms", "nosuch", "a.jsonl"},
			want: "--synonyms nosuch: no such file"},
		{name: "a missing user dictionary", args: []string{"build", "--out", "ix", "--user-dict", "nosuch", "a.jsonl"},
			want: "--user-dict nosuch: no such file"},
		{name: "a pattern without a match", args: []string{"parse", "*.txt"}, want: "*.txt: no file matches"},
		{name: "a format without a reader", args: []string{"parse", "--format", "docx", "a.jsonl"},
			want: `--format "docx": want one of auto, page, text, jsonl, json, csv, html, pdf, md, feed, doc, warc`},
		{name: "an encoding without a reader", args: []string{"parse", "--encoding", "latin1", "a.jsonl"},
			want: `--encoding "latin1": want one of auto, utf-8, gb18030, gbk, big5, utf-16, utf-16le, utf-16be`},
		{name: "no calendar day", args: []string{"parse", "--date", "2022-02-30", "a.jsonl"},
			want: `--date "2022-02-30"`},
		{name: "nothing kept", args: []string{"build", "--out", "ix", "--keep", "0", "a.jsonl"}, want: "--keep 0"},
		{name: "no size", args: []string{"build", "--out", "ix", "--memory", "much", "a.jsonl"},
			want: `--memory "much"`},
		{name: "an unknown segmenter", args: []string{"build", "--out", "ix", "--segmenter", "ik", "a.jsonl"},
			want: `--segmenter "ik": want builtin or gojieba`},
		{name: "a variable that is no number", env: [2]string{"XUNWEN_KEEP", "few"},
			args: []string{"build", "--out", "ix", "a.jsonl"},
			want: `XUNWEN_KEEP="few": want a whole number`},
		{name: "a log of no known form", args: []string{"parse", "--log-format", "xml", "a.jsonl"},
			want: "--log-format"},
		{name: "list without --index", args: []string{"list"}, want: "--index is missing"},
		{name: "remove without --index", args: []string{"remove", "a"}, want: "--index is missing"},
		{name: "prune without --keep", args: []string{"prune", "--index", "ix"},
			want: "--keep is missing (or XUNWEN_KEEP in the environment)"},
		{name: "prune keeps nothing", args: []string{"prune", "--index", "ix", "--keep", "0"},
			want: "--keep 0: want at least 1"},
		{name: "a number that is none", args: []string{"prune", "--index", "ix", "--keep", "x"},
			want: `--keep "x": want a whole number`},
		{name: "eval without --index", args: []string{"eval", "--queries", "a.jsonl"}, want: "--index is missing"},
		{name: "eval without --queries", args: []string{"eval", "--index", "ix"}, want: "--queries is missing"},
		{name: "verify with an argument", args: []string{"verify", "--index", "ix", "x"}, want: `"x"`},
		{name: "a report over an input", args: []string{"build", "--out", "ix", "--report", "./a.jsonl", "a.jsonl"},
			want: "--report ./a.jsonl is one of the inputs"},
		{name: "a file for --out", args: []string{"build", "--out", "a.jsonl", "a.jsonl"},
			want: "--out a.jsonl is a file"},
		{name: "analyze without TEXT", args: []string{"analyze"}, want: "TEXT is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.env[0] != "" {
				t.Setenv(tt.env[0], tt.env[1])
			}
			got := command(t, files, "", tt.args...)
			if got.code != cli.ExitUsage || !strings.Contains(got.err, tt.want) || strings.Count(got.err, "\n") != 1 {
				t.Errorf("exit code %d, stderr %q; want %d and one line with %q", got.code, got.err, cli.ExitUsage,
					tt.want)
			}
			if got.out != "" {
				t.Errorf("something on stdout: %q", got.out)
			}
			if _, err := os.Stat("ix"); err == nil {
				t.Error("the folder of the index was made")
			}
			if left, err := os.ReadFile("a.jsonl"); err != nil || string(left) != recordA {
				t.Errorf("the input is now %q (%v)", left, err)
			}
		})
	}
}

func TestInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.jsonl", []byte(recordA), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct{ args, want string }{
		{"parse a.jsonl", "interrupted"},
		{"build --out ix a.jsonl", "interrupted; nothing was published"},
	} {
		args := strings.Fields(tt.args)
		var out, stderr bytes.Buffer
		err := run(ctx, args, strings.NewReader(""), &out, &stderr)
		if cli.ExitCode(err) != cli.ExitFailed || err.Error() != tt.want {
			t.Errorf("%s: error %v, want %s", tt.args, err, tt.want)
		}
	}
	if _, err := os.Stat("ix/CURRENT"); err == nil {
		t.Error("an interrupted build published")
	}
}

// cancelAt is a log that cancels a context when a line with text is written.
type cancelAt struct {
	bytes.Buffer
	text   string
	cancel context.CancelFunc
}

func (c *cancelAt) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte(c.text)) {
		c.cancel()
	}
	return c.Buffer.Write(line)
}

// TestInterruptedWhilePublishing checks that a build that is interrupted while it checks
// the new generation doesn't report the generation as faulty.
func TestInterruptedWhilePublishing(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.jsonl", []byte(recordA), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var out bytes.Buffer
	stderr := &cancelAt{text: "phase=publish", cancel: cancel}
	args := []string{"build", "--out", "ix", "a.jsonl"}
	err := runWith(ctx, analyzertest.Frequent(t), args, strings.NewReader(""), &out, stderr)
	if ctx.Err() == nil {
		t.Fatalf("the build logged no phase publish:\n%s", stderr)
	}
	if err == nil || err.Error() != "interrupted; nothing was published" {
		t.Errorf("error %v, want an interruption that published nothing", err)
	}
	if _, err := os.Stat("ix/CURRENT"); err == nil {
		t.Error("an interrupted build published")
	}
}
