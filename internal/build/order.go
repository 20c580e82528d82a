package build

import (
	"cmp"
	"context"
	"slices"

	"xunwen/internal/bisection"
	"xunwen/internal/index"
	"xunwen/internal/news"
)

const (
	// sketchTerms is how many terms of articles are kept at most to order them by, with
	// --memory at most its part of that, at bisection.TermMemory bytes each.
	sketchTerms = 24 << 20
	sketchPart  = 8
)

// articleSketch orders articles by similarity. Its methods do nothing if it has no Sketch.
type articleSketch struct{ *bisection.Sketch }

func (b *builder) newSketch() articleSketch {
	if b.KeepOrder {
		return articleSketch{}
	}
	limit := int64(sketchTerms)
	if b.Memory > 0 {
		limit = min(limit, b.Memory/sketchPart/bisection.TermMemory)
	}
	return articleSketch{bisection.NewSketch(int(limit))}
}

func (s articleSketch) add(a *news.Article) {
	if s.Sketch == nil {
		return
	}
	s.Add(a.Title)
	for i := range a.Paragraphs {
		s.Add(a.Paragraphs[i].Text)
	}
	s.End()
}

// order puts the numbers of records in order, and returns where each was before.
func (s articleSketch) order(ctx context.Context, records []int) (ordered []int, sequence []uint32, err error) {
	if s.Sketch == nil {
		sequence = make([]uint32, len(records))
		for i := range sequence {
			sequence[i] = uint32(i)
		}
		return records, sequence, nil
	}
	if sequence, err = s.Order(ctx, records); err != nil {
		return nil, nil, err
	}
	ordered = make([]int, len(records))
	for i, n := range sequence {
		ordered[i] = records[n]
	}
	return ordered, sequence, nil
}

// sequenceOf returns, for the articles of a new volume, their places in the order in which they
// were read. Articles of the base keep their numbers relative to each other, by which groups of
// near-duplicates name them, so only those that were read are ordered.
func (b *builder) sequenceOf(p plannedVolume) ([]uint32, error) {
	var all []uint32
	read := uint32(0)
	add := func(places []uint32) {
		from := read
		for _, n := range places {
			all = append(all, from+n)
			read = max(read, from+n+1)
		}
	}
	for _, i := range p.from {
		v := index.Volume{VolumeInfo: b.base.Records.Volumes[i].VolumeInfo, Deleted: b.base.deleted[i]}
		places, err := index.ReadSequence(b.folder.Dir(b.base.Manifest.Generation), &v)
		if err != nil {
			return nil, err
		}
		add(places)
	}
	if p.incoming {
		add(b.sequence)
	}
	return ranks(all), nil
}

// ranks numbers different numbers in their order.
func ranks(numbers []uint32) []uint32 {
	order := make([]int, len(numbers))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(numbers[a], numbers[b]) })
	out := make([]uint32, len(numbers))
	for rank, i := range order {
		out[i] = uint32(rank)
	}
	return out
}
