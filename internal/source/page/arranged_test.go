package page

import (
	"slices"
	"testing"
)

// TestArrangedPages reads pages whose headlines are before or after their texts,
// article by article, and pages on which two articles are set column by column in turn.
// The articles are those of testdata/pages.
func TestArrangedPages(t *testing.T) {
	pages := readSetPages(t, "arranged")
	for _, shape := range []struct {
		name  string
		floor figures
	}{
		{"either-side", figures{
			paragraphF1: 0.98, title: 0.99, titleF1: 0.98, assignment: 0.92, section: 0.92, source: 0.90, caption: 0.99,
		}},
		{"interleaved", figures{
			paragraphF1: 0.99, title: 0.96, titleF1: 0.98, assignment: 0.80, section: 0.86, source: 0.99, caption: 0.99,
		}},
	} {
		t.Run(shape.name, func(t *testing.T) {
			var sum, without tally
			n := 0
			for _, p := range pages {
				if !slices.Contains(p.shapes, shape.name) {
					continue
				}
				n++
				got, _ := Parse(p.text)
				sum.add(p.truth, got.Articles)
				got, _ = parse(p.text, everyKind&^(kindArticleSide|kindInterleaved))
				without.add(p.truth, got.Articles)
			}
			if n < 6 {
				t.Errorf("%d pages, want 6", n)
			}
			t.Logf("%v", sum.figures())
			t.Logf("without reading them as such: %v", without.figures())
			sum.figures().atLeast(t, shape.name, shape.floor)
			if sum.figures().assignment < without.figures().assignment+0.2 {
				t.Errorf("%s: assignment %.3f, without reading them as such %.3f",
					shape.name, sum.figures().assignment, without.figures().assignment)
			}
		})
	}
}
