package suggest

import (
	"testing"

	"xunwen/internal/textnorm"
)

// TestJoinersStay checks that corrections keep the joiners that were typed.
func TestJoinersStay(t *testing.T) {
	texts := append(news, "c919 大飞机", "中美 贸易", "hotspot news", "email update", "operation")
	c := completer(lexiconOf(200, texts...))
	wifi := c.lexicon.seek("hotspot")
	c.spelt[entry(wifi)] = "Hot-Spot" // as texts spell it
	s := NewSpeller(c)
	for _, tc := range []struct{ typed, want string }{
		{"e-mial", "e-mail"}, {"E-Mial", "e-mail"}, {"e－mial", "e－mail"}, {"em-ial", "em-ail"}, {"emial", "email"},
		{"e-mail", ""}, {"up-to-date", ""}, // two mistakes
		{"co-operatoin", "co-operation"}, {"operatoin-x", "operation-x"}, {"c-operatin", "c-operation"},
		{"hotspto", "Hot-Spot"}, {"hot-spto", "Hot-Spot"},
		{"C-919大飞机 行天员", "C-919大飞机 航天员"}, {"C-919行天员", "C-919航天员"},
		{"中-mei", "中-美"}, {"中mei", "中美"}, {"zhong-mei", "中美"},
	} {
		if got := suggestedFor(t, s, tc.typed, docFreqIn(200, texts...)); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.typed, got, tc.want)
		}
	}
}

func TestKeepJoiners(t *testing.T) {
	c := &correction{Speller: &Speller{fold: textnorm.Folder{}}}
	for _, tc := range []struct{ typed, corrected, want string }{
		{"a-bc", "abd", "a-bd"}, {"ab-c", "xb-c", "xb-c"}, {"ab-c", "xbc", "xb-c"}, {"a-b-c", "abxc", "a-b-xc"},
		{"a-b", "xy", "xy"}, {"a·b", "ab", "a·b"}, {"-ab", "ab", "ab"}, {"ab-", "ab", "ab"}, {"a-b", "", ""},
	} {
		if got := c.keepJoiners(tc.typed, tc.corrected); got != tc.want {
			t.Errorf("%s, %s: %q, want %q", tc.typed, tc.corrected, got, tc.want)
		}
	}
}
