package e2e

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// How long to wait for searchd. Even a busy machine needs only a fraction.
const (
	startTime = 2 * time.Minute // to open an index and print its address
	stopTime  = time.Minute     // to finish the requests in flight and exit
)

// indexerTime is longer than any run of the indexer takes.
const indexerTime = 5 * time.Minute

// searchdBinary builds searchd on its first call.
var searchdBinary = sync.OnceValues(func() (string, error) { return buildProgram("searchd", "xunwen/cmd/searchd") })

// buildProgram builds a command under a name, with the race detector if the tests use it.
func buildProgram(name, importPath string, flags ...string) (binary string, err error) {
	if err := readSources(importPath); err != nil {
		return "", err
	}
	binary = filepath.Join(sharedFolder, name)
	args := append([]string{"build", "-o", binary}, flags...)
	if raceEnabled {
		args = append(args, "-race")
	}
	out, err := exec.Command("go", append(args, importPath)...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build %s: %w\n%s", importPath, err, out)
	}
	return binary, nil
}

// readSources opens every file that a command is built from, so that go test doesn't
// answer from its cache after one of them has changed.
func readSources(importPath string) error {
	const format = `{{with .Module}}{{if .Main}}{{$.Dir}}{{end}}{{end}}`
	out, err := exec.Command("go", "list", "-deps", "-f", format, importPath).Output()
	if err != nil {
		return fmt.Errorf("go list %s: %w", importPath, err)
	}
	for dir := range strings.FieldsSeq(string(out)) {
		err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			return f.Close()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// process is a running searchd.
type process struct {
	base  string // http://127.0.0.1:12345
	admin string // likewise; "" unless it was started with --admin-listen
	pid   int
}

// serveSamples runs searchd over the samples and returns its address. During TestOverCluster they are in a
// cluster.
func serveSamples(t testing.TB) string {
	t.Helper()
	if overCluster != nil {
		return start(t, filepath.Join(t.TempDir(), "none"), overCluster...)
	}
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	return start(t, dir)
}

// start runs searchd over an index folder on a free port and returns its address.
// A test that fails shows its log.
func start(t testing.TB, dir string, flags ...string) string {
	t.Helper()
	var log bytes.Buffer
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log of searchd:\n%s", log.String())
		}
	})
	return launch(t, dir, &log, flags...).base
}

// launch runs searchd with the given log until the test ends. Then searchd gets
// SIGTERM and must exit without an error.
func launch(t testing.TB, dir string, log io.Writer, flags ...string) *process {
	t.Helper()
	binary, err := searchdBinary()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	args := append([]string{"--index", dir, "--listen", "127.0.0.1:0"}, flags...)
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = stopTime
	cmd.Stderr = log
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		stop()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		if err := cmd.Wait(); !cmd.ProcessState.Success() {
			t.Errorf("searchd ended with: %s (%v)", cmd.ProcessState, err)
		}
	})
	tooSlow := time.AfterFunc(startTime, func() { cmd.Process.Kill() })
	defer tooSlow.Stop()
	p := &process{pid: cmd.Process.Pid}
	lines := bufio.NewReader(stdout)
	p.base = readAddress(t, lines, "serving ")
	if slices.Contains(flags, "--admin-listen") {
		p.admin = readAddress(t, lines, "admin ")
	}
	return p
}

// readAddress reads a line of searchd's output with the given prefix.
func readAddress(t testing.TB, lines *bufio.Reader, prefix string) string {
	t.Helper()
	line, err := lines.ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), prefix)
	if err != nil || !ok {
		t.Fatalf("searchd printed %q (%v), want %q and an address", line, err, prefix)
	}
	return address
}

// signal sends a signal to the process.
func (p *process) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(p.pid, s); err != nil {
		t.Fatal(err)
	}
}

// usage is what searchd uses after a garbage collection.
type usage struct {
	goroutines int
	heap       int // bytes allocated
}

// usage reads what the process uses from its profiles. The first of two garbage
// collections only moves the contents of a sync.Pool aside; the second frees them.
func (p *process) usage(t *testing.T) usage {
	t.Helper()
	const heapProfile = "/debug/pprof/heap?gc=1&debug=1"
	fetch(t, p.admin+heapProfile)
	_, heap := fetch(t, p.admin+heapProfile)
	_, goroutines := fetch(t, p.admin+"/debug/pprof/goroutine?debug=1")
	return usage{
		goroutines: numberAfter(t, goroutines, "goroutine profile: total "),
		heap:       numberAfter(t, heap, "# HeapAlloc = "),
	}
}

// numberAfter returns the number that follows a text in another.
func numberAfter(t *testing.T, text, before string) int {
	t.Helper()
	_, rest, _ := strings.Cut(text, before)
	number, _, _ := strings.Cut(rest, "\n")
	n, err := strconv.Atoi(number)
	if err != nil {
		t.Fatalf("no number follows %q: %v", before, err)
	}
	return n
}

// idle waits until the process has at most that many goroutines: those of closed
// connections take some time to end.
func (p *process) idle(t *testing.T, most int) usage {
	t.Helper()
	const tries = 1000 // each collects garbage, which takes some milliseconds
	var u usage
	for range tries {
		if u = p.usage(t); u.goroutines <= most {
			return u
		}
	}
	t.Errorf("%d goroutines remain, %d before", u.goroutines, most)
	return u
}

// openFiles counts the file descriptors of the process; it skips the test on a
// system without /proc.
func (p *process) openFiles(t *testing.T) int {
	t.Helper()
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.pid))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("this system doesn't list the open files of a process")
	}
	if err != nil {
		t.Fatal(err)
	}
	return len(open)
}

// resident returns the resident memory of the process in MB, with mapped files and
// without; 0 on a system without /proc.
func (p *process) resident() (all, anonymous int) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(status)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kb, _ := strconv.Atoi(fields[1])
		switch fields[0] {
		case "VmRSS:":
			all = kb >> 10
		case "RssAnon:":
			anonymous = kb >> 10
		}
	}
	return all, anonymous
}

// emptyFolder is a folder without an index.
func emptyFolder(t testing.TB) string {
	return filepath.Join(t.TempDir(), "news")
}
