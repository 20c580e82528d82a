package main

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"xunwen/internal/cli"
)

// failure is the last line of standard error of a program that failed, as JSON.
type failure struct {
	Time    string `json:"time"`
	Level   string `json:"level"`
	Message string `json:"msg"`
	Program string `json:"program"`
	Error   string `json:"error"`
	Code    int    `json:"exit_code"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Reason  string `json:"reason"`
	Action  string `json:"action"`
}

// TestFailuresAsJSON checks that each line of standard error is an object, and that the
// last one says what failed, where and what to do.
func TestFailuresAsJSON(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	broken, open := filepath.Join(dir, "broken"), filepath.Join(dir, "open")
	for _, name := range []string{broken, open} {
		if err := os.WriteFile(name, []byte("# keys\nwire\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(open, 0o666); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	empty := emptyFolder(t)
	for _, tc := range []struct {
		args []string
		code int
		want failure // parts of its texts
	}{
		{[]string{"--lisen", "x"}, cli.ExitUsage, failure{Error: "--lisen", Action: "searchd --help"}},
		{[]string{"--listen", "localhost"}, cli.ExitUsage, failure{Error: "host:port", Action: "searchd --help"}},
		{[]string{"indexes/news"}, cli.ExitUsage, failure{Error: "indexes/news"}},
		{[]string{"key"}, cli.ExitUsage, failure{Error: "want one NAME"}},
		{[]string{"key", "two words"}, cli.ExitUsage, failure{Error: "two words"}},
		{[]string{"--api-keys", broken}, cli.ExitUsage, failure{File: broken, Line: 2, Reason: "a name and sha256:"}},
		{[]string{"--api-keys", open}, cli.ExitUsage, failure{Error: "chmod go-w"}},
		{[]string{"--api-keys", pipe}, cli.ExitUsage, failure{Error: "it is a pipe: want a regular file"}},
		{[]string{"--engine", "opensearch", "--url", "https://localhost:1", "--ca-cert", pipe}, cli.ExitUsage,
			failure{Error: "it is a pipe: want a regular file"}},
		{[]string{"--api-keys", open + ".not"}, cli.ExitUsage, failure{File: open + ".not", Reason: "no such file"}},
		{[]string{"--index", empty, "--listen", taken.Addr().String()}, cli.ExitFailed,
			failure{Error: "already in use", Action: "stop the program"}},
		{[]string{"--index", empty, "--listen", "127.0.0.1:0", "--admin-listen", taken.Addr().String()}, cli.ExitFailed,
			failure{Error: "--admin-listen", Action: "stop the program"}},
		{[]string{"--engine", "opensearch"}, cli.ExitUsage, failure{Error: "--url"}},
	} {
		for _, ask := range [][]string{{"--json"}, {"--log-format", "json"}} {
			if ask[0] != "--json" && tc.args[0] == "key" {
				continue // that command logs nothing
			}
			args := append(append([]string{}, tc.args...), ask...)
			var out, stderr bytes.Buffer
			err := run(t.Context(), args, strings.NewReader(""), &out, &stderr)
			if err == nil {
				t.Errorf("%v does not fail", args)
				continue
			}
			cli.PrintError(&stderr, program, args, err)
			var got failure
			for line := range strings.Lines(stderr.String()) {
				got = failure{}
				if err := json.Unmarshal([]byte(line), &got); err != nil {
					t.Errorf("%v: not JSON: %s", args, line)
				}
			}
			if got.Time == "" || got.Level != "ERROR" || got.Message == "" || got.Program != "searchd" ||
				got.Code != tc.code ||
				!strings.Contains(got.Error, tc.want.Error) || !strings.Contains(got.Action, tc.want.Action) ||
				!strings.Contains(got.File, tc.want.File) || !strings.Contains(got.Reason, tc.want.Reason) ||
				got.Line != tc.want.Line {
				t.Errorf("%v: %+v, want %+v", args, got, tc.want)
			}
		}
	}
}

func TestKeyAsJSON(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"key", "--json", "wire"}, strings.NewReader(""), &out, &out); err != nil {
		t.Fatal(err)
	}
	var made struct{ Key, Line string }
	if err := json.Unmarshal(out.Bytes(), &made); err != nil || !strings.HasPrefix(made.Key, "xunwen_") ||
		!strings.HasPrefix(made.Line, "wire sha256:") {
		t.Errorf("%s (%v)", out.Bytes(), err)
	}
}
