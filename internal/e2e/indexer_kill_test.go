package e2e

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"xunwen/internal/cli"
	"xunwen/internal/generation"
)

var killsFlag = flag.Int("kills", 9, "how many times a command that changes an index is killed")

// work is a command that changes an index, and the number of articles that it leaves.
type work struct {
	name   string
	dir    string // in which it runs; the index is ix there
	args   []string
	leaves func(articles int) int
	says   []string // when its phases begin, the first left out
	phases []phase
}

func (w *work) index() string { return filepath.Join(w.dir, "ix") }

// phase is a part of a command: what it logs when the phase starts, and how long it takes.
type phase struct {
	says string // "" for the first
	took time.Duration
}

// listener is a command's stderr; heard is called once, when a text appears.
type listener struct {
	said  bytes.Buffer // not embedded: its ReadFrom would be taken for Write
	says  string
	heard func()
}

func (l *listener) Write(b []byte) (int, error) {
	n, err := l.said.Write(b)
	if l.heard != nil && strings.Contains(l.said.String(), l.says) {
		l.heard()
		l.heard = nil
	}
	return n, err
}

// time runs the command undisturbed and measures its phases.
func (w *work) time(t *testing.T) {
	t.Helper()
	w.phases = nil
	last, began := "", time.Now()
	ends := func(next string) {
		w.phases = append(w.phases, phase{last, time.Since(began)})
		last, began = next, time.Now()
	}
	all := w.says
	cmd := indexer(t.Context(), t, w.dir, w.args...)
	var said bytes.Buffer
	cmd.Stderr = writer(func(b []byte) (int, error) {
		n, err := said.Write(b)
		for len(all) > 0 && strings.Contains(said.String(), all[0]) {
			ends(all[0])
			all = all[1:]
		}
		return n, err
	})
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v: %s", w.name, err, said.String())
	}
	ends("")
}

