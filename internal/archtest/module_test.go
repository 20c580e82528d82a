package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pkg is what `go list` returns about a package.
type pkg struct {
	ImportPath string
	Imports    []string
	Standard   bool
	Module     *struct {
		Path, Version string
		Main          bool
	}
}

func (p pkg) ours() bool { return p.Module != nil && p.Module.Main }

// list returns the packages of a pattern and their dependencies, as built for
// release: with the build tags of the Makefile.
func list(t *testing.T, pattern string) []pkg {
	t.Helper()
	const fields = "-json=ImportPath,Imports,Standard,Module"
	cmd := exec.Command("go", "list", "-deps", "-tags", "embeddict,nomsgpack", fields, pattern)
	cmd.Dir = root
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

// root is the module's root folder.
var root = filepath.Join("..", "..")

// text returns a file of the module's root folder.
func text(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// cells returns the rows of a Markdown table without its header.
func cells(table string) [][]string {
	var rows [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			continue
		}
		row := strings.Split(strings.Trim(line, "|"), "|")
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		rows = append(rows, row)
	}
	return rows[min(2, len(rows)):]
}
