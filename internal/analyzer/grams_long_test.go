package analyzer

import (
	"strings"
	"testing"
)

// TestJointGramsAreNotLong checks that an atom of thousands of runs is no term: no query has
// it, and a segment can't.
func TestJointGramsAreNotLong(t *testing.T) {
	t.Parallel()
	EachJointGram(strings.Repeat("a-", 2*maxRun)+"a1", func(g Token) {
		if len(g.Term) > len(JointPrefix)+maxRun {
			t.Errorf("a joint gram of %d bytes", len(g.Term))
		}
	})
}
