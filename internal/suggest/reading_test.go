package suggest

import (
	"slices"
	"testing"
)

func TestReadings(t *testing.T) {
	for r, want := range map[rune][]reading{
		'航': {{"hang", 2}}, '绿': {{"lv", 4}, {"lu", 4}}, '的': {{"de", 0}}, 'x': nil, '女': {{"nv", 3}},
	} {
		got := readings(r)
		if len(got) < len(want) || want == nil && got != nil {
			t.Errorf("readings of %c: %v", r, got)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("readings of %c: %v, want %v", r, got, want)
			}
		}
	}
	if got := nearSyllables("zheng"); !slices.Equal(got, []string{"zeng", "zhen"}) {
		t.Errorf("near syllables of zheng: %v", got)
	}
}
