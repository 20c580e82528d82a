package e2e

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"xunwen/internal/cli"
	"xunwen/internal/source/hostiletest"
)

// endTime is how soon a command ends after SIGTERM, as docs/operations.md promises.
const endTime = 5 * time.Second

// interruption is a command that gets SIGTERM once it is busy.
type interruption struct {
	args []string
	busy func(id int) bool
	// mayBeDone allows that it ends by itself before the signal comes, or hasn't begun to listen to it.
	mayBeDone bool
}

// check runs the command and checks that it ends in time: in as many times that of a quiet machine
// as work takes on this one.
func (i *interruption) check(t *testing.T, dir string) {
	t.Helper()
	before := slowdown(t)
	cmd := indexer(t.Context(), t, dir, i.args...)
	cmd.Env = append(cmd.Env, "TMPDIR="+dir)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for !i.busy(cmd.Process.Pid) {
		select {
		case err := <-ended:
			if !i.mayBeDone {
				t.Errorf("%v: it ended by itself: %v %.500s", i.args, err, said.String())
			}
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
	began := time.Now()
	_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	<-ended
	took := time.Since(began)
	if code := cmd.ProcessState.ExitCode(); !i.mayBeDone &&
		(code != cli.ExitFailed || !strings.Contains(said.String(), "interrupted")) {
		t.Errorf("%v: exit code %d, it says %.500q", i.args, code, said.String())
	}
	slow := max(before, slowdown(t))
	t.Logf("%.60v: %v after the signal, on a machine %.1f times too busy", i.args, took, slow)
	if most := time.Duration(slow * float64(endTime)); took > most {
		t.Errorf("%v: it went on for %v, want %v at most", i.args, took, most)
	}
}

// slowdown returns how many times as long as on a quiet machine work takes now, at least 1.
func slowdown(t *testing.T) float64 {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const work = 100 * time.Millisecond
	used := func() time.Duration {
		var u unix.Rusage
		if err := unix.Getrusage(unix.RUSAGE_THREAD, &u); err != nil {
			t.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	began, from := time.Now(), used()
	for used()-from < work {
	}
	return max(1, float64(time.Since(began))/float64(work))
}

// hasWorked reports whether a command took some processor time, alone or in a child.
func hasWorked(id int) bool {
	const enough = 30 // hundredths of a second, which it takes to start and to begin with its work
	ticks := ticksOf(id)
	for _, c := range childrenOf(id) {
		ticks += c.ticks
	}
	return ticks > enough
}

// endless writes what is repeated to a pipe until its reader has ended.
func endless(t *testing.T, path, before string, unit func(n int) string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	var writing sync.WaitGroup
	t.Cleanup(func() {
		if f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0); err == nil {
			_ = f.Close() // a writer that waits for a reader goes on, and ends
		}
		writing.Wait()
	})
	writing.Go(func() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return
		}
		defer f.Close()
		_, err = io.WriteString(f, before)
		for n := 0; err == nil; n++ {
			_, err = io.WriteString(f, unit(n))
		}
	})
}

// TestSignalWhileReading checks that one SIGTERM ends a command that reads a file without an end,
// or many files that take long each, in every format.
func TestSignalWhileReading(t *testing.T) {
	records := func(n int) string { return invented(rand.New(rand.NewPCG(17, uint64(n))), fmt.Sprint(n, "-"), 20) }
	row := func(n int) string {
		return strings.Repeat(fmt.Sprintf("新桥%d,青禾大桥昨天通车。\n", n), 50)
	}
	always := func(s string) func(int) string { return func(int) string { return s } }
	packedRecords := func(n int) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, records(n)) // a buffer takes all
		_ = w.Close()
		return b.String()
	}
	var archived bytes.Buffer
	header := &tar.Header{Name: "a.jsonl", Mode: 0o644, Size: 1 << 40, Format: tar.FormatGNU}
	if err := tar.NewWriter(&archived).WriteHeader(header); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, before string
		unit         func(n int) string
	}{
		{"a.jsonl", "", records},
		{"line.jsonl", `{"title":"`, always(strings.Repeat("a", 1<<16))},
		{"a.json", "[", func(n int) string { return strings.ReplaceAll(records(n), "}\n", "},\n") }},
		{"a.csv", "title,text\n", row},
		{"cell.csv", "title,text\n\"", always(strings.Repeat("桥\n", 1<<14))},
		{"a.dat", "", always("<doc><title>新桥</title>青禾大桥昨天通车。</doc>\n")},
		{"a.jsonl.gz", "", packedRecords},
		{"a.zip", "PK\x03\x04", always(strings.Repeat("a", 1<<12))},
		{"a.tar", archived.String(), records},
		{"a.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n",
			always(strings.Repeat("a", 1<<12))},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			endless(t, filepath.Join(dir, tc.name), tc.before, tc.unit)
			(&interruption{args: []string{"parse", tc.name}, busy: hasWorked}).check(t, dir)
		})
	}
	for name, content := range map[string][]byte{
		"a.html": repeated("<html><body>", "<p>记者昨天从市政府新闻发布会上获悉，今年的工作已经全部完成。</p>", 18_000, ""),
		"a.txt":  repeated("", "　　记者昨天从市政府获悉，全部\n", 19_000, ""),
		"a.md":   repeated("# 新桥\n\n", "记者*昨天*从[市政府](x)获悉。\n\n", 60_000, ""),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for i := range 100 {
				writeFile(t, filepath.Join(dir, "in", fmt.Sprint(i, name)), content)
			}
			(&interruption{args: []string{"parse", "in"}, busy: hasWorked}).check(t, dir)
		})
	}
}

