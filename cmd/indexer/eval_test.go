package main

import (
	"encoding/json"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

const evalQueries = `{"id":"1","set":"headlines","query":"北约东扩 对话","gold":["a"]}
{"id":"2","set":"places","query":"布鲁塞尔","gold":["b"]}
{"id":"3","set":"places","query":"北约","gold":["b"]}
`

func TestEval(t *testing.T) {
	if got := command(t, map[string]string{"in.jsonl": recordA + recordB, "q.jsonl": evalQueries, "bad.jsonl": "{}\n"},
		"",
		"build", "--out", "both", "in.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got)
	}
	if got := again(t, map[string]string{"a.jsonl": recordA}, "", "build", "--out", "one",
		"a.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got)
	}
	for _, c := range []struct {
		args string
		code int
		want []string
	}{
		{"--index both --queries q.jsonl", cli.ExitDone,
			[]string{"headlines  1        1.000", "places     2        0.500", "all        3        0.667"}},
		{"--index both --queries q.jsonl --explain", cli.ExitDone,
			[]string{"not among the first 10 of 1  [places] 北约 (3)\n  first 1. a 俄罗斯与美国举行对话 ", " = article "}},
		{"--index one --queries q.jsonl --against both --explain", cli.ExitDone,
			[]string{"one compared with both", "places     2        -0.500",
				"-1.000  [places] 布鲁塞尔 (2): rank 1 of 1 → absent\n  before 1. b"}},
		{"--index both --queries bad.jsonl", cli.ExitFailed, []string{`bad.jsonl:1: no "query"`}},
		{"--index both --queries none.jsonl", cli.ExitUsage, []string{"--queries none.jsonl: no such file"}},
		{"--index none --queries q.jsonl", cli.ExitFailed, []string{"none: no intact index is published there"}},
		{"--index both", cli.ExitUsage, []string{"--queries is missing"}},
	} {
		got := again(t, nil, "", append([]string{"eval"}, strings.Fields(c.args)...)...)
		if got.code != c.code {
			t.Errorf("%s: code %d, want %d: %s", c.args, got.code, c.code, got.err)
		}
		if got.code == cli.ExitDone && got.err != "" {
			t.Errorf("%s: on stderr: %s", c.args, got.err)
		}
		for _, want := range c.want {
			if !strings.Contains(got.out+got.err, want) {
				t.Errorf("%s: no %q in\n%s%s", c.args, want, got.out, got.err)
			}
		}
	}
	got := again(t, nil, "", "eval", "--index", "one", "--queries", "q.jsonl", "--against", "both", "--json")
	var out struct {
		Sets []struct {
			Set string
			MRR struct{ Mean, Low, High float64 }
		}
		Comparison []struct{ Won, Lost int }
	}
	if err := json.Unmarshal([]byte(got.out), &out); err != nil {
		t.Fatalf("%v: %s", err, got.out)
	}
	if len(out.Sets) != 3 || out.Sets[0].MRR.Mean != 1 || out.Sets[1].MRR.Mean != 0 || len(out.Comparison) != 3 ||
		out.Comparison[1].Lost != 1 {
		t.Errorf("%s", got.out)
	}
}
