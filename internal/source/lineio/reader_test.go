package lineio_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"xunwen/internal/source/lineio"
)

func TestLine(t *testing.T) {
	const text = "甲\n\n乙丙\n丁"
	for _, in := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
		r := lineio.NewReader(in, 100)
		if got, err := io.ReadAll(r); err != nil || string(got) != text {
			t.Fatalf("%q, %v", got, err)
		}
		if r.Last() != 4 {
			t.Errorf("last line %d", r.Last())
		}
		for offset := range len(text) + 1 {
			if want := 1 + strings.Count(text[:offset], "\n"); r.Line(int64(offset)) != want {
				t.Errorf("offset %d: want line %d", offset, want)
			}
		}
	}
}

// TestTooLong checks that a record can have as many bytes as the bound and all of them together
// more.
func TestTooLong(t *testing.T) {
	r := lineio.NewReader(iotest.OneByteReader(strings.NewReader(strings.Repeat("x", 25))), 10)
	part := make([]byte, 10)
	for i := range 2 {
		if _, err := io.ReadFull(r, part); err != nil {
			t.Fatal(err)
		}
		r.Done(int64(10 * (i + 1)))
	}
	if _, err := io.ReadAll(r); err != nil {
		t.Errorf("the last record: %v", err)
	}
	endless := lineio.NewReader(strings.NewReader(strings.Repeat("x", 1<<20)), 10)
	if _, err := io.ReadAll(endless); !errors.Is(err, lineio.ErrTooLong) {
		t.Errorf("a record that is too long: %v", err)
	}
}

// FuzzLine compares the numbers of lines with a count of line ends.
func FuzzLine(f *testing.F) {
	f.Add("甲\n乙\r\n\n丙", uint16(3), uint16(2))
	f.Fuzz(func(t *testing.T, text string, offset, step uint16) {
		r := lineio.NewReader(strings.NewReader(text), 1<<20)
		if _, err := io.ReadAll(iotest.HalfReader(r)); err != nil {
			t.Fatal(err)
		}
		for at := int(offset); at <= len(text); at += 1 + int(step) {
			if got, want := r.Line(int64(at)), 1+strings.Count(text[:at], "\n"); got != want {
				t.Fatalf("%q at %d: line %d, want %d", text, at, got, want)
			}
		}
	})
}
