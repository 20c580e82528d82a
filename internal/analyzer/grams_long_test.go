package analyzer

import (
	"slices"
	"strings"
	"testing"

	"xunwen/internal/textnorm"
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

// TestLongRunHasNoJointGrams checks that the atoms of a run that is no word, such as a number in
// hexadecimal digits, give no joint grams, and that the run is scanned once for all of them.
func TestLongRunHasNoJointGrams(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a1", maxRun) + " iphone15"
	g := jointScanner{folded: text, joined: textnorm.Join(text)}
	var terms []string
	g.visit = func(t Token) { terms = append(terms, t.Term) }
	g.scanParts()
	if want := []string{"\tiphone", "\t15"}; !slices.Equal(terms, want) {
		t.Errorf("%d joint grams: %.5q, want %q", len(terms), terms, want)
	}
	g.runAround(0)
	g.folded = strings.Repeat(" ", len(text)) // whoever scans again finds no run
	if want := (span{0, 2 * maxRun}); g.runAround(maxRun) != want {
		t.Errorf("the run is %v, want %v", g.run, want)
	}
}
