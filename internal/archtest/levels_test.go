package archtest

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestLevels checks the picture of the levels in docs/architecture.md: a package
// is one level above the highest package that it imports.
func TestLevels(t *testing.T) {
	_, picture, _ := strings.Cut(text(t, "docs/architecture.md"), "### Levels")
	_, picture, _ = strings.Cut(picture, "```text\n")
	picture, _, _ = strings.Cut(picture, "```")
	drawn := map[string]int{}
	level := 0
	start := regexp.MustCompile(`^\d+`)
	for line := range strings.Lines(picture) {
		if n := start.FindString(line); n != "" {
			level, _ = strconv.Atoi(n)
			line = line[len(n):]
		}
		for _, name := range strings.Fields(line) {
			drawn[name] = level
		}
	}
	levels := map[string]int{}
	for _, p := range list(t, "./...") {
		if !p.ours() {
			continue
		}
		level := 1
		for _, imported := range p.Imports { // listed before their importers
			level = max(level, levels[imported]+1)
		}
		levels[p.ImportPath] = level
	}
	for path, level := range levels {
		name := strings.TrimPrefix(strings.TrimPrefix(path, module), "internal/")
		if drawn[name] != level {
			t.Errorf("%s is drawn on level %d, want %d", name, drawn[name], level)
		}
		delete(drawn, name)
	}
	for name := range drawn {
		t.Errorf("%s is drawn, but there is no such package", name)
	}
}
