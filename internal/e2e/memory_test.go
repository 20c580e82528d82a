package e2e

import (
	"errors"
	"flag"
	"fmt"
	"math"
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
)

var memoriesFlag = flag.Int("memories", 4, "in how many amounts of memory a build and a server run")

// Amounts of memory, in kB, in which programs that are tested fail: the least is what a Go program needs to
// start, the most is enough for the small index of these tests.
const leastMemory, mostMemory = 170_000, 500_000

// underLimit has the shell limit the memory of a command, as ulimit -d does.
func underLimit(cmd *exec.Cmd, kilobytes int) *exec.Cmd {
	return throughShell(cmd, fmt.Sprintf(`ulimit -d %d && exec "$0" "$@"`, kilobytes))
}

func throughShell(cmd *exec.Cmd, script string) *exec.Cmd {
	cmd.Args = append([]string{"sh", "-c", script, cmd.Path}, cmd.Args[1:]...)
	cmd.Path = "/bin/sh"
	return cmd
}

// memories returns amounts of memory in kB, from least on: the first is too little.
func memories(random *rand.Rand) []int {
	all := []int{leastMemory}
	for range *memoriesFlag - 1 {
		all = append(all, int(leastMemory*math.Exp(random.Float64()*math.Log(float64(mostMemory)/leastMemory))))
	}
	return all
}

// TestBuildsInLittleMemory runs builds in several amounts of memory. Each one is complete, or says that memory
// ran out and what to do, exits with 1 and leaves what is published and a folder in which the next one builds.
func TestBuildsInLittleMemory(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector needs more memory than can be limited")
	}
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(17, 8))
	putFile(t, filepath.Join(dir, "all.jsonl"), invented(random, "a", 1500))
	build := []string{"build", "--out", "ix", "all.jsonl"}
	if got := runIndexer(t, dir, build...); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	index, done := filepath.Join(dir, "ix"), 0
	for _, kilobytes := range memories(random) {
		before := stateOf(t, index)
		got := ended(t, underLimit(indexer(t.Context(), t, dir, build...), kilobytes))
		after := stateOf(t, index)
		if got.code == cli.ExitDone {
			done++
			continue
		}
		checkOutOfMemory(t, fmt.Sprintf("a build in %d kB", kilobytes), got)
		if after.current != before.current || !slices.Equal(after.files, before.files) {
			t.Errorf("a build in %d kB: what is published changed", kilobytes)
		}
	}
	t.Logf("%d of %d builds had enough memory", done, *memoriesFlag)
	if done == *memoriesFlag {
		t.Error("no build had too little memory")
	}
	checkNextBuild(t, dir, build)
}

// checkOutOfMemory checks how a program ends that has too little memory.
func checkOutOfMemory(t *testing.T, what string, got result) {
	t.Helper()
	if got.code != cli.ExitFailed || !strings.Contains(got.err, "out of memory: this process may use ") ||
		!strings.Contains(got.err, "pass a smaller --") || strings.Contains(got.err, "goroutine ") {
		t.Errorf("%s: exit %d: %s", what, got.code, got.err)
	}
}

// checkNextBuild checks that a build with enough memory succeeds and leaves nothing of those before it.
func checkNextBuild(t *testing.T, dir string, build []string) {
	t.Helper()
	if got := runIndexer(t, dir, build...); got.code != cli.ExitDone {
		t.Errorf("the next build: exit %d: %s", got.code, got.err)
	}
	for _, name := range namesIn(t, filepath.Join(dir, "ix")) {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("the next build leaves %s", name)
		}
	}
}

// TestServesInLittleMemory starts searchd in several amounts of memory. It serves, or exits with 1 and says
// that memory ran out and what to do.
func TestServesInLittleMemory(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector needs more memory than can be limited")
	}
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := searchdBinary()
	if err != nil {
		t.Fatal(err)
	}
	for _, kilobytes := range memories(rand.New(rand.NewPCG(17, 9))) {
		cmd := underLimit(exec.Command(binary, "--index", dir, "--listen", "127.0.0.1:0"), kilobytes)
		stopping := time.AfterFunc(startTime/10, func() { cmd.Process.Signal(os.Interrupt) })
		if got := ended(t, cmd); got.code != cli.ExitDone {
			checkOutOfMemory(t, fmt.Sprintf("searchd in %d kB", kilobytes), got)
		} else if !strings.Contains(got.out, "serving ") {
			t.Errorf("searchd in %d kB: %s", kilobytes, got.err)
		}
		stopping.Stop()
	}
}

// TestBuildInASmallCgroup runs a build in a cgroup whose memory is too small, as a container's may be: the
// kernel kills it, and its parent reports that.
func TestBuildInASmallCgroup(t *testing.T) {
	memory := 48 << 20
	if raceEnabled {
		memory = 200 << 20 // the parent alone takes more than 48 MB
	}
	group := newCgroup(t, memory)
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(17, 10))
	putFile(t, filepath.Join(dir, "one.jsonl"), recordA)
	putFile(t, filepath.Join(dir, "all.jsonl"), invented(random, "a", 6000))
	small := []string{"build", "--out", "ix", "one.jsonl"}
	if got := runIndexer(t, dir, small...); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	build := []string{"build", "--out", "ix", "all.jsonl"}
	before := stateOf(t, filepath.Join(dir, "ix"))
	enter := fmt.Sprintf(`echo $$ >%s/cgroup.procs && exec "$0" "$@"`, group)
	checkOutOfMemory(t, "a build", ended(t, throughShell(indexer(t.Context(), t, dir, build...), enter)))
	if after := stateOf(t, filepath.Join(dir, "ix")); after.current != before.current {
		t.Error("what is published changed")
	}
	checkNextBuild(t, dir, small)
}

// newCgroup makes a cgroup with a limit of memory for the test, which is skipped where it can't.
func newCgroup(t *testing.T, bytes int) string {
	t.Helper()
	for _, c := range []struct{ parent, limit string }{
		{"/sys/fs/cgroup", "memory.max"},
		{"/sys/fs/cgroup/memory", "memory.limit_in_bytes"},
	} {
		group := filepath.Join(c.parent, fmt.Sprintf("xunwen-test-%d", os.Getpid()))
		if err := os.Mkdir(group, 0o755); err != nil {
			continue
		}
		t.Cleanup(func() { removeCgroup(t, group) })
		limit := filepath.Join(group, c.limit)
		if _, err := os.Stat(limit); err == nil && os.WriteFile(limit, []byte(strconv.Itoa(bytes)), 0o644) == nil {
			return group
		}
	}
	t.Skip("no cgroup with a limit of memory can be made here")
	return ""
}

// removeCgroup removes a cgroup once its last process has ended.
func removeCgroup(t *testing.T, group string) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		err := os.Remove(group)
		if err == nil || errors.Is(err, os.ErrNotExist) {
			return
		}
		if time.Now().After(deadline) {
			t.Errorf("the cgroup stays: %v", err)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}
