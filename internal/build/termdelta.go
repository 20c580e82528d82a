package build

import (
	"cmp"
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/document"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/index"
)

// tally is by how much the counts of a lexicon change.
type tally struct {
	documents int
	terms     map[string]map[string]int // by field and term
}

func newTally() *tally {
	return &tally{terms: map[string]map[string]int{engine.Words: {}, engine.Grams: {}}}
}

// volumes counts all documents of volumes of a generation, each by times.
func (t *tally) volumes(ctx context.Context, generation string, volumes []index.VolumeInfo, times int) error {
	c, err := index.OpenTermCounts(generation, volumes)
	if err != nil {
		return err
	}
	t.documents += times * c.Documents()
	for field, by := range t.terms {
		for term, n := range c.Terms(ctx, field) {
			by[term] += times * n
		}
	}
	return c.Close()
}

// articles counts the documents of articles of a volume, each by times. They
// are cut once more, as they were when it was built: so what goes costs what
// it cost to add it, and nothing of the others is looked at.
func (t *tally) articles(ctx context.Context, words *analyzer.Analyzer, of *index.Volume, numbers []int, times int) error {
	cut := cutter{words}
	for _, n := range numbers {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := of.Records.Get(n)
		if err != nil {
			return err
		}
		for _, d := range cut.documents(&a) {
			t.documents += times
			for _, f := range d.fields {
				t.field(f, times)
			}
		}
	}
	return nil
}

func (t *tally) field(f document.Field, times int) {
	by := t.terms[f.Name()]
	if by == nil {
		return
	}
	for term := range f.AnalyzedTokenFrequencies() {
		by[term] += times
	}
}

// difference is by how much a term's count changes.
type difference struct {
	term string
	by   int
}

// changes lists the changes of a field, in byte order.
func (t *tally) changes(field string) []difference {
	var out []difference
	for term, n := range t.terms[field] {
		if n != 0 {
			out = append(out, difference{term, n})
		}
	}
	slices.SortFunc(out, func(a, b difference) int { return cmp.Compare(a.term, b.term) })
	return out
}
