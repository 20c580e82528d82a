package query

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var codeSpan = regexp.MustCompile("`([^`]+)`")

// The manual's tables hold what they say: queries that are read, and under
// Errors a query with the place of its error.
func TestManual(t *testing.T) {
	manual, err := os.ReadFile("../../docs/query-syntax.md")
	if err != nil {
		t.Fatal(err)
	}
	text, errorTable, ok := strings.Cut(string(manual), "\n## Errors")
	if !ok {
		t.Fatal("docs/query-syntax.md has no chapter Errors")
	}
	checked := 0
	for _, row := range tableRows(text) {
		for _, span := range codeSpan.FindAllStringSubmatch(row[0], -1) {
			checked++
			if n, err := Parse(span[1]); err != nil || n == nil {
				t.Errorf("%s is read as %s", span[1], showResult(n, err))
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

// tableRows gives the cells of all tables, without their heads.
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
