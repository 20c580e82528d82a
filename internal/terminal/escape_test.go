package terminal

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"2025-03-12/第1版：要闻.txt": "2025-03-12/第1版：要闻.txt",
		"a\u3000b é 👍":          "a\u3000b é 👍",
		"a\nb\tc\r\x1b[31m":     `a\nb\x09c\x0d\x1b[31m`,
		"\u009b31m\x7f":         `\u009b31m\x7f`,
		"a\u202egpj.txt":        `a\u202egpj.txt`,
		"\u2066a\u2069":         `\u2066a\u2069`,
		"新\u200b闻\ufeff":        `新\u200b闻\ufeff`,
		"a\u2028b":              `a\u2028b`,
		"a\ufe0f\U000e0101":     `a\ufe0f\U000e0101`,
		"\u3164.txt":            `\u3164.txt`,
		"\ue000\U000f0000":      `\ue000\U000f0000`,
		"a\xff\xe4b":            `a\xff\xe4b`,
		"\ufffd":                "\ufffd",
	} {
		if got := Line(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got, want := Text("a\n\tb\u202e\x1b"), "a\n\tb\\u202e\\x1b"; got != want {
		t.Errorf("of several lines: %q, want %q", got, want)
	}
}

// TestJSON checks that escaped JSON has the same value and shows nothing invisible.
func TestJSON(t *testing.T) {
	for _, text := range []string{"大桥", "a\u202eb\n", "\U000e0101\U000f0000", "\ufffd\u2028\x1b\x7f", "a\xffb"} {
		var b strings.Builder
		if err := json.NewEncoder(JSON(&b)).Encode(text); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil || got != strings.ToValidUTF8(text, "\ufffd") {
			t.Errorf("%q: %q (%v) is in %s", text, got, err, b.String())
		}
		if line := strings.TrimSuffix(b.String(), "\n"); Line(line) != line {
			t.Errorf("%q: %q shows what is invisible", text, line)
		}
	}
}
