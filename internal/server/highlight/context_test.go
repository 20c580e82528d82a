package highlight

import (
	"testing"

	"xunwen/internal/search"
)

func TestExportInContext(t *testing.T) {
	m := search.Marked{N: 2, Text: "一二三四五六七", Marks: []search.Span{{Start: 9, End: 12}}}
	for characters, want := range map[int][3]string{0: {"", "四", ""}, 2: {"二三", "四", "五六"}, 9: {"一二三", "四", "五六七"}} {
		k := InContext(m, m.Marks[0], characters)
		if got := [3]string{k.Left, k.Match, k.Right}; got != want {
			t.Errorf("%d characters: %q, want %q", characters, got, want)
		}
	}
}
