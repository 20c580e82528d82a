package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/cli"
	"xunwen/internal/generation"
)

// Environment variables that turn the test binary into the program.
const (
	asProgram  = "INDEXER_TEST_PROGRAM"      // "1": be the indexer
	dictFolder = "INDEXER_TEST_DICTIONARIES" // the dictionaries to use
	fileLimit  = "INDEXER_TEST_FILE_SIZE"    // bytes: no file may be larger
)

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	if limit := os.Getenv(fileLimit); limit != "" {
		if err := limitFiles(limit); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	}
	os.Exit(cli.Main("indexer",
		func(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
			return runWith(ctx, os.DirFS(os.Getenv(dictFolder)), args, stdin, stdout, stderr)
		}))
}

// limitFiles makes writes beyond a file size fail, as on a full disk.
func limitFiles(limit string) error {
	n, err := strconv.ParseUint(limit, 10, 64)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	return unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: n, Max: n})
}

// waitTime is longer than any process of these tests takes.
const waitTime = 5 * time.Minute

// program returns the indexer as a separate process.
func program(ctx context.Context, t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(ctx, waitTime)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, self, args...) // SIGKILL when ctx ends
	cmd.Env = append(os.Environ(), asProgram+"=1", dictFolder+"="+dictionaries(t))
	return cmd
}

// dictionaries returns a folder of dictionaries next to that of the test.
func dictionaries(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dictionaries")
	if err := os.CopyFS(dir, analyzertest.Frequent(t)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// ended runs a process to its end and returns its exit code, -1 if it was killed, and its
// output.
func ended(t *testing.T, cmd *exec.Cmd) outcome {
	t.Helper()
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	return outcome{cmd.ProcessState.ExitCode(), out.String(), stderr.String()}
}

// invented returns article records of random sentences, enough for two shards.
func invented(random *rand.Rand, prefix string, n int) string {
	words := []string{"渡口", "大桥", "青禾", "雾岭", "茶节", "夜市", "公报", "临江", "开放", "列车", "会议", "项目", "记者", "市民", "今天", "发展"}
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%s%d","title":"%s%d号","text":"`, prefix, i, words[random.IntN(len(words))], i)
		for range 10 + random.IntN(60) {
			b.WriteString(words[random.IntN(len(words))])
			if random.IntN(6) == 0 {
				fmt.Fprintf(&b, "，第%d号%c%c。", random.IntN(1000), '一'+rune(random.IntN(9000)),
					'一'+rune(random.IntN(9000)))
			}
		}
		b.WriteString("\"}\n")
	}
	return b.String()
}

// TestOneBuildAtATime checks that the second of two builds on one folder reports that the first
// is running and exits, and that the first is not disturbed.
func TestOneBuildAtATime(t *testing.T) {
	if got := command(t, map[string]string{"a.jsonl": recordA}, "", "build", "--out", "ix",
		"a.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), waitTime)
	defer cancel()
	first := program(ctx, t, "build", "--append", "--out", "ix", "-")
	input, err := first.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	first.Stderr = &said
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	for len(drafts(t)) == 0 { // once there is one, it has the lock
		if ctx.Err() != nil {
			t.Fatal("the first build never begins")
		}
		runtime.Gosched()
	}
	for _, args := range [][]string{
		{"build", "--out", "ix", "a.jsonl"}, {"build", "--append", "--out", "ix", "a.jsonl"},
		{"remove", "--index", "ix", "a"}, {"prune", "--index", "ix", "--keep", "1"}, {"rollback", "--index", "ix"},
	} {
		got := ended(t, program(t.Context(), t, args...))
		if got.code != cli.ExitFailed || !strings.Contains(got.err, "is being built by another process") {
			t.Errorf("%v beside a build: exit %d, %q", args, got.code, got.err)
		}
	}
	_, err = io.WriteString(input, recordB)
	if err := errors.Join(err, input.Close(), first.Wait()); err != nil {
		t.Errorf("the first build: %v: %s", err, said.String())
	}
	if now := generationsOf(t); len(now) != 2 || now[0].Articles != 2 {
		t.Errorf("after both: %+v", now)
	}
}

// drafts lists the unpublished generations of running builds.
func drafts(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob("ix/*.tmp")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

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
