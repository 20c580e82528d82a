package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"xunwen/internal/cli"
)

// What a build of a hostile file may take, with the --memory that it is given. docs/operations.md
// names what PDFium takes in addition, in a process of its own.
const (
	hostileMemory = 600_000_000
	pdfiumMemory  = 700 << 20
	// mostWork is the processor time in times of that of a plain build, which takes a second.
	mostWork = 20
)

// TestHostileFiles builds an index of a plain file beside each hostile one. The plain one is
// indexed, the other is rejected, and memory and processor time stay within bounds.
func TestHostileFiles(t *testing.T) {
	plain, _, _ := buildBeside(t, "", nil)
	slack := int64(1)
	if raceEnabled {
		slack = 3 // the race detector keeps what the program wrote
	}
	for i, tc := range hostileFiles {
		if raceEnabled && i%4 != 0 {
			continue // each takes ten times as long; "make e2e" runs all of them without the race detector
		}
		t.Run(tc.name, func(t *testing.T) {
			work, memory, said := buildBeside(t, tc.name, tc.content())
			t.Logf("%.1f times the work of a plain file, %v; %d MB, PDFium %d MB", float64(work)/float64(plain),
				work.Round(10*time.Millisecond), memory.own/1e6, memory.children/1e6)
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

// ticksOf returns the processor time of a process, in hundredths of a second.
func ticksOf(id int) int {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", id))
	if err != nil {
		return 0
	}
	const user, system = 11, 12
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) <= system {
		return 0
	}
	u, _ := strconv.Atoi(fields[user]) // the kernel writes numbers
	s, _ := strconv.Atoi(fields[system])
	return u + s
}
