package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/cli"
	"xunwen/internal/generation"
)

// entry is a line of standard error with --json.
type entry struct {
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

// entriesOf returns the lines of standard error, each of which must be an object.
func entriesOf(t *testing.T, got outcome) []entry {
	t.Helper()
	var list []entry
	for line := range strings.Lines(got.err) {
		var e entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Errorf("a line of standard error is not JSON: %q", line)
			continue
		}
		if e.Time == "" || e.Level == "" || e.Message == "" {
			t.Errorf("a line lacks time, level or msg: %s", line)
		}
		list = append(list, e)
	}
	return list
}

// lastFailure returns the line about the error that ended a command.
func lastFailure(t *testing.T, got outcome) entry {
	t.Helper()
	list := entriesOf(t, got)
	if len(list) == 0 {
		t.Errorf("nothing on standard error: %+v", got)
		return entry{}
	}
	last := list[len(list)-1]
	if last.Level != "ERROR" || last.Program != "indexer" || last.Code != got.code || last.Error == "" {
		t.Errorf("exit code %d, and the last line is %+v", got.code, last)
	}
	return last
}

// inAFolder builds an index ix of one article in a new folder, next to other files.
func inAFolder(t *testing.T) {
	t.Helper()
	files := map[string]string{
		"a.jsonl": recordA, "b.jsonl": recordB, "bad.jsonl": recordB + "no JSON\n",
		"q.jsonl": `{"id":"1","set":"names","query":"北约","gold":["a"]}` + "\n",
	}
	if got := command(t, files, "", "build", "--out", "ix", "a.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
}

// checkFailures runs commands with --json as their last flag and checks how they fail.
func checkFailures(t *testing.T, code int, says, action string, commands ...string) {
	t.Helper()
	for _, line := range commands {
		args, rest, ok := strings.Cut(line, " -- ")
		fields := append(strings.Fields(args), "--json")
		if ok {
			fields = append(fields, strings.Fields(rest)...)
		}
		got := again(t, nil, "", fields...)
		if got.code != code {
			t.Errorf("%s: exit code %d, want %d: %s", line, got.code, code, got.err)
			continue
		}
		if last := lastFailure(t, got); !strings.Contains(last.Error, says) || !strings.Contains(last.Action, action) {
			t.Errorf("%s: %+v, want an error with %q and an action with %q", line, last, says, action)
		}
	}
}

// TestUsageErrorsAsJSON gives each command a wrong command line: an unknown flag, also
// before the one that asks for JSON, and what else it can be.
func TestUsageErrorsAsJSON(t *testing.T) {
	inAFolder(t)
	for _, name := range []string{
		"parse", "build", "remove", "verify", "list", "rollback", "prune", "publish", "eval", "explain", "analyze",
	} {
		checkFailures(t, cli.ExitUsage, "unknown flag: --kepe", "indexer --help", name+" --kepe", name+" --json --kepe")
	}
	checkFailures(t, cli.ExitUsage, "", "indexer --help",
		"prone", "parse", "build a.jsonl", "build --out ix nosuch", "build --out ix --memory x a.jsonl",
		"remove --index ix", "verify", "list", "rollback --index ix a b", "prune --index ix", "publish --index ix",
		"eval --index ix --queries nosuch", "explain --index ix -- (", "analyze")
	for _, asks := range []string{"XUNWEN_JSON=1", "XUNWEN_LOG_FORMAT=json"} {
		t.Run(asks, func(t *testing.T) {
			name, value, _ := strings.Cut(asks, "=")
			t.Setenv(name, value)
			if last := lastFailure(t, again(t, nil, "", "list")); !strings.Contains(last.Error, "--index is missing") {
				t.Errorf("%+v", last)
			}
		})
	}
	if got := again(t, nil, "", "list"); !strings.HasPrefix(got.err, "indexer: --index is missing") || got.out != "" {
		t.Errorf("without --json: %+v", got)
	}
	if got := again(t, nil, "", "list", "--json=false"); !strings.HasPrefix(got.err, "indexer: ") {
		t.Errorf("with --json=false: %+v", got)
	}
}

func TestMissingIndexAsJSON(t *testing.T) {
	inAFolder(t)
	checkFailures(t, cli.ExitFailed, "nosuch", "build",
		"remove --index nosuch a", "verify --index nosuch", "list --index nosuch", "rollback --index nosuch",
		"prune --index nosuch --keep 1", "eval --index nosuch --queries q.jsonl", "explain --index nosuch 北约",
		"analyze --index nosuch 北约", "publish --index nosuch --engine opensearch --url http://127.0.0.1:1")
}

func TestLockedIndexAsJSON(t *testing.T) {
	inAFolder(t)
	unlock, err := generation.In("ix").Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	checkFailures(t, cli.ExitFailed, "another process", "wait",
		"build --out ix b.jsonl", "remove --index ix a", "rollback --index ix", "prune --index ix --keep 1")
}

func TestDamagedIndexAsJSON(t *testing.T) {
	inAFolder(t)
	if got := again(t, nil, "", "build", "--append", "--out", "ix", "b.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	err := filepath.WalkDir("ix", func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Base(path) != "records.zst" && filepath.Base(path) != "columns.bin" {
			return err
		}
		return os.Truncate(path, 10)
	})
	if err != nil {
		t.Fatal(err)
	}
	checkFailures(t, cli.ExitFailed, "", "roll back to an undamaged generation",
		"verify --index ix", "verify --deep --index ix", "rollback --index ix",
		"remove --index ix a", "build --append --out ix bad.jsonl",
		"eval --index ix --queries q.jsonl", "explain --index ix 北约",
		"publish --index ix --engine opensearch --url http://127.0.0.1:1")
}

