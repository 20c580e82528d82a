package source

import (
	"strings"
	"testing"
)

func TestShortened(t *testing.T) {
	if got := shortened(strings.Repeat("桥", 20_000)); len(got) > maxShown+len("…") || !strings.HasPrefix(got, "桥") {
		t.Errorf("%d bytes are shown, want %d at most", len(got), maxShown)
	}
}
