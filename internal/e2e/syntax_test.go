package e2e

import (
	"encoding/json"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
)

var codeSpan = regexp.MustCompile("`([^`]+)`")

// TestSyntaxExamples searches the demo for each example in the first table of the query
// syntax, which all find something.
func TestSyntaxExamples(t *testing.T) {
	manual, err := os.ReadFile("../../docs/query-syntax.md")
	if err != nil {
		t.Fatal(err)
	}
	table, _, _ := strings.Cut(string(manual), "\n## ")
	base, searched := start(t, buildDemo(t, nil)), 0
	for line := range strings.Lines(table) {
		cell, isRow := strings.CutPrefix(line, "| `")
		if !isRow {
			continue
		}
		cell, _, _ = strings.Cut(strings.ReplaceAll("`"+cell, `\|`, "\x00"), "|")
		for _, span := range codeSpan.FindAllStringSubmatch(cell, -1) {
			q := strings.ReplaceAll(span[1], "\x00", "|")
			var answer struct{ Total int }
			_, body := fetch(t, base+"/api/v1/search?size=1&q="+url.QueryEscape(q))
			if err := json.Unmarshal([]byte(body), &answer); err != nil {
				t.Fatal(err)
			}
			searched++
			if answer.Total == 0 {
				t.Errorf("%s finds nothing", q)
			}
		}
	}
	if searched < 20 {
		t.Errorf("only %d examples found in the table", searched)
	}
}