func TestUnreadableInputAsJSON(t *testing.T) {
	inAFolder(t)
	for _, args := range [][]string{
		{"parse", "--json", "bad.jsonl"}, {"parse", "--log-format", "json", "bad.jsonl"},
		{"build", "--json", "--out", "new", "bad.jsonl"}, {"build", "--json", "--strict", "--out", "new", "bad.jsonl"},
	} {
		got := again(t, nil, "", args...)
		found := false
		for _, e := range entriesOf(t, got) {
			found = found || e.Message == "rejected" && e.File == "bad.jsonl" && e.Line == 2 && e.Reason != ""
		}
		if !found {
			t.Errorf("%v: no line about bad.jsonl:2: %s", args, got.err)
		}
		if args[2] == "--strict" {
			if last := lastFailure(t, got); got.code != cli.ExitFailed || !strings.Contains(last.Error, "--strict") {
				t.Errorf("--strict: %+v", got)
			}
		} else if got.code != cli.ExitDone {
			t.Errorf("%v: exit code %d: %s", args, got.code, got.err)
		}
	}
	// What is wrong in a file that a flag names has a line, too.
	again(t, map[string]string{"bad-q.jsonl": "{}\nno JSON\n", "syn.txt": "一 => \n"}, "", "list", "--index", "ix")
	got := again(t, nil, "", "eval", "--json", "--index", "ix", "--queries", "bad-q.jsonl")
	if last := lastFailure(t, got); last.File != "bad-q.jsonl" || last.Line < 1 || last.Reason == "" {
		t.Errorf("wrong queries: %+v", last)
	}
	got = again(t, nil, "", "build", "--json", "--out", "new", "--synonyms", "syn.txt", "a.jsonl")
	if last := lastFailure(t, got); last.File != "syn.txt" || last.Line != 1 || last.Reason == "" {
		t.Errorf("wrong synonyms: %+v", last)
	}
	if got := again(t, nil, "", "parse", "--json", "nosuch"); got.out != "" || got.code != cli.ExitUsage {
		t.Errorf("parse prints something else than records: %+v", got)
	}
}

func TestClusterRefusesAsJSON(t *testing.T) {
	inAFolder(t)
	cluster := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		w.Write([]byte(`{"error":{"type":"security_exception","reason":"no permissions"},"status":403}`))
	}))
	defer cluster.Close()
	to := " --engine opensearch --url " + cluster.URL
	checkFailures(t, cli.ExitFailed, "security_exception", "rights of the user",
		"publish --index ix"+to, "build --append --out ix"+to+" b.jsonl", "remove --index ix"+to+" a",
		"rollback --index ix"+to, "list"+to, "prune --keep 1 --index ix"+to)
}

// TestSignalAsJSON ends commands that take long before they begin.
func TestSignalAsJSON(t *testing.T) {
	inAFolder(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, line := range []string{
		"parse a.jsonl", "build --out ix b.jsonl", "remove --index ix a", "verify --index ix",
		"eval --index ix --queries q.jsonl", "explain --index ix 北约",
		"publish --index ix --engine opensearch --url http://127.0.0.1:1",
	} {
		args := append(strings.Fields(line), "--json")
		got := runUntil(ctx, analyzertest.Frequent(t), "", args...)
		last := lastFailure(t, got)
		if got.code != cli.ExitFailed || !strings.HasPrefix(last.Error, "interrupted") ||
			last.Action != "run the command again" {
			t.Errorf("%s: exit code %d, %+v", line, got.code, last)
		}
	}
}
