package table

import (
	"bufio"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestUnescaped compares reading with replacing.
func TestUnescaped(t *testing.T) {
	for _, text := range []string{
		`"他说\"好\""`, `"C:\\","甲"`, `\\\"`, `\`, `甲\`, `\n\"`, ``, strings.Repeat(`\"\\`, 5000),
	} {
		for _, in := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			got, err := io.ReadAll(&unescaped{in: bufio.NewReaderSize(in, 16)})
			if want := unescaper.Replace(text); err != nil || string(got) != want {
				t.Errorf("%.40q: got %.40q, %v, want %.40q", text, got, err, want)
			}
		}
	}
}
