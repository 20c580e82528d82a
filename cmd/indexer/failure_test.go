package main

import (
	"strings"
	"testing"

	"xunwen/internal/cli"
)

// With --json, each command that fails prints its error as one object.
func TestFailureAsJSON(t *testing.T) {
	files := map[string]string{
		"a.jsonl":   recordA,
		"bad.jsonl": "no JSON\n",
		"q.jsonl":   `{"id":"1","set":"names","query":"北约","gold":["a"]}` + "\n",
	}
	if got := command(t, files, "", "build", "--out", "ix", "a.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	rejected := func(n int) *int { return &n }
	for _, tt := range []struct {
		args     string
		code     int
		want     string
		rejected *int
	}{
		{args: "build --out ix bad.jsonl", code: cli.ExitFailed, want: "nothing was published: no article was read",
			rejected: rejected(1)},
		{args: "build --out ix nosuch", code: cli.ExitUsage, want: "nosuch: no such file or folder"},
		{args: "remove --index ix nosuch", code: cli.ExitFailed, want: "nosuch"},
		{args: "rollback --index ix", code: cli.ExitFailed, want: "generation"},
		{args: "prune --index ix", code: cli.ExitUsage, want: "--keep is missing"},
		{args: "list --index nosuch", code: cli.ExitFailed, want: "nosuch"},
		{args: "verify --index nosuch", code: cli.ExitFailed, want: "nosuch"},
		{args: "eval --index ix --queries nosuch", code: cli.ExitUsage, want: "nosuch"},
		{args: "eval --queries q.jsonl", code: cli.ExitUsage, want: "--index is missing"},
		{args: "explain --index nosuch 北约", code: cli.ExitFailed, want: "nosuch"},
		{args: "explain --index ix (", code: cli.ExitUsage, want: "query"},
	} {
		fields := strings.Fields(tt.args)
		got := again(t, nil, "", append([]string{fields[0], "--json"}, fields[1:]...)...)
		if got.code != tt.code || strings.Count(got.out, "\n") != 1 {
			t.Errorf("%s: exit code %d and %q, want %d and one line", tt.args, got.code, got.out, tt.code)
			continue
		}
		f := decode[failure](t, got.out)
		if !strings.Contains(f.Error, tt.want) || lastFailure(t, got).Error != f.Error {
			t.Errorf("%s: error %q and stderr %q, want both with %q", tt.args, f.Error, got.err, tt.want)
		}
		if (f.Rejected == nil) != (tt.rejected == nil) || f.Rejected != nil && *f.Rejected != *tt.rejected {
			t.Errorf("%s: %s, want rejected %v", tt.args, got.out, tt.rejected)
		}
	}
}
