package build

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"xunwen/internal/analyzer"
	"xunwen/internal/document"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/segment"
)

// termDelta is how the counts of a lexicon change.
type termDelta struct {
	documents int
	terms     map[string]map[string]int // by field and term
}

func newTermDelta() *termDelta {
	return &termDelta{terms: map[string]map[string]int{engine.Words: {}, engine.Grams: {}}}
}

// addVolumes adds times the counts of all documents of volumes of a generation.
func (d *termDelta) addVolumes(
	ctx context.Context, generation string, volumes []index.VolumeInfo, times int,
) (err error) {
	c, err := index.OpenTermCounts(generation, volumes)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	d.documents += times * c.Documents()
	for field, counts := range d.terms {
		terms, failed := c.Terms(ctx, field)
		for term, n := range terms {
			counts[term] += times * n
		}
		if err := failed(); err != nil {
			return err
		}
	}
	return nil
}

// addSegment adds the counts of all documents of a segment.
func (d *termDelta) addSegment(ctx context.Context, s *segment.Segment) error {
	d.documents += int(s.Documents())
	for field, counts := range d.terms {
		it := s.Field(field).Terms("", "")
		for it.Next() {
			counts[string(it.Bytes())] += it.Term().Documents
		}
		if err := errors.Join(it.Err(), ctx.Err()); err != nil {
			return err
		}
	}
	return nil
}

// add adds the counts of another change.
func (d *termDelta) add(o *termDelta) {
	d.documents += o.documents
	for field, counts := range o.terms {
		for term, n := range counts {
			d.terms[field][term] += n
		}
	}
}

// addArticles adds times the counts of articles of a volume. Their texts are
// segmented again as they were when the volume was built: deleting an article
// costs as much as adding it did, and no other article is read.
func (d *termDelta) addArticles(
	ctx context.Context, words *analyzer.Analyzer, v *index.Volume, numbers []int, times int,
) error {
	counted := &documentTerms{seen: map[documentTerm]bool{}}
	documents := document.Maker{Words: words, Terms: counted}
	for _, n := range numbers {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := v.Article(n)
		if err != nil {
			return err
		}
		for range documents.Of(&a) {
			d.documents += times
			for t := range counted.seen {
				d.terms[t.field][t.term] += times
			}
			clear(counted.seen)
		}
	}
	return nil
}

// documentTerms collects the words and grams of a document.
type documentTerms struct{ seen map[documentTerm]bool }

type documentTerm struct{ field, term string }

// Add implements document.Counter.
func (d *documentTerms) Add(field int, term string, _ int) {
	switch field {
	case document.WordsField:
		d.seen[documentTerm{engine.Words, term}] = true
	case document.GramsField:
		d.seen[documentTerm{engine.Grams, term}] = true
	}
}

// termChange is how the count of a term changes.
type termChange struct {
	term  string
	delta int
}

// changes lists the changes of a field, in byte order.
func (d *termDelta) changes(field string) []termChange {
	var out []termChange
	for term, n := range d.terms[field] {
		if n != 0 {
			out = append(out, termChange{term, n})
		}
	}
	slices.SortFunc(out, func(a, b termChange) int { return cmp.Compare(a.term, b.term) })
	return out
}
