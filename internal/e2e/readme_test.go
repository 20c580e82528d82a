package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shownCommand is a command of the README and the lines that it prints there.
type shownCommand struct {
	line    int
	command string
	output  []string
}

// indexerCommands returns the commands of a document that run the indexer or prepare its
// input.
func indexerCommands(t *testing.T, name string) []shownCommand {
	t.Helper()
	text, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	var found []shownCommand
	var last *shownCommand
	for i, line := range strings.Split(string(text), "\n") {
		code, isCode := strings.CutPrefix(line, "    ")
		command, isCommand := strings.CutPrefix(code, "$ ")
		switch {
		case !isCode:
			last = nil
		case isCommand && (strings.HasPrefix(command, "bin/indexer ") || strings.HasPrefix(command, "grep ")):
			found = append(found, shownCommand{line: i + 1, command: command})
			last = &found[len(found)-1]
		case isCommand:
			last = nil
		case last != nil:
			last.output = append(last.output, code)
		}
	}
	return found
}

// TestDocsShowRealOutput runs the commands of documents that run the indexer, one after
// another, and compares their output with what the documents show. Where they show none, a
// command that parses must print an article.
func TestDocsShowRealOutput(t *testing.T) {
	binary, err := buildProgram("indexer", "xunwen/cmd/indexer")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "samples"), os.DirFS("../../samples")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "docs/reading-formats.md"} {
		commands := indexerCommands(t, name)
		if len(commands) < 10 {
			t.Errorf("%s: %d commands, want at least 10", name, len(commands))
		}
		for _, c := range commands {
			command := strings.Replace(c.command, "bin/indexer", binary, 1)
			cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
			cmd.Dir = dir
			got := ended(t, cmd)
			switch {
			case got.code != 0:
				t.Errorf("%s:%d: %s: exit %d: %s", name, c.line, c.command, got.code, got.err)
			case len(c.output) > 0 && !asShown(c.output, got.out):
				t.Errorf("%s:%d: %s prints\n%s", name, c.line, c.command, got.out)
			case len(c.output) == 0 && strings.HasPrefix(c.command, "bin/indexer parse ") &&
				(!strings.HasPrefix(got.out, "{") || !strings.Contains(got.err, "rejected=0")):
				t.Errorf("%s:%d: %s prints no article, or rejects: %s", name, c.line, c.command, got.err)
			}
		}
	}
}

// asShown reports whether an output is the one that a document shows. There, … stands for
// the rest of a line and, alone on a line, for any lines. What differs between runs is
// not compared: names of generations, times and sizes.
func asShown(shown []string, output string) bool {
	var pattern strings.Builder
	for _, line := range shown {
		if strings.TrimSpace(line) == "…" {
			pattern.WriteString(`(?:.*\n)*`)
			continue
		}
		start, isCut := strings.CutSuffix(sameInAllRuns(line), "…")
		pattern.WriteString(regexp.QuoteMeta(strings.TrimRight(start, " ")))
		if isCut {
			pattern.WriteString(".*")
		}
		pattern.WriteString(`\n`)
	}
	return regexp.MustCompile(`^` + pattern.String() + `$`).MatchString(sameInAllRuns(output))
}

var (
	timesAndSizes = regexp.MustCompile(`\d{8}T\d{6}(?:-\d+)?|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|[\d.]+ [kM]B`)
	spaces        = regexp.MustCompile(` +`)
)

// sameInAllRuns replaces what differs between runs, and runs of spaces by one.
func sameInAllRuns(text string) string {
	return spaces.ReplaceAllString(timesAndSizes.ReplaceAllString(text, "#"), " ")
}
