package pdfium_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"xunwen/internal/source/hostiletest"
	"xunwen/internal/source/pdfium"
)

// newEngine returns an engine that allows some processor time for a page, compiled where the
// programs keep it.
func newEngine(t *testing.T, pageTime time.Duration) *pdfium.Engine {
	t.Helper()
	cache := ""
	if dir, err := os.UserCacheDir(); err == nil {
		cache = filepath.Join(dir, "xunwen")
	}
	e := pdfium.NewEngine(cache)
	e.SetPageTime(pageTime)
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// read returns what became of each page: how many characters it has, or the error.
func read(t *testing.T, e *pdfium.Engine, data []byte) []string {
	t.Helper()
	d, err := e.Open(t.Context(), data)
	if err != nil {
		return []string{err.Error()}
	}
	defer d.Close()
	var out []string
	for i := range d.Pages() {
		chars, err := d.Characters(t.Context(), i)
		switch {
		case errors.Is(err, pdfium.ErrEnough):
			return append(out, "enough")
		case err != nil:
			out = append(out, err.Error())
		default:
			out = append(out, fmt.Sprintf("%d characters", len(chars)))
		}
	}
	return out
}

// TestSlowPages checks that a page with hours of work costs itself alone, and that after three
// of them no more are read.
func TestSlowPages(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere the time on the clock counts, and machines may be busy")
	}
	t.Parallel()
	const plain, slow = hostiletest.Plain, hostiletest.Slow
	e := newEngine(t, 500*time.Millisecond)
	const good = "37 characters"
	const bad = "broken page: it takes more than 500ms of processor time; export the PDF again"
	for _, tc := range []struct {
		sheets []hostiletest.Sheet
		want   []string
	}{
		{[]hostiletest.Sheet{plain, slow, plain, plain}, []string{good, bad, good, good}},
		{[]hostiletest.Sheet{slow, plain, slow, slow, plain, plain}, []string{bad, good, bad, bad, "enough"}},
		{[]hostiletest.Sheet{plain}, []string{good}},
	} {
		got := read(t, e, hostiletest.PDF(tc.sheets...))
		if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
			t.Errorf("%v: got\n%s\nwant\n%s", tc.sheets, strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
		}
	}
}

// TestEndWithinPage checks that reading ends with its context, within a page and at once: long
// before the page has used up its time.
func TestEndWithinPage(t *testing.T) {
	t.Parallel()
	e := newEngine(t, time.Hour)
	d, err := e.Open(t.Context(), hostiletest.PDF(hostiletest.Slow, hostiletest.Plain))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := d.Characters(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the end of the context", err)
	}
	if id := e.Worker(); id != 0 {
		t.Errorf("process %d goes on", id)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if got := read(t, e, hostiletest.PDF(hostiletest.Plain)); got[0] != "37 characters" {
		t.Errorf("the next file: %s", got)
	}
}

// TestHeavyPages checks that a page which asks for gigabytes costs itself alone, and takes no
// more than the bound.
func TestHeavyPages(t *testing.T) {
	t.Parallel()
	e := newEngine(t, time.Hour)
	got := read(t, e, hostiletest.PDF(hostiletest.Plain, hostiletest.Heavy, hostiletest.Plain, hostiletest.Heavy,
		hostiletest.Plain))
	const bad = "broken page: damaged, or reading it takes more than 512 MiB of memory; export the PDF again"
	want := []string{"37 characters", bad, "37 characters", bad, "37 characters"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if runtime.GOOS != "linux" {
		return
	}
	const program = 400 << 20 // compiling PDFium takes most, without a cache
	most, now := memory(t, e.Worker(), "VmHWM:"), memory(t, e.Worker(), "VmRSS:")
	t.Logf("%d MB at most, %d MB now", most>>20, now>>20)
	if most > pdfium.MaxMemory+program {
		t.Errorf("%d MB at most", most>>20)
	}
	if now > program {
		t.Errorf("%d MB after all was closed", now>>20)
	}
}

// memory returns a line of what the kernel says of a process, in bytes.
func memory(t *testing.T, id int, name string) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", id))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		var kb int64
		if rest, ok := strings.CutPrefix(line, name); ok {
			if _, err := fmt.Sscan(rest, &kb); err != nil {
				t.Fatal(err)
			}
			return kb << 10
		}
	}
	t.Fatalf("no %s for process %d", name, id)
	return 0
}

// TestKilledWorker checks that reading goes on after somebody killed the process.
func TestKilledWorker(t *testing.T) {
	t.Parallel()
	e := newEngine(t, time.Hour)
	d, err := e.Open(t.Context(), hostiletest.PDF(hostiletest.Plain, hostiletest.Plain, hostiletest.Absent))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	p, err := os.FindProcess(e.Worker())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Characters(t.Context(), 0); !errors.Is(err, pdfium.ErrBroken) {
		t.Errorf("the page: %v", err)
	}
	if chars, err := d.Characters(t.Context(), 1); err != nil || len(chars) == 0 {
		t.Errorf("the next page: %d characters, %v", len(chars), err)
	}
	if _, err := d.Characters(t.Context(), 2); !errors.Is(err, pdfium.ErrBroken) {
		t.Errorf("a page that isn't there: %v", err)
	}
}
