package sheet

import (
	"encoding/csv"
	"strings"
	"testing"
)

// TestWriter checks that cells keep their text, except that none is a formula.
func TestWriter(t *testing.T) {
	var b strings.Builder
	w := NewWriter(&b)
	rows := [][]string{{"query", "total"}, {"=1+1", "a,\"b\""}, {"＠x", "大桥"}, {"", "-"}}
	for _, row := range rows {
		if err := w.Write(append([]string{}, row...)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(b.String(), byteOrderMark)
	if !ok || strings.Count(text, byteOrderMark) != 0 || strings.Count(text, "\r\n") != len(rows) {
		t.Errorf("%q", b.String())
	}
	got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j, cell := range row {
			if strings.ContainsAny(cell, "=-＠") {
				cell = "'" + cell
			}
			if got[i][j] != cell {
				t.Errorf("row %d: %q, want %q", i, got[i][j], cell)
			}
		}
	}
}
