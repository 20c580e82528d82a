package engine

import (
	"strings"
	"testing"

	"xunwen/internal/textnorm"
)

// TestScanningAllocatesNothing checks that looking for the units of a query in a text, which
// every paragraph shown needs, allocates nothing once it was done for a text.
func TestScanningAllocatesNothing(t *testing.T) {
	var n needles
	for _, word := range []string{"大桥", "渡口", "青禾大桥", "c919"} {
		n.add(word)
	}
	text := textnorm.Joined{Text: strings.Repeat("青禾大桥在渡口的下游,c919首飞。", 10)}
	if allocated := testing.AllocsPerRun(100, func() { n.scan(text) }); allocated != 0 {
		t.Errorf("%v allocations", allocated)
	}
}
