package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/cli"
	"xunwen/internal/generation"
)

const (
	recordA = `{"id":"a","title":"俄罗斯与美国举行对话","text":"双方未就北约东扩问题达成一致。"}` + "\n"
	recordB = `{"id":"b","title":"欧盟峰会闭幕","text":"各国领导人离开布鲁塞尔。"}` + "\n"
)

// Environment variables of the indexer that these tests build.
const (
	dictFolder = "INDEXER_TEST_DICTIONARIES" // the dictionaries to use
	fileLimit  = "INDEXER_TEST_FILE_SIZE"    // bytes: no file may be larger
)

// indexerBinary builds the indexer with the main function of testdata/indexer on its
// first call.
var indexerBinary = sync.OnceValues(func() (string, error) {
	main, err := filepath.Abs("testdata/indexer/main.go")
	if err != nil {
		return "", err
	}
	replaced, err := filepath.Abs("../../cmd/indexer/main.go")
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(main); err != nil { // as in readSources, go test must know that it is used
		return "", err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {replaced: main}})
	if err != nil {
		return "", err
	}
	name := filepath.Join(sharedFolder, "overlay.json")
	if err := os.WriteFile(name, overlay, 0o644); err != nil {
		return "", err
	}
	return buildProgram("indexer-test", "xunwen/cmd/indexer", "-overlay", name)
})

// indexerDictionaries writes smaller dictionaries on its first call: loading the
// program's own would take most of the time.
var indexerDictionaries = sync.OnceValues(func() (string, error) {
	dictionaries, err := analyzertest.ReadFrequent()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(sharedFolder, "dictionaries")
	return dir, os.CopyFS(dir, dictionaries)
})

// indexer returns the indexer as a process in a folder.
func indexer(ctx context.Context, t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := indexerBinary()
	if err != nil {
		t.Fatal(err)
	}
	dictionaries, err := indexerDictionaries()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(ctx, indexerTime)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, binary, args...) // SIGKILL when ctx ends
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), dictFolder+"="+dictionaries)
	return cmd
}

// result is the output and exit code of a command.
type result struct {
	code     int
	out, err string
}

// runIndexer runs the indexer in a folder.
func runIndexer(t *testing.T, dir string, args ...string) result {
	t.Helper()
	return ended(t, indexer(t.Context(), t, dir, args...))
}

// ended runs a process to its end and returns its exit code, -1 if it was killed, and its
// output.
func ended(t *testing.T, cmd *exec.Cmd) result {
	t.Helper()
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), stderr.String()}
}

// invented returns article records of random sentences; 700 are enough for two workers.
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
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "a.jsonl"), recordA)
	if got := runIndexer(t, dir, "build", "--out", "ix", "a.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), waitTime)
	defer cancel()
	first := indexer(ctx, t, dir, "build", "--append", "--out", "ix", "-")
	input, err := first.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	first.Stderr = &said
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	for len(drafts(t, dir)) == 0 { // once there is one, it has the lock
		if ctx.Err() != nil {
			t.Fatal("the first build never begins")
		}
		runtime.Gosched()
	}
	for _, args := range [][]string{
		{"build", "--out", "ix", "a.jsonl"}, {"build", "--append", "--out", "ix", "a.jsonl"},
		{"remove", "--index", "ix", "a"}, {"prune", "--index", "ix", "--keep", "1"}, {"rollback", "--index", "ix"},
	} {
		got := runIndexer(t, dir, args...)
		if got.code != cli.ExitFailed || !strings.Contains(got.err, "is being built by another process") {
			t.Errorf("%v during a build: exit %d, %q", args, got.code, got.err)
		}
	}
	_, err = io.WriteString(input, recordB)
	if err := errors.Join(err, input.Close(), first.Wait()); err != nil {
		t.Errorf("the first build: %v: %s", err, said.String())
	}
	list, err := generation.In(filepath.Join(dir, "ix")).List()
	if err != nil || len(list) != 2 {
		t.Errorf("after both: %+v (%v)", list, err)
	}
	if s := stateOf(t, filepath.Join(dir, "ix")); s.articles != 2 {
		t.Errorf("%d articles after both, want 2", s.articles)
	}
}

// drafts lists the unpublished generations of running builds.
func drafts(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "ix", "*.tmp"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}