// TestSignalWhileBuilding checks that one SIGTERM ends a build while it reads, and at any other
// moment, and verify, remove and publish; what is published stays.
func TestSignalWhileBuilding(t *testing.T) {
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(17, 11))
	writeFile(t, filepath.Join(dir, "some.jsonl"), []byte(invented(random, "a", 3000)))
	if got := runIndexer(t, dir, "build", "--out", "ix", "some.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	for i, args := range [][]string{{"build", "--out", "ix"}, {"build", "--append", "--out", "ix"}} {
		pipe := fmt.Sprint("pipe", i, ".jsonl")
		endless(t, filepath.Join(dir, pipe), "", func(n int) string {
			return invented(rand.New(rand.NewPCG(17, uint64(n))), fmt.Sprint("b", n, "-"), 20)
		})
		(&interruption{args: append(args, pipe), busy: hasWorked}).check(t, dir)
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0") // a cluster that doesn't answer
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	address := "http://" + silent.Addr().String()
	for _, args := range [][]string{
		{"build", "--out", "ix", "some.jsonl"}, {"build", "--append", "--out", "ix", "some.jsonl"},
		{"verify", "--deep", "--index", "ix"}, {"remove", "--index", "ix", "a1"},
		{"publish", "--index", "ix", "--engine", "opensearch", "--url", address},
	} {
		for range 3 {
			wait := time.Duration(random.IntN(1000)) * time.Millisecond
			began := time.Now()
			waited := func(int) bool { return time.Since(began) > wait }
			(&interruption{args: args, mayBeDone: true, busy: waited}).check(t, dir)
		}
	}
	if got := runIndexer(t, dir, "verify", "--deep", "--index", "ix"); got.code != cli.ExitDone {
		t.Errorf("what is published is damaged: %s", got.err)
	}
}

// TestSignalWithinAPage checks that one SIGTERM ends a command that reads a page with hours of work,
// long before the time for the page is over, and that the published index stays.
func TestSignalWithinAPage(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "plain.jsonl"), []byte(recordA))
	writeFile(t, filepath.Join(dir, "slow.pdf"), hostiletest.PDF(hostiletest.Slow, hostiletest.Slow, hostiletest.Slow))
	if got := runIndexer(t, dir, "build", "--out", "ix", "plain.jsonl"); got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	before, err := os.ReadFile(filepath.Join(dir, "ix", "CURRENT"))
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"parse", "slow.pdf"}, {"build", "--append", "--out", "ix", "slow.pdf"}} {
		i := interruption{args: args, busy: func(id int) bool {
			return slices.ContainsFunc(childrenOf(id), func(c child) bool { return c.ticks > 0 }) // PDFium works
		}}
		i.check(t, dir)
	}
	if after, err := os.ReadFile(filepath.Join(dir, "ix", "CURRENT")); err != nil || !bytes.Equal(before, after) {
		t.Errorf("another generation is published (%v)", err)
	}
	if left := drafts(t, filepath.Join(dir, "ix")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}
