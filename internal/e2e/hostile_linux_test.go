package e2e

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"xunwen/internal/cli"
	"xunwen/internal/source/hostiletest"
)

// What a build of a hostile file may take, with the --memory that it is given. docs/operations.md
// names what PDFium takes in addition, in a process of its own.
const (
	hostileMemory = 600_000_000
	pdfiumMemory  = 700 << 20
	// mostWork is the processor time in times of that of a plain build, which takes a second.
	mostWork = 20
)

// hostileFiles are files that would take hours or gigabytes to read as they say they want to be.
var hostileFiles = []struct {
	name    string
	content func() []byte
	says    string // the reject
}{
	{"memory.pdf", func() []byte { return hostiletest.PDF(hostiletest.Heavy) },
		"more than 512 MiB of memory"},
	{"cyclic.pdf", hostiletest.Cyclic, "pages 1 to 1000000: broken page"},
	{"none.pdf", func() []byte { return hostiletest.PDF() }, "it has no pages"},
	{"lines.txt.gz", func() []byte { return packed("", "\f大", 3_900_000, "") }, "larger than 1 MiB"},
	{"lines.txt", func() []byte { return repeated("", "大\n", 200_000, "") }, "more than 20000 lines"},
	{"paragraphs.jsonl.gz", func() []byte {
		return packed(`{"title":"t","paragraphs":[`, `{"text":"a"},`, 2_300_000, `{"text":"b"}]}`)
	}, "the article has 2300001 paragraphs"},
	{"text.jsonl.gz", func() []byte { return packed(`{"title":"t","text":"`, "大桥通车，", 2_000_000, `"}`) },
		"MiB of text"},
	{"line.jsonl.gz", func() []byte { return packed("", " ", 300<<20, "") }, "the line is longer than 32 MiB"},
	{"tiny.jsonl.gz", func() []byte { return packed("", "{\"title\":\"x\"}\n", 1_000_000, "") },
		"bytes of text each: not news"},
	{"wrong.jsonl.gz", func() []byte { return packed("", "{\"titel\":1,}\n", 300_000, "") },
		"more with the same fault"},
	{"headings.md", func() []byte { return repeated("", "# 大\n大\n", 400_000, "") }, "more than 20000 headings"},
	{"cells.csv", func() []byte { return repeated("title,text\n", "a,", 4_000_000, "") }, ":"},
	{"elements.dat", func() []byte { return repeated("<doc>", "<a>b", 3_000_000, "") }, ":1: "},
	{"elements.html", func() []byte { return repeated("<body>", "<p>a", 400_000, "") }, "no article on the page"},
}

func repeated(before, unit string, n int, after string) []byte {
	return []byte(before + strings.Repeat(unit, n) + after)
}

func packed(before, unit string, n int, after string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(repeated(before, unit, n, after)) // a buffer takes all
	_ = w.Close()
	return b.Bytes()
}

// TestHostileFiles builds an index of a plain file beside each hostile one. The plain one is
// indexed, the other is rejected, and memory and processor time stay within bounds.
func TestHostileFiles(t *testing.T) {
	plain, _, _ := buildBeside(t, "", nil)
	slack := int64(1)
	if raceEnabled {
		slack = 3 // the race detector keeps what the program wrote
	}
	for _, tc := range hostileFiles {
		t.Run(tc.name, func(t *testing.T) {
			work, memory, said := buildBeside(t, tc.name, tc.content())
			t.Logf("%.1f times the work, %d MB", float64(work)/float64(plain), memory.own>>20)
			if !strings.Contains(said, tc.name) || !strings.Contains(said, tc.says) {
				t.Errorf("it says %.500q, want %q", said, tc.says)
			}
			if most := slack * hostileMemory; memory.own > most {
				t.Errorf("it takes %d MB, want %d at most", memory.own>>20, most>>20)
			}
			if memory.children > pdfiumMemory {
				t.Errorf("PDFium takes %d MB, want %d at most", memory.children>>20, pdfiumMemory>>20)
			}
			if work > time.Duration(slack)*mostWork*plain {
				t.Errorf("it takes %v of processor time, and a plain file %v", work, plain)
			}
		})
	}
}

// buildBeside builds an index of two records and a file, and returns the processor time, the
// memory, and what it printed.
func buildBeside(t *testing.T, name string, content []byte) (work time.Duration, memory peak, said string) {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "in", "plain.jsonl"), []byte(recordA+recordB))
	if name != "" {
		writeFile(t, filepath.Join(dir, "in", name), content)
	}
	cmd := indexer(t.Context(), t, dir, "build", "--memory", "600MB", "--out", "ix", "in")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	measured := make(chan peak)
	go func() { measured <- measure(cmd.Process.Pid, ended) }()
	err := cmd.Wait()
	close(ended)
	memory = <-measured
	if err != nil {
		t.Fatalf("%v: %.2000s", err, stderr.String())
	}
	if found := runIndexer(t, dir, "remove", "--index", "ix", "a"); found.code != cli.ExitDone {
		t.Errorf("the plain file isn't indexed: %s", found.err)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), memory, stderr.String()
}

// peak is the most memory that a process had, and the largest of those that it started, in bytes.
type peak struct{ own, children int64 }

// measure looks at a process until it has ended. That of its rusage would count what the test had
// when it started the process.
func measure(id int, ended <-chan struct{}) (p peak) {
	for {
		p.own = max(p.own, highWater(id))
		for _, child := range childrenOf(id) {
			p.children = max(p.children, highWater(child.id))
		}
		select {
		case <-ended:
			return p
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// highWater returns the most memory that a process had, 0 if it has ended.
func highWater(id int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", id))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kb int64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 0
	}
	return kb << 10
}

func writeFile(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
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
		cmd := indexer(t.Context(), t, dir, args...)
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for working := false; !working; time.Sleep(10 * time.Millisecond) { // until PDFium works
			for _, child := range childrenOf(cmd.Process.Pid) {
				working = working || child.ticks > 0
			}
		}
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != cli.ExitFailed {
			t.Errorf("%v: exit code %d, %s", args, cmd.ProcessState.ExitCode(), said.String())
		}
		if !strings.Contains(said.String(), "interrupted") {
			t.Errorf("%v: it says %q", args, said.String())
		}
		const page = 20 * time.Second // of processor time
		if took := cmd.ProcessState.UserTime(); took > page {
			t.Errorf("%v: it went on for %v", args, took)
		}
	}
	if after, err := os.ReadFile(filepath.Join(dir, "ix", "CURRENT")); err != nil || !bytes.Equal(before, after) {
		t.Errorf("another generation is published (%v)", err)
	}
	if left := drafts(t, filepath.Join(dir, "ix")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// child is a process that another one started, and the processor time that it took.
type child struct{ id, ticks int }

func childrenOf(parent int) (children []child) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		stat, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		const parentField, user = 1, 11
		if len(fields) <= user || fields[parentField] != strconv.Itoa(parent) {
			continue
		}
		id, idErr := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		ticks, err := strconv.Atoi(fields[user])
		if idErr == nil && err == nil {
			children = append(children, child{id, ticks})
		}
	}
	return children
}
