//go:build !race

package jieba

import (
	"strings"
	"testing"
)

// With the race detector, sync.Pool loses values at random.

func TestCutAllocatesNothing(t *testing.T) {
	s := newSmall(t)
	text := []byte(strings.Repeat("谭德塞说，北约东扩研究生命起源abc的中华人民共和国", 20))
	var dst []Span
	if n := testing.AllocsPerRun(50, func() { dst = s.CutForSearch(dst[:0], text) }); n >= 1 {
		t.Errorf("%v allocations", n)
	}
}
