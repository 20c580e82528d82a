package pagefile_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/pagefile"
	"xunwen/internal/pagefile/pagefiletest"
)

var format = pagefile.Format{Magic: "TESTFILE", Trailer: "TEST", Damaged: errors.New("damaged test")}

// The parts of a file that content makes.
const (
	first, second = 100_000, 70_000 // bytes of the sections
	count         = 7
)

// content returns a file of two sections of so many bytes, with a table, and where the second one
// begins.
func content(t testing.TB, first, second int) (data []byte, at uint64) {
	t.Helper()
	var out bytes.Buffer
	w := pagefile.NewWriter(&out, format)
	w.Write(bytes.Repeat([]byte{1}, first+3))
	w.Align()
	at = w.At()
	w.Write(bytes.Repeat([]byte{2}, second))
	if err := w.Finish(count, []byte("table")); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), at
}

// TestRoundTrip reads what was written, with padding behind it.
func TestRoundTrip(t *testing.T) {
	data, at := content(t, first, second)
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	f, n, table, err := pagefile.Open(path, format)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // read only
	if n != count || string(table) != "table" || at%8 != 0 || f.End() != at+second || f.Name() != path {
		t.Errorf("count %d, table %q, sections from %d to %d in %s", n, table, at, f.End(), f.Name())
	}
	b, err := f.Bytes(at, second)
	if err != nil || !bytes.Equal(b, bytes.Repeat([]byte{2}, second)) {
		t.Errorf("the second section differs, error %v", err)
	}
	if padding := b[:len(b)+pagefile.Padding][len(b):]; !bytes.Equal(padding, make([]byte, pagefile.Padding)) {
		t.Errorf("the padding is %v", padding)
	}
	for _, outside := range [][2]uint64{
		{f.End() + 1, 0}, {f.End(), 1}, {1, f.End()}, {1 << 63, 1 << 63}, {8, 1<<64 - 1},
	} {
		if _, err := f.Bytes(outside[0], outside[1]); !errors.Is(err, format.Damaged) {
			t.Errorf("%d bytes at %d: %v", outside[1], outside[0], err)
		}
	}
}

// TestEachByteIsChecked changes bytes all over a file: either it can't be opened, or the page of
// the byte is named, and the other pages can still be read.
func TestEachByteIsChecked(t *testing.T) {
	good, _ := content(t, first, second)
	for at := 0; at < len(good); at += 1 + at%977 {
		bad := bytes.Clone(good)
		bad[at] ^= 0x10
		f, _, _, err := pagefile.Parse("folder/file", bad, format)
		if err == nil {
			err = f.CheckAll()
			other := uint64(0)
			if at < pagefiletest.PageSize {
				other = pagefiletest.PageSize
			}
			if _, err := f.Bytes(other, 10); err != nil {
				t.Errorf("byte %d: another page: %v", at, err)
			}
		}
		if !errors.Is(err, format.Damaged) || !strings.Contains(err.Error(), "folder/file") {
			t.Errorf("byte %d: %v", at, err)
		}
	}
}

// FuzzParse opens files of any bytes, whose checksums are right as far as their trailers allow,
// and reads parts of them.
func FuzzParse(f *testing.F) {
	data, at := content(f, 50, 20) // short, so that many changes of it are tried
	f.Add(data, at, uint64(20))
	f.Add(data[:len(data)-1], uint64(0), uint64(1))
	f.Add([]byte("TESTFILE"), uint64(0), uint64(0))
	f.Fuzz(func(t *testing.T, data []byte, off, n uint64) {
		file, _, _, err := pagefile.Parse("fuzz", pagefiletest.Seal(bytes.Clone(data)), format)
		if err != nil {
			if !errors.Is(err, format.Damaged) {
				t.Error(err)
			}
			return
		}
		if b, err := file.Bytes(off, n); err == nil && (uint64(len(b)) != n || cap(b) < len(b)+pagefile.Padding) {
			t.Errorf("%d bytes with room for %d, want %d", len(b), cap(b), n)
		}
		if err := file.CheckAll(); err != nil {
			t.Error(err)
		}
	})
}
