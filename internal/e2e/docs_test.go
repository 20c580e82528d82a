package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/testtool"
)

// example is a command in a document and the answer that the document shows.
type example struct {
	line    int
	command string
	shown   []any // values of the JSON block after the command, if there is one
}

// showsProblem reports whether the answer shown is an error.
func (e example) showsProblem() bool {
	if len(e.shown) != 1 {
		return false
	}
	members, _ := e.shown[0].(map[string]any)
	kind, _ := members["type"].(string)
	return strings.HasPrefix(kind, "/problems/")
}

// examples returns the curl commands of a document.
func examples(t *testing.T, name string) []example {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	var found []example
	for i := 0; i < len(lines); i++ {
		if !strings.HasPrefix(lines[i], "    curl ") {
			continue
		}
		e := example{line: i + 1}
		for ; strings.HasSuffix(lines[i], "\\"); i++ {
			e.command += strings.TrimSuffix(lines[i], "\\")
		}
		e.command += lines[i]
		if i+2 < len(lines) && lines[i+2] == "```json" {
			block, _, _ := strings.Cut(strings.Join(lines[i+3:], "\n"), "```")
			for d := json.NewDecoder(strings.NewReader(block)); ; {
				var v any
				err := d.Decode(&v)
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s:%d: the example is not JSON: %v", name, i+4, err)
				}
				e.shown = append(e.shown, v)
			}
		}
		found = append(found, e)
	}
	return found
}

var servedInDocs = regexp.MustCompile(`http://127\.0\.0\.1:8080`)

// TestDocuments runs each curl command of the documents against the demo and checks
// the answer that a document shows against the real one.
func TestDocuments(t *testing.T) {
	testtool.Require(t, "curl")
	dir := buildDemo(t, nil) // its own dictionaries: scores depend on them
	secret, line := makeKey(t, "reader")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, line)
	free, guarded := start(t, dir), start(t, dir, "--api-keys", file)
	atLeast := map[string]int{"README.md": 1, "docs/json-api.md": 8, "docs/access.md": 1, "docs/operations.md": 1}
	for name, least := range atLeast {
		found := examples(t, "../../"+name)
		if len(found) < least {
			t.Errorf("%s has %d commands, want at least %d", name, len(found), least)
		}
		for _, e := range found {
			base := free
			if strings.Contains(e.command, "$KEY") {
				base = guarded
			}
			command := strings.Replace(e.command, "curl ", "curl -sS --fail-with-body ", 1)
			if e.showsProblem() {
				command = strings.Replace(e.command, "curl ", "curl -sS ", 1)
			}
			cmd := exec.CommandContext(t.Context(), "sh", "-c", servedInDocs.ReplaceAllString(command, base))
			cmd.Env = append(os.Environ(), "KEY="+secret)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			out, err := cmd.Output()
			if err != nil {
				t.Errorf("%s:%d: %s: %v\n%s%s", name, e.line, e.command, err, stderr.Bytes(), out)
				continue
			}
			if len(e.shown) == 0 {
				continue
			}
			var got any
			if err := json.Unmarshal(out, &got); err != nil {
				t.Errorf("%s:%d: not JSON: %v", name, e.line, err)
				continue
			}
			var fault error
			for _, shown := range e.shown {
				if fault = sameAnswer("", shown, got); fault == nil {
					break
				}
			}
			if fault != nil {
				t.Errorf("%s:%d: %s: %v", name, e.line, e.command, fault)
			}
		}
	}
}

// unstable are the members whose values differ between runs.
var unstable = []string{"generation", "took_ms", "cursor", "version"}

// sameAnswer returns an error if an example differs from an answer in its members or
// values. In an example, the ends of lists may be left out, … stands for omitted text, and
// fractions are rounded to two digits.
func sameAnswer(path string, shown, got any) error {
	switch s := shown.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is an object only in the example", path)
		}
		for name := range g {
			if _, ok := s[name]; !ok {
				return fmt.Errorf("%s.%s is not in the example", path, name)
			}
		}
		for name, v := range s {
			if _, ok := g[name]; !ok {
				return fmt.Errorf("%s.%s is only in the example", path, name)
			}
			if slices.Contains(unstable, name) {
				continue
			}
			if err := sameAnswer(path+"."+name, v, g[name]); err != nil {
				return err
			}
		}
		return nil
	case []any:
		g, ok := got.([]any)
		if !ok {
			return fmt.Errorf("%s is a list only in the example", path)
		}
		if len(g) < len(s) {
			return fmt.Errorf("%s has %d elements, and %d in the example", path, len(g), len(s))
		}
		for i, v := range s {
			if err := sameAnswer(fmt.Sprintf("%s[%d]", path, i), v, g[i]); err != nil {
				return err
			}
		}
		return nil
	case string:
		if g, ok := got.(string); ok && elided(s).MatchString(g) {
			return nil
		}
	case float64:
		if g, ok := got.(float64); ok && math.Abs(s-g) <= 0.005 {
			return nil
		}
	default:
		if shown == got {
			return nil
		}
	}
	return fmt.Errorf("%s is %#v, and %#v in the example", path, got, shown)
}

// elided returns a pattern of the texts that an example may stand for.
func elided(example string) *regexp.Regexp {
	return regexp.MustCompile(`(?s)^` + strings.ReplaceAll(regexp.QuoteMeta(example), "…", ".*") + `$`)
}
