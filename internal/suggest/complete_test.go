package suggest

import (
	"strings"
	"testing"
)

// TestRareReadings checks that words by a rare reading come last.
func TestRareReadings(t *testing.T) {
	c := completer(lexiconOf(10, "共同", "共同", "共同", "航天", "重庆"))
	for typed, want := range map[string]string{"ht": "航天 共同", "gt": "共同", "cq": "重庆", "chongq": "重庆"} {
		var got []string
		for _, found := range c.Complete(typed, 9) {
			got = append(got, found.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", typed, got, want)
		}
	}
}

// TestSeparatedSyllables checks that an apostrophe or a space ends a syllable, so
// that words with a longer first syllable don't come before the city that was
// typed.
func TestSeparatedSyllables(t *testing.T) {
	c := completer(lexiconOf(20, "现代 西安 西安", "现代 现在", "现代 先进"))
	for typed, want := range map[string]string{
		"xian": "现代", "xi'an": "西安", "xi an": "西安", "xi’a": "西安",
		"西 an": "西安", "西'安": "西安", " xian '": "现代", "x d": "现代",
	} {
		found := c.Complete(typed, 10)
		if len(found) == 0 || found[0].Text != want {
			t.Errorf("%q: %v, want %s first", typed, found, want)
		}
		if separated := strings.HasPrefix(typed, "xi'"); separated && len(found) != 1 {
			t.Errorf("%q: %v, want only 西安", typed, found)
		}
	}
	if found := c.Complete("'", 10); found != nil {
		t.Errorf("an apostrophe alone: %v", found)
	}
}
