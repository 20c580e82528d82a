package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

func manyRecords(prefix string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%s%d","title":"新桥通车","text":"青禾大桥昨天通车。"}`+"\n", prefix, i)
	}
	return b.String()
}

// TestFileWithTooManyArticles checks that a file with more articles than memory is enough for costs
// none of the others, and that many files which are too much together end the build.
func TestFileWithTooManyArticles(t *testing.T) {
	const memory = "12000B" // enough for 20 articles
	for _, names := range [][]string{{"large.jsonl", "small.jsonl"}, {"small.jsonl", "large.jsonl"}} {
		files := map[string]string{"large.jsonl": manyRecords("l", 50), "small.jsonl": "{\n" + manyRecords("s", 5)}
		args := append([]string{"build", "--json", "--memory", memory, "--out", "ix", "--report", "report"}, names...)
		got := command(t, files, "", args...)
		if got.code != cli.ExitDone || !strings.Contains(got.out, `"articles":5,`) ||
			!strings.Contains(got.out, `"rejected":2,`) {
			t.Errorf("%q: exit %d: %s%s", names, got.code, got.out, got.err)
		}
		if !strings.Contains(got.err, "50 articles or more, which --memory 12 kB is not enough for") {
			t.Errorf("%q: it says %s", names, got.err)
		}
		text, err := os.ReadFile("report")
		if err != nil {
			t.Fatal(err)
		}
		report := string(text)
		if lines := strings.Count(report, "\n"); lines != 3 || strings.Contains(report, "\x00") {
			t.Errorf("%q: the report has %d lines: %q", names, lines, report)
		}
	}
	files := map[string]string{"a.jsonl": manyRecords("a", 12), "b.jsonl": manyRecords("b", 12)}
	if got := command(t, files, "", "build", "--memory", memory, "--out", "ix", "a.jsonl", "b.jsonl"); got.code !=
		cli.ExitFailed || !strings.Contains(got.err, "too little memory: 24 articles") {
		t.Errorf("files that are too much together: exit %d: %s", got.code, got.err)
	}
	files = map[string]string{"a.jsonl": manyRecords("a", 50), "b.jsonl": recordB}
	args := []string{"build", "--strict", "--memory", memory, "--out", "ix", "a.jsonl", "b.jsonl"}
	if got := command(t, files, "", args...); got.code != cli.ExitFailed {
		t.Errorf("--strict: exit %d: %s", got.code, got.out)
	}
}
