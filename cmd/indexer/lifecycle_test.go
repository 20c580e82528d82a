package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"xunwen/internal/cli"
)

// listed is the output of list --json.
type listed struct {
	Name     string `json:"name"`
	Current  bool   `json:"current"`
	Articles int    `json:"articles"`
}

func generationsOf(t *testing.T) []listed {
	t.Helper()
	got := again(t, nil, "", "list", "--index", "ix", "--json")
	var out []listed
	if err := json.Unmarshal([]byte(got.out), &out); err != nil {
		t.Fatalf("%v in %q", err, got.out)
	}
	return out
}

// This test builds an index, appends, corrects, removes, rolls back and prunes, each with
// one command.
func TestTheLifeOfAnIndex(t *testing.T) {
	files := map[string]string{"a.jsonl": recordA + recordB,
		"b.jsonl": `{"id":"a","title":"改过的标题"}` + "\n" + `{"id":"c","title":"新的一篇"}` + "\n"}
	if got := command(t, files, "", "build", "--out", "ix", "--keep", "9", "a.jsonl"); got.code != 0 {
		t.Fatal(got.err)
	}
	got := again(t, nil, "", "build", "--out", "ix", "--keep", "9", "--append", "--json", "b.jsonl")
	if s := decode[summary](t, got.out); s.Articles != 3 || s.Replaced != 1 {
		t.Errorf("added: %+v", s)
	}
	got = again(t, nil, "", "remove", "--index", "ix", "--keep", "9", "--json", "b", "b")
	if s := decode[summary](t, got.out); s.Articles != 2 || s.Removed != 1 {
		t.Errorf("removed: %+v", s)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"remove", "--index", "ix", "b"}, cli.ExitFailed, "no article has the id b"},
		{[]string{"remove", "--index", "ix", "a", "c"}, cli.ExitFailed, "this would remove all articles"},
		{[]string{"remove", "--index", "ix"}, cli.ExitUsage, "ID"},
		{[]string{"remove", "--index", "nowhere", "a"}, cli.ExitFailed, "no generation is published"},
		{[]string{"rollback"}, cli.ExitUsage, "--index"},
		{[]string{"rollback", "--index", "ix", "a", "b"}, cli.ExitUsage, "GENERATION"},
		{[]string{"rollback", "--index", "ix", "20200101T000000"}, cli.ExitFailed, "20200101T000000"},
		{[]string{"rollback", "--index", "nowhere"}, cli.ExitFailed, "nowhere"},
		{[]string{"prune", "--index", "ix"}, cli.ExitUsage, "--keep"},
	} {
		if got := again(t, nil, "", c.args...); got.code != c.code || !strings.Contains(got.err, c.says) {
			t.Errorf("%v: exit %d and %q, want %d and %q", c.args, got.code, got.err, c.code, c.says)
		}
	}
	three := generationsOf(t)
	if len(three) != 3 || three[0].Articles != 2 || !three[0].Current {
		t.Fatalf("generations %+v", three)
	}
	if got := again(t, nil, "", "rollback", "--index", "ix"); got.code != 0 ||
		got.out != "current: "+three[1].Name+"\n" {
		t.Errorf("rollback: %+v", got)
	}
	if got := again(t, nil, "", "rollback", "--index", "ix", "--json",
		three[2].Name); got.out != `{"current":"`+three[2].Name+`"}`+"\n" {
		t.Errorf("rollback to the first: %+v", got)
	}
	// Appending now appends to the generation that was rolled back to.
	got = again(t, nil, "", "build", "--out", "ix", "--keep", "9", "--append", "--json", "b.jsonl")
	if s := decode[summary](t, got.out); s.Articles != 3 {
		t.Errorf("added to what was rolled back to: %+v", s)
	}
	if got := again(t, nil, "", "prune", "--index", "ix", "--keep", "1", "--json"); got.code != 0 ||
		strings.Count(got.out, "T") != 4 {
		t.Errorf("prune: %+v", got)
	}
	if now := generationsOf(t); len(now) != 1 || !now[0].Current || now[0].Articles != 3 {
		t.Errorf("after prune: %+v", now)
	}
	if got := again(t, nil, "", "verify", "--index", "ix", "--deep"); got.code != 0 {
		t.Errorf("verify: %+v", got)
	}
}

// Without CURRENT, each command that needs it says how to restore it, and doing so works.
func TestNothingSaysWhatIsPublished(t *testing.T) {
	if got := command(t, map[string]string{"a.jsonl": recordA + recordB}, "", "build", "--out", "ix",
		"a.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	name := generationsOf(t)[0].Name
	if err := os.Remove("ix/CURRENT"); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"rollback"}, {"prune", "--keep", "1"}, {"remove", "a"}} {
		got := again(t, nil, "", append(args, "--index", "ix")...)
		if want := "indexer rollback --index ix GENERATION"; got.code != cli.ExitFailed ||
			!strings.Contains(got.err, want) {
			t.Errorf("%v: exit %d and %q, want %q", args, got.code, got.err, want)
		}
	}
	if got := again(t, nil, "", "rollback", "--index", "ix", name); got.code != cli.ExitDone ||
		!generationsOf(t)[0].Current {
		t.Errorf("rollback to %s: %+v", name, got)
	}
}

// In a folder without an index, each command fails, says what to do, and creates nothing.
func TestNoIndexIsThere(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("empty", 0o755); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"verify"}, {"verify", "--deep"}, {"list"}, {"rollback"}, {"prune", "--keep", "1"},
		{"remove", "a"}} {
		for _, dir := range []string{"nowhere", "empty"} {
			if args[0] == "list" && dir == "empty" {
				continue // there is nothing to list
			}
			got := again(t, nil, "", append(args, "--index", dir)...)
			if want := "indexer build --out " + dir; got.code != cli.ExitFailed || args[0] != "rollback" &&
				!strings.Contains(got.err, want) {
				t.Errorf("%v in %s: exit %d and %q, want %q", args, dir, got.code, got.err, want)
			}
		}
	}
	if _, err := os.Stat("nowhere"); err == nil {
		t.Error("a command that builds nothing made the folder")
	}
}
