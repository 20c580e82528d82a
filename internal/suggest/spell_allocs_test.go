package suggest

import (
	"testing"

	"xunwen/internal/query"
)

// TestCorrectingAllocatesLittle checks that candidates that are not kept cost no allocation.
func TestCorrectingAllocatesLittle(t *testing.T) {
	const most = 100
	s := NewSpeller(completer(lexiconOf(200, news...)))
	for _, typed := range []string{"航天员返回地球", "行天员返回地球", "空间占迎来飞船"} {
		n, err := query.Parse(typed)
		if err != nil {
			t.Fatal(err)
		}
		docFreq := func(string) int { return 0 }
		if allocated := testing.AllocsPerRun(50, func() { s.Query(n, docFreq) }); allocated > most {
			t.Errorf("%s: %v allocations, want %d at most", typed, allocated, most)
		}
	}
}
