package e2e

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// failureLine is the last line of standard error, as JSON.
type failureLine struct {
	Time    string `json:"time"`
	Level   string `json:"level"`
	Message string `json:"msg"`
	Program string `json:"program"`
	Error   string `json:"error"`
	Code    int    `json:"exit_code"`
}

// lastLine decodes each line of standard error and returns the last one.
func lastLine(t *testing.T, stderr string) failureLine {
	t.Helper()
	var last failureLine
	for line := range strings.Lines(stderr) {
		last = failureLine{}
		if err := json.Unmarshal([]byte(line), &last); err != nil || last.Time == "" || last.Level == "" {
			t.Errorf("a line is no entry of a log: %q (%v)", line, err)
		}
	}
	return last
}

// TestSignalEndsInJSON stops builds that wait for the rest of their input, with one signal
// each, and reads what they say.
func TestSignalEndsInJSON(t *testing.T) {
	for _, ask := range []string{"--json", "--log-format=json"} {
		for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
			cmd := indexer(t.Context(), t, t.TempDir(), "build", "--out", "ix", ask, "-")
			input, err := cmd.StdinPipe() // Wait closes it
			if err != nil {
				t.Fatal(err)
			}
			stderr, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// More than the beginning by which the format is known. The rest never comes.
			var writing sync.WaitGroup
			writing.Go(func() { io.WriteString(input, strings.Repeat(recordA+recordB, 1<<13)) })
			lines := bufio.NewReader(stderr)
			said, err := lines.ReadString('\n') // that it reads
			if err != nil {
				t.Fatal(err)
			}
			cmd.Process.Signal(s)
			rest, err := io.ReadAll(lines)
			if err != nil {
				t.Fatal(err)
			}
			cmd.Wait()
			writing.Wait()
			last := lastLine(t, said+string(rest))
			if code := cmd.ProcessState.ExitCode(); code != 1 || last.Code != 1 || last.Level != "ERROR" ||
				!strings.HasPrefix(last.Error, "interrupted") || last.Program != "indexer" {
				t.Errorf("%s, after %v: exit code %d: %s%s", ask, s, code, said, rest)
			}
		}
	}
}
