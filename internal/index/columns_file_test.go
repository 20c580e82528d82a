package index

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// someColumns have small and large numbers.
func someColumns() []ArticleColumns {
	return []ArticleColumns{
		{Day: -7, Characters: 3, Sequence: 2, Documents: []DocumentColumns{{1, 2}, {3, 4}}},
		{Day: 20_000, Characters: 255, Documents: []DocumentColumns{{5, 256}, {6, 7}, {8, 9}, {10, 65_535}},
			Items: []uint32{1, 3}, Sequence: 3},
		{Day: 1 << 30, Characters: 0, Documents: []DocumentColumns{{65_536, 11}}},
		{Day: 1, Characters: 4, Documents: []DocumentColumns{{0, 0}, {12, 13}}, Items: []uint32{1}, Sequence: 1},
	}
}

func writtenColumns(t testing.TB, list []ArticleColumns) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), ColumnsFile)
	if err := WriteColumns(path, list); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func numbersOf(c column) []uint32 { return c.appendTo(nil, 0, c.len()) }

// TestColumnsAreReadAsWritten checks each column.
func TestColumnsAreReadAsWritten(t *testing.T) {
	t.Parallel()
	c, err := parseColumns(writtenColumns(t, someColumns()), 4)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		got  column
		want []uint32
	}{
		{"days", c.days, []uint32{1<<32 - 7, 20_000, 1 << 30, 1}},
		{"ends", c.ends, []uint32{2, 6, 7, 9}},
		{"characters", c.characters, []uint32{3, 255, 0, 4}},
		{"words", c.words, []uint32{1, 3, 5, 6, 8, 10, 65_536, 0, 12}},
		{"grams", c.grams, []uint32{2, 4, 256, 7, 9, 65_535, 11, 0, 13}},
		{"items", c.items, []uint32{3, 5, 8}},
		{"sequence", c.sequence, []uint32{2, 3, 0, 1}},
	} {
		if got := numbersOf(tc.got); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
}

// TestDamagedColumns cuts and extends the file, and changes each byte of its head. It is
// refused, or describes as many articles and documents as it should.
func TestDamagedColumns(t *testing.T) {
	t.Parallel()
	whole := writtenColumns(t, someColumns())
	for n := range whole {
		if _, err := parseColumns(whole[:n], 4); err == nil {
			t.Errorf("the first %d of %d bytes are accepted", n, len(whole))
		}
	}
	if _, err := parseColumns(append(slices.Clone(whole), 0), 4); err == nil {
		t.Error("a byte more is accepted")
	}
	if _, err := parseColumns(whole, 5); err == nil {
		t.Error("another number of articles is accepted")
	}
	for i := range columnsHead {
		bad := bytes.Clone(whole)
		bad[i] ^= 4
		if _, err := parseColumns(bad, 4); err == nil {
			t.Errorf("with byte %d changed it is accepted", i)
		}
	}
}

// FuzzColumns parses any bytes: what is accepted can be read.
func FuzzColumns(f *testing.F) {
	f.Add(writtenColumns(f, someColumns()), 4)
	f.Add(writtenColumns(f, someColumns()[:1]), 1)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		c, err := parseColumns(data, n)
		if err != nil {
			return
		}
		for _, column := range []column{c.days, c.ends, c.characters, c.sequence} {
			if len(numbersOf(column)) != n {
				t.Errorf("%d numbers of %d articles", column.len(), n)
			}
		}
		if len(numbersOf(c.words)) != c.documents() || len(numbersOf(c.grams)) != c.documents() {
			t.Error("columns differ in length")
		}
	})
}
