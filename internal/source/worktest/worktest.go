// Package worktest measures the work of a function by what it executes and
// allocates instead of by time, so that a test can require linear growth on a
// machine of any speed and load.
//
// It imports nothing of this module.
package worktest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// Names of the environment variables that control a test binary.
const (
	caseVariable = "XUNWEN_WORK_CASE"
	sizeVariable = "XUNWEN_WORK_SIZE"
)

// Case returns the case and size for the calling test to run. It skips the test
// unless Counter.Work started the process.
func Case(t *testing.T) (name string, size int) {
	t.Helper()
	size, err := strconv.Atoi(os.Getenv(sizeVariable))
	if err != nil {
		t.Skip("runs only in a process whose statements are counted")
	}
	return os.Getenv(caseVariable), size
}

// Counter runs a test of the package in the working folder with its statements
// counted.
type Counter struct{ binary, test, dir string }

// NewCounter compiles the tests of the package in the working folder with a
// counter at each statement of the listed packages. Code in assembly, such as
// that which searches a string for a byte, is not counted.
func NewCounter(t *testing.T, test string, packages ...string) *Counter {
	t.Helper()
	dir := t.TempDir()
	c := &Counter{filepath.Join(dir, "counted.test"), test, dir}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", c.binary,
		"-covermode=count", "-coverpkg="+strings.Join(packages, ","), ".")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	return c
}

// Work runs one case at one size and returns how many statements were executed
// and how many bytes the test reported with Allocated.
func (c *Counter) Work(t *testing.T, name string, size int) (statements, bytes int64) {
	t.Helper()
	profile := filepath.Join(c.dir, "profile")
	cmd := exec.CommandContext(
		t.Context(),
		c.binary,
		"-test.run",
		"^"+c.test+"$",
		"-test.v",
		"-test.coverprofile",
		profile,
	)
	cmd.Env = append(os.Environ(), caseVariable+"="+name, fmt.Sprintf("%s=%d", sizeVariable, size))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	_, report, ok := strings.Cut(string(out), allocatedMark)
	if !ok {
		t.Fatalf("%s reports no allocations:\n%s", cmd, out)
	}
	report, _, _ = strings.Cut(report, "\n")
	if bytes, err = strconv.ParseInt(strings.TrimSpace(report), 10, 64); err != nil {
		t.Fatal(err)
	}
	return sum(t, profile), bytes
}

// sum adds up a profile: each line ends with the statements of a block and how
// often the block was executed.
func sum(t *testing.T, profile string) int64 {
	t.Helper()
	data, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if len(fields) != 3 { // the first line names the mode
			continue
		}
		statements, err := strconv.ParseInt(fields[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		times, err := strconv.ParseInt(fields[2], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		total += statements * times
	}
	return total
}

const allocatedMark = "allocated bytes: "

// Allocated runs f and reports to Counter.Work how many bytes it allocated.
func Allocated(t *testing.T, f func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	fmt.Printf("%s%d\n", allocatedMark, after.TotalAlloc-before.TotalAlloc)
}

// Linear fails the test if the work of a case grows faster than its size, by
// the sizes small and large. Twice the growth of the size is allowed, for what
// grows in steps and for sorting; quadratic growth exceeds that from a factor
// of four on.
func (c *Counter) Linear(t *testing.T, name string, small, large int) {
	t.Helper()
	statements, bytes := c.Work(t, name, small)
	moreStatements, moreBytes := c.Work(t, name, large)
	most := 2 * float64(large) / float64(small)
	t.Logf("%d times the size: %.1f times the statements, %.1f times the bytes",
		large/small, float64(moreStatements)/float64(statements), float64(moreBytes)/float64(bytes))
	if float64(moreStatements) > most*float64(statements) {
		t.Errorf("size %d: %d statements, size %d: %d; want at most %.0f times as many",
			small, statements, large, moreStatements, most)
	}
	if float64(moreBytes) > most*float64(bytes) {
		t.Errorf("size %d: %d bytes allocated, size %d: %d; want at most %.0f times as many",
			small, bytes, large, moreBytes, most)
	}
}
