//go:build !race

package analyzer

import (
	"strings"
	"testing"
)

// With the race detector, sync.Pool loses values at random.

func TestEachWordAllocatesNothing(t *testing.T) {
	a := sharedAnalyzer(t)
	text := a.FoldString(strings.Repeat("新华社北京电，北约秘书长表示“北约与俄罗斯的对话”并不容易。GDP增速", 20))
	count := 0
	visit := func(Token) { count++ }
	if n := testing.AllocsPerRun(50, func() { a.EachWord(text, visit) }); n >= 1 {
		t.Errorf("%v allocations", n)
	}
}
