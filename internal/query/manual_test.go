package query

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var codeSpan = regexp.MustCompile("`([^`]+)`")

// The examples of the manual's tables can be parsed, and those under Errors have
// their error at the given position.
func TestManual(t *testing.T) {
	manual, err := os.ReadFile("../../docs/query-syntax.md")
	if err != nil {
		t.Fatal(err)
	}
	text, errorTable, ok := strings.Cut(string(manual), "\n## Errors")
	if !ok {
		t.Fatal("docs/query-syntax.md has no section Errors")
	}
	checked := 0
	for _, row := range tableRows(text) {
		for _, span := range codeSpan.FindAllStringSubmatch(row[0], -1) {
			checked++
			if n, err := Parse(span[1]); err != nil || n == nil {
				t.Errorf("%s is parsed as %s", span[1], showResult(n, err))
			}
		}
	}
	for _, row := range tableRows(errorTable) {
		checked++
		q := strings.Trim(row[0], "`")
		_, err := Parse(q)
		if bad, ok := err.(*Error); !ok || strconv.Itoa(bad.Pos) != row[1] {
			t.Errorf("%s gives error %v, want one at %s", q, err, row[1])
		}
	}
	if checked < 20 {
		t.Errorf("only %d examples found in the manual's tables", checked)
	}
}

// tableRows returns the cells of all tables without their headers.
func tableRows(markdown string) [][]string {
	var rows [][]string
	inBody := false
	for line := range strings.Lines(markdown) {
		line = strings.ReplaceAll(strings.TrimSpace(line), `\|`, "\x00")
		if !strings.HasPrefix(line, "|") {
			inBody = false
			continue
		}
		if strings.HasPrefix(line, "|---") {
			inBody = true
			continue
		}
		if !inBody {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.ReplaceAll(strings.TrimSpace(cells[i]), "\x00", "|")
		}
		rows = append(rows, cells)
	}
	return rows
}
