package textnorm

import (
	"strings"
	"testing"
)

func TestNewFolderErrors(t *testing.T) {
	for name, c := range map[string]struct {
		table map[rune]rune
		want  string
	}{
		"a cycle":                    {map[rune]rune{'甲': '乙', '乙': '丙', '丙': '甲'}, "folds to itself"},
		"a letter as its source":     {map[rune]rune{'a': '乙'}, "want ideographs"},
		"a letter as its target":     {map[rune]rune{'甲': 'a'}, "want ideographs"},
		"a target's target":          {map[rune]rune{'甲': '乙', '乙': '。'}, "want ideographs"},
		"a symbol of the Han script": {map[rune]rune{'々': '乙'}, "want ideographs"},
		"a kana":                     {map[rune]rune{'甲': 'か'}, "want ideographs"},
		"not a character":            {map[rune]rune{'甲': -1}, "want ideographs"},
	} {
		if _, err := NewFolder(c.table); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// TestFarIdeographs checks sources outside the common blocks.
func TestFarIdeographs(t *testing.T) {
	f, err := NewFolder(map[rune]rune{'\uF900': '岂', '𠀀': '一', '㐀': '𪛖', '鿿': '㐁'})
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{"\uF900": "岂", "𠀀𠀁": "一𠀁", "㐀㐁": "𪛖㐁", "鿿": "㐁"} {
		if got := f.FoldString(in); got != want {
			t.Errorf("%s folds to %s, want %s", in, got, want)
		}
	}
}
