package main

import (
	"encoding/json"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

// TestBatch checks that batch counts the queries of a file or of standard input, and tells those
// with an error.
func TestBatch(t *testing.T) {
	files := map[string]string{
		"in.jsonl": recordA + recordB,
		"list.csv": "n,query\n1,北约\n2,北约 OR\n3,布鲁塞尔\n", "list.txt": "北约\n\n布鲁塞尔\n", "empty.txt": "\n",
	}
	if got := command(t, files, "", "build", "--out", "news", "in.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got)
	}
	got := again(t, nil, "", "batch", "--index", "news", "--counts", "none", "list.csv")
	rows := strings.Split(strings.TrimSpace(got.out), "\r\n")
	if got.code != cli.ExitDone || len(rows) != 4 || rows[0] != "\ufeffline,query,total,total_relation,error" ||
		rows[1] != "2,北约,1,eq," || !strings.HasPrefix(rows[2], "3,北约 OR,,") || rows[3] != "4,布鲁塞尔,1,eq," {
		t.Errorf("%d %q %s", got.code, rows, got.err)
	}
	if !strings.Contains(got.err, "queries with an error: 1 of 3") {
		t.Errorf("stderr: %s", got.err)
	}
	got = again(t, nil, "布鲁塞尔\n", "batch", "--index", "news", "--format", "jsonl", "--hits", "1",
		"--counts", "year,publication")
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	var row struct {
		Query string
		Total int
		Hits  []struct {
			ID string `json:"article_id"`
		}
	}
	if len(lines) != 2 || json.Unmarshal([]byte(lines[1]), &row) != nil || row.Total != 1 || len(row.Hits) != 1 ||
		row.Hits[0].ID != "b" {
		t.Errorf("%d %q %s", got.code, lines, got.err)
	}
	for args, code := range map[string]int{
		"":                                cli.ExitUsage,
		"--index news --format xml":       cli.ExitUsage,
		"--index news --counts week":      cli.ExitUsage,
		"--index news --hits 11":          cli.ExitUsage,
		"--index news --from 2022":        cli.ExitUsage,
		"--index news list.csv list.csv":  cli.ExitUsage,
		"--index news missing.txt":        cli.ExitFailed,
		"--index news empty.txt":          cli.ExitFailed,
		"--index nowhere list.csv":        cli.ExitFailed,
		"--index news --sort best x.csv":  cli.ExitUsage,
		"--index news --match all list.x": cli.ExitUsage,
	} {
		got := again(t, nil, "", append([]string{"batch"}, strings.Fields(args)...)...)
		if got.code != code || got.err == "" {
			t.Errorf("%s: code %d, want %d: %s", args, got.code, code, got.err)
		}
	}
}
