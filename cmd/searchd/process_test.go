package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// childName tells the test binary to be searchd, so that a test can load a
// process other than its own and look at what it holds.
const childName = "SEARCHD_TEST_CHILD"

// usage is what a searchd holds after a garbage collection.
type usage struct {
	Goroutines int
	Heap       uint64 // bytes in use
}

// beSearchd serves as the command line says until its input ends. Each line of
// input is answered with a usage.
func beSearchd() int {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		defer stop()
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			json.NewEncoder(os.Stdout).Encode(usage{runtime.NumGoroutine(), m.HeapAlloc})
		}
	}()
	if err := run(ctx, os.Args[1:], strings.NewReader(""), os.Stdout, io.Discard); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// process is a searchd of its own.
type process struct {
	base string
	pid  int
	in   io.Writer
	out  *bufio.Reader
}

// startProcess runs searchd over an index folder until the test ends.
func startProcess(t *testing.T, dir string, flags ...string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"--index", dir, "--listen", "127.0.0.1:0"}, flags...)...)
	cmd.Env = append(os.Environ(), childName+"=1")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("searchd ended with: %v", err)
		}
	})
	p := &process{pid: cmd.Process.Pid, in: in, out: bufio.NewReader(out)}
	line, err := p.out.ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "serving ")
	if err != nil || !ok {
		t.Fatalf("searchd said %q (%v)", line, err)
	}
	p.base = address
	return p
}

// usage asks the process what it holds.
func (p *process) usage(t *testing.T) usage {
	t.Helper()
	var u usage
	if _, err := io.WriteString(p.in, "\n"); err != nil {
		t.Fatal(err)
	}
	line, err := p.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &u)
	}
	if err != nil {
		t.Fatalf("the process said %q: %v", line, err)
	}
	return u
}

// idle asks until the process has no more goroutines than most: what served
// connections that are closed ends in its own time.
func (p *process) idle(t *testing.T, most int) usage {
	t.Helper()
	const tries = 1000 // each collects garbage, which takes some milliseconds
	var u usage
	for range tries {
		if u = p.usage(t); u.Goroutines <= most {
			return u
		}
	}
	t.Errorf("%d goroutines are left, %d before", u.Goroutines, most)
	return u
}

// resident returns the process's memory in MB, mapped files included, and the
// part of it that is its own; 0 where the system doesn't tell.
func (p *process) resident() (all, own int) {
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
			own = kb >> 10
		}
	}
	return all, own
}
