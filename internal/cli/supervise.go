package cli

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/dustin/go-humanize"

	"xunwen/internal/memlimit"
)

// A Go process that gets no more memory from the system ends at once, with exit code 2 and the stacks of all its
// goroutines, and a cgroup's limit kills it. Neither can be recovered from. So where memory is limited, a
// program runs as a child process of itself, which the parent supervises: it passes signals on, and says what
// happened and what to do if the child ended for lack of memory.

// outOfMemory is the beginning of what the Go runtime and the C++ library print when they get no memory, or no
// thread for lack of it.
var outOfMemory = regexp.MustCompile(`^(runtime: out of memory|fatal error: .*(memory|reserve|cannot map pages|newosproc)` +
	`|runtime/cgo: (pthread_create failed|out of memory)|runtime: failed to create new OS thread|terminate called .*bad_alloc)`)

// crash copies what a dying process prints to its standard error, up to a line that says that it got no memory.
type crash struct {
	to     io.Writer
	line   []byte // begun
	memory bool   // it got no memory
}

// maxCrashLine bounds what is kept of a line before it is written.
const maxCrashLine = 64 << 10

// Write implements io.Writer.
func (c *crash) Write(p []byte) (int, error) {
	for _, b := range p {
		if c.memory {
			break // stacks, which say nothing about the cause
		}
		c.line = append(c.line, b)
		if b == '\n' || len(c.line) == maxCrashLine {
			c.end()
		}
	}
	return len(p), nil
}

// end handles the line that was begun.
func (c *crash) end() {
	c.memory = c.memory || outOfMemory.Match(c.line)
	if !c.memory {
		c.to.Write(c.line) // an error can be told nowhere else
	}
	c.line = c.line[:0]
}

// lackOfMemory is the error of a program that ended for lack of memory.
func lackOfMemory(limit memlimit.Limit, p Program) error {
	return fmt.Errorf("out of memory: this process may use %s (%s): allow it more, or %s",
		strings.ReplaceAll(humanize.Bytes(uint64(limit.Bytes)), " ", ""), limit.Name, p.SaveMemory)
}
