package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

func TestAppend(t *testing.T) {
	first := command(t, map[string]string{"a.jsonl": recordA, "b.jsonl": recordB}, "", "build", "--out", "ix",
		"a.jsonl")
	second := again(t, nil, "", "build", "--out", "ix", "--append", "--keep", "1", "--json", "b.jsonl")
	if first.code != cli.ExitDone || second.code != cli.ExitDone {
		t.Fatalf("builds: %+v, %+v", first, second)
	}
	if s := decode[summary](t, second.out); s.Articles != 2 {
		t.Errorf("after --append: %+v, want both articles", s)
	}
	var list []struct{ Name string }
	got := again(t, nil, "", "list", "--index", "ix", "--json")
	if err := json.Unmarshal([]byte(got.out), &list); err != nil || len(list) != 1 {
		t.Errorf("with --keep 1: %v, %s", err, got.out)
	}
}

func TestAppendOfNothingNewPublishesNothing(t *testing.T) {
	files := map[string]string{
		"a.jsonl":     recordA + recordB,
		"empty.jsonl": "",
		"bad.jsonl":   "no JSON\n",
		"other.jsonl": `{"id":"a","title":"改过的标题"}` + "\n",
		"words.txt":   "老渡 => 渡口\n",
	}
	if got := command(t, files, "", "build", "--out", "ix", "a.jsonl"); got.code != 0 {
		t.Fatal(got.err)
	}
	if got := again(t, nil, "", "build", "--out", "ix", "--append", "other.jsonl"); got.code != 0 {
		t.Fatal(got.err)
	}
	if got := again(t, nil, "", "build", "--out", "ix", "--append", "a.jsonl"); got.code != 0 {
		t.Fatal(got.err)
	}
	before := generationsOf(t)
	changedBack := map[string]string{"a.jsonl": `{"id":"a","title":"改过的标题"}` + "\n" + recordA}
	for _, c := range []struct {
		path  string
		files map[string]string
		says  string
	}{
		{"a.jsonl", nil, "the index already has these articles\n"},
		{"a.jsonl", changedBack, "the index already has these articles\n"},
		{"empty.jsonl", nil, "no article was read\n"},
		{"bad.jsonl", nil, "no article was read (1 input rejected)"},
	} {
		got := again(t, c.files, "", "build", "--out", "ix", "--append", c.path)
		if got.code != cli.ExitFailed || got.out != "" {
			t.Errorf("%s: exit %d and %q", c.path, got.code, got.out)
		}
		if !strings.Contains(got.err, "nothing was published: ") || !strings.Contains(got.err, c.says) {
			t.Errorf("%s: %q lacks %q", c.path, got.err, c.says)
		}
		got = again(t, nil, "", "build", "--out", "ix", "--append", "--json", c.path)
		failed := decode[struct {
			Error    string `json:"error"`
			Rejected int    `json:"rejected"`
		}](t, got.out)
		if got.code != cli.ExitFailed || !strings.Contains(failed.Error, "nothing was published") {
			t.Errorf("%s with --json: exit %d and %+v", c.path, got.code, failed)
		}
	}
	if after := generationsOf(t); !slices.Equal(after, before) {
		t.Errorf("generations were %+v and are %+v", before, after)
	}
	got := again(t, nil, "", "build", "--out", "ix", "--append", "--synonyms", "words.txt", "a.jsonl")
	if got.code != 0 {
		t.Errorf("new synonyms: exit %d and %q", got.code, got.err)
	}
}