// hurry halves the measured times if the command ended before it was to be killed: the
// machine was busier when it was measured.
func (w *work) hurry() {
	for i := range w.phases {
		w.phases[i].took /= 2
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }

const killArticles = 700 // for two workers

// buildAll publishes killArticles+1 articles.
var buildAll = []string{"build", "--out", "ix", "--keep", "3", "../all.jsonl", "../one.jsonl"}

// killWorks returns the commands, each with its own folder next to the inputs.
func killWorks(t *testing.T) []*work {
	t.Helper()
	home := t.TempDir()
	random := rand.New(rand.NewPCG(11, 24))
	for name, content := range map[string]string{
		"all.jsonl": invented(random, "a", killArticles), "more.jsonl": invented(random, "b", 40), "one.jsonl": recordA,
	} {
		putFile(t, filepath.Join(home, name), content)
	}
	all := []string{"phase=read", "phase=index", "phase=publish"}
	works := []*work{
		{name: "build", args: buildAll, says: all, leaves: func(int) int { return killArticles + 1 }},
		{name: "append", args: []string{"build", "--append", "--out", "ix", "--keep", "3", "../more.jsonl"}, says: all,
			leaves: func(n int) int { return n + 40 }},
		{name: "remove", args: []string{"remove", "--index", "ix", "--keep", "3", "a"},
			leaves: func(n int) int { return n - 1 }},
	}
	for _, w := range works {
		w.dir = filepath.Join(home, w.name)
		if err := os.Mkdir(w.dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return works
}

// TestKilledAtAnyMoment kills a build, an append and a removal at random moments from start
// to end. The published generation is the previous one, unchanged byte for byte, or the
// complete new one if the kill came late. The next build removes what the killed one left.
func TestKilledAtAnyMoment(t *testing.T) {
	works := killWorks(t)
	ends := make([]map[string]int, len(works)) // per command, how many were killed after which log line
	t.Run("works", func(t *testing.T) {
		for i, w := range works {
			t.Run(w.name, func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(3, uint64(i)))
				ends[i] = w.killOften(t, random, (*killsFlag+len(works)-1-i)/len(works))
			})
		}
	})
	died, all := 0, map[string]int{}
	for _, of := range ends {
		for said, n := range of {
			died += n
			all[said] += n
		}
	}
	t.Logf("%d commands, %d of them killed; the last phases logged: %v", *killsFlag, died, all)
	if died < *killsFlag/2 || len(all) < 2 {
		t.Errorf("only %d of %d were killed in time, in the phases %v", died, *killsFlag, all)
	}
}

// killOften kills the command repeatedly and returns how many were killed in each phase,
// by the last one logged.
func (w *work) killOften(t *testing.T, random *rand.Rand, times int) map[string]int {
	t.Helper()
	w.reset(t)
	w.time(t)
	t.Logf("%s: %v", w.name, w.phases)
	ends := map[string]int{}
	for i := range times {
		w.reset(t)
		before := stateOf(t, w.index())
		got := killed(t, w, w.phases[i%len(w.phases)], random)
		after := stateOf(t, w.index())
		switch {
		case after.current == before.current && !slices.Equal(after.files, before.files):
			t.Errorf("%s: the published generation changed", w.name)
		case after.current != before.current && after.articles != w.leaves(before.articles):
			t.Errorf("%s: published with %d articles, before %d", w.name, after.articles, before.articles)
		case got.code == cli.ExitDone && after.current == before.current:
			t.Errorf("%s: it succeeded and published nothing", w.name)
		case got.code != cli.ExitDone && got.code != -1:
			t.Errorf("%s: exit %d: %s", w.name, got.code, got.err)
		}
		if got.code == cli.ExitDone {
			w.hurry()
		}
		if got.code == -1 {
			ends[lastPhase(got.err)]++
		}
		if t.Failed() {
			return ends
		}
	}
	w.reset(t)
	return ends
}

// killed runs a command and kills it at a random moment of a phase.
func killed(t *testing.T, w *work, during phase, random *rand.Rand) result {
	t.Helper()
	moment := time.Duration(random.Float64() * float64(during.took))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	kill := func() { time.AfterFunc(moment, stop) }
	cmd := indexer(ctx, t, w.dir, w.args...)
	said := &listener{says: during.says, heard: kill}
	cmd.Stderr = said
	if during.says == "" {
		said.heard = nil
		kill()
	}
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	return result{code: cmd.ProcessState.ExitCode(), err: said.said.String()}
}

// lastPhase returns the last phase that a build without a terminal logged.
func lastPhase(said string) string {
	i := strings.LastIndex(said, "phase=")
	if i < 0 {
		return "nothing"
	}
	phase, _, _ := strings.Cut(said[i+len("phase="):], " ")
	return phase
}

// reset runs a full build in the folder and checks that nothing of the killed command is
// left.
func (w *work) reset(t *testing.T) {
	t.Helper()
	if got := runIndexer(t, w.dir, buildAll...); got.code != cli.ExitDone {
		t.Fatalf("the next build: %s", got.err)
	}
	if now := stateOf(t, w.index()); now.articles != killArticles+1 {
		t.Errorf("the next build has %d articles", now.articles)
	}
	if got := runIndexer(t, w.dir, "verify", "--index", "ix"); got.code != cli.ExitDone ||
		strings.Contains(got.out, "note:") {
		t.Errorf("after the next build: %s%s", got.out, got.err)
	}
}

// state is the published state of an index.
type state struct {
	current  generation.Current
	articles int
	files    []string // name, size and digest of each, as they are on disk
}

func stateOf(t *testing.T, dir string) state {
	t.Helper()
	f := generation.In(dir)
	c, err := f.Current()
	if err != nil {
		t.Fatal(err)
	}
	m, err := f.Manifest(c.Name, c.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Check(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	s := state{current: c, articles: m.Articles}
	for _, file := range m.Files {
		s.files = append(s.files, file.Path+" "+strconv.FormatInt(file.Size, 10)+" "+file.SHA256)
	}
	if left, err := filepath.Glob(filepath.Join(dir, c.Name, "*.tmp")); err != nil || len(left) > 0 {
		t.Errorf("%v in a published generation (%v)", left, err)
	}
	return s
}
