package charset_test

import (
	"bufio"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xunwen/internal/source/charset"
)

// TestStream decodes a text whose only line is longer than what is decoded at a time.
func TestStream(t *testing.T) {
	for _, text := range []string{
		"柳河新桥通车\n", strings.Repeat("柳河新桥，通车。\"", 50_000), strings.Repeat("桥,", 200_000) + "\n尾\n", "",
		strings.Repeat("桥", 300_000),
	} {
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		for name, in := range map[string]string{"UTF-8": text, "GB18030": gb} {
			if name == "GB18030" && !strings.Contains(text, ",") && len(text) > 1<<18 {
				continue // nowhere to cut it
			}
			slow := iotest.OneByteReader(strings.NewReader(in[:min(len(in), 2000)]))
			for _, r := range []io.Reader{strings.NewReader(in), slow} {
				s := charset.NewStream(bufio.NewReaderSize(r, charset.HeadSize), charset.Auto)
				got, err := io.ReadAll(s)
				if err != nil || !strings.HasPrefix(text, strings.TrimRight(string(got), "\ufffd")) ||
					len(got) < min(len(text), 600) {
					t.Errorf("%s: %d bytes of %d, error %v", name, len(got), len(text), err)
				}
			}
		}
	}
}

func TestStreamInvalid(t *testing.T) {
	s := charset.NewStream(
		bufio.NewReaderSize(strings.NewReader("一\n二\xff二二\n三\n四\xff四四"), charset.HeadSize),
		charset.Auto,
	)
	got, err := io.ReadAll(s)
	if string(got) != "一\n二\ufffd二二\n三\n四\ufffd四四" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if err := s.Invalid(1, 1); err != nil {
		t.Error(err)
	}
	if err := s.Invalid(2, 3); err == nil || !strings.Contains(err.Error(), "byte 0xff") {
		t.Error(err)
	}
	if err := s.Invalid(3, 3); err != nil {
		t.Error(err)
	}
	if err := s.Invalid(3, 9); err == nil {
		t.Error("line 4 is valid")
	}
}
