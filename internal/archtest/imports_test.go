package archtest

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

const module = "xunwen/"

// row is a row of the import table.
type row struct {
	line    int      // from the top
	outside []string // modules
	used    map[string]bool
}

func (r *row) allows(importPath string) bool {
	for _, m := range r.outside {
		if importPath == m || strings.HasPrefix(importPath, m+"/") {
			r.used[m] = true
			return true
		}
	}
	return false
}

// importTable reads the table between two comments in docs/architecture.md.
func importTable(t *testing.T) map[string]*row {
	t.Helper()
	_, rest, hasBegin := strings.Cut(text(t, "docs/architecture.md"), "<!-- imports: begin -->")
	table, _, hasEnd := strings.Cut(rest, "<!-- imports: end -->")
	if !hasBegin || !hasEnd {
		t.Fatal("docs/architecture.md has no table between <!-- imports: begin --> and <!-- imports: end -->")
	}
	rows := make(map[string]*row)
	for i, c := range cells(table) {
		if len(c) != 3 {
			t.Fatalf("row %d has %d cells, want package, holds, from outside: %q", i+1, len(c), c)
		}
		r := &row{line: i, used: make(map[string]bool)}
		for field := range strings.FieldsSeq(c[2]) {
			r.outside = append(r.outside, strings.Trim(field, "`"))
		}
		rows[c[0]] = r
	}
	return rows
}

func TestImportTable(t *testing.T) {
	rows := importTable(t)
	packages := list(t, "./...")
	standard := make(map[string]bool)
	for _, p := range packages {
		standard[p.ImportPath] = p.Standard
	}
	found := make(map[string]bool)
	for _, p := range packages {
		if !p.ours() {
			continue
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		r := rows[name]
		if r == nil {
			t.Errorf("%s is not in the table", name)
			continue
		}
		found[name] = true
		for _, imported := range p.Imports {
			other, isOurs := strings.CutPrefix(imported, module)
			switch above := rows[other]; {
			case isOurs && (above == nil || above.line >= r.line):
				t.Errorf("%s imports %s, which is not above it", name, other)
			case imported == "C":
				t.Errorf("%s uses cgo: only gojieba may", name)
			case !isOurs && !standard[imported] && !r.allows(imported):
				t.Errorf("%s imports %s, which its row does not list", name, imported)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		if !found[name] {
			t.Errorf("%s is in the table, but there is no such package", name)
			continue
		}
		for _, m := range rows[name].outside {
			if !rows[name].used[m] {
				t.Errorf("%s does not import %s, which its row lists", name, m)
			}
		}
	}
}
