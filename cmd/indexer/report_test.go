package main

import (
	"os"
	"strings"
	"testing"

	"xunwen/internal/cli"
	"xunwen/internal/generation"
)

// A build that finds another one running leaves the report alone, since it may be the
// other's; any other build replaces an older report.
func TestTheReportOfAnotherBuildStays(t *testing.T) {
	const before = `{"rejected":144,"of":"a build that is under way, with a line longer than any of ours"}` + "\n"
	files := map[string]string{"a.jsonl": recordA, "none.jsonl": "\n", "report.jsonl": before}
	if got := command(t, files, "", "build", "--out", "ix", "a.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	unlock, err := generation.In("ix").Lock()
	if err != nil {
		t.Fatal(err)
	}
	got := again(t, nil, "", "build", "--out", "ix", "--report", "report.jsonl", "a.jsonl")
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if got.code != cli.ExitFailed || reportOf(t) != before {
		t.Errorf("exit %d, the report is %q", got.code, reportOf(t))
	}
	again(t, nil, "", "build", "--out", "ix", "--report", "report.jsonl", "none.jsonl")
	if got := reportOf(t); got != "" {
		t.Errorf("a build that fails leaves %q", got)
	}
	again(t, map[string]string{"report.jsonl": before}, "", "build", "--out", "ix", "--report", "report.jsonl",
		"a.jsonl")
	if got := reportOf(t); strings.Count(got, "\n") != 1 || !strings.Contains(got, `"articles":1`) {
		t.Errorf("a build leaves %q", got)
	}
}

func reportOf(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("report.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
