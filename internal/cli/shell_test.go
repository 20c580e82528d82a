package cli

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// printed runs the tool with arguments and returns what it prints.
func printed(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var got string
	var out bytes.Buffer
	root := newTool(&got)
	Prepare(root, args, strings.NewReader(""), &out, io.Discard)
	err := root.Execute()
	return out.String(), err
}

// TestCompletionScripts checks that the script of each shell that is installed has no mistakes, and
// that the program completes what the scripts ask it.
func TestCompletionScripts(t *testing.T) {
	for _, shell := range shells {
		script, err := printed(t, "completion", shell)
		if err != nil || !strings.Contains(script, "tool") {
			t.Errorf("%s: %v\n%s", shell, err, script)
			continue
		}
		path, err := exec.LookPath(shell)
		if err != nil {
			continue
		}
		file := filepath.Join(t.TempDir(), "script")
		if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), path, "-n", file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
	for _, args := range [][]string{{"completion"}, {"completion", "tcsh"}, {"man"}} {
		if _, err := printed(t, args...); ExitCode(err) != ExitUsage {
			t.Errorf("%q: %v, want a usage error", args, err)
		}
	}
	if out, _ := printed(t, "__complete", "prune", "--ke"); !strings.HasPrefix(out, "--keep\t") {
		t.Errorf("--ke is completed to %q", out)
	}
}

// TestManual checks that there is a page for each command that the help lists, which depends on
// neither the day nor the machine.
func TestManual(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1700000000")
	folder := filepath.Join(t.TempDir(), "man1")
	if _, err := printed(t, "man", folder); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, filepath.Base(f))
	}
	if got := strings.Join(names, " "); got != "tool-completion.1 tool-prune.1 tool.1" {
		t.Errorf("the pages are %s", got)
	}
	page, err := os.ReadFile(filepath.Join(folder, "tool-prune.1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"Nov 2023"`, "Xunwen", `\fB--keep\fP=the usual number`, "generations to keep"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
}
