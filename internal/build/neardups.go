package build

import (
	"context"
	"fmt"
	"math"
	"path/filepath"

	"xunwen/internal/analyzer"
	"xunwen/internal/index"
	"xunwen/internal/neardup"
)

// findGroups finds the near-duplicates among all articles of a generation.
// before is what is known of them.
func findGroups(ctx context.Context, words *analyzer.Analyzer, path string, l *index.Library, before grouped) (index.Groups, neardup.Known, error) {
	signatures := make([]neardup.Signature, 0, l.Len())
	for _, v := range l.Volumes {
		var err error
		if signatures, err = index.ReadSignatures(signatures, path, v); err != nil {
			return index.Groups{}, nil, err
		}
	}
	first, known, err := neardup.Comparer{Fold: words.Folder}.Groups(ctx, signatures, before.known, l.Get)
	if err != nil {
		return index.Groups{}, nil, fmt.Errorf("grouping near-duplicates: %w", err)
	}
	g := index.Groups{First: first, ID: map[uint32]string{}}
	for i, f := range first {
		if int(f) == i {
			continue
		}
		for _, n := range []uint32{f, uint32(i)} {
			if _, ok := g.ID[n]; ok {
				continue
			}
			id, ok := before.id[n]
			if !ok {
				a, err := l.Get(int(n))
				if err != nil {
					return index.Groups{}, nil, err
				}
				id = a.ID
			}
			g.ID[n] = id
		}
	}
	return g, known, nil
}

// grouped is what a generation knew of its articles' groups, by the numbers
// that they have in the one that is made of it.
type grouped struct {
	known neardup.Known
	id    map[uint32]string
}

// grouped returns what the base knew of those articles that are left: they keep
// their order, and what is new comes behind them.
func (b *base) grouped(path string) (grouped, error) {
	known, err := index.ReadPairs(filepath.Join(path, index.PairsFile), b.Records.Len())
	if err != nil {
		return grouped{}, err
	}
	const left = math.MaxUint32
	number := make([]uint32, b.Records.Len()) // by the base's number
	next := uint32(0)
	for i := range number {
		volume, own, err := b.Records.Find(i)
		if err != nil {
			return grouped{}, err
		}
		if b.leaving[volume].Has(own) {
			number[i] = left
			continue
		}
		number[i] = next
		next++
	}
	g := grouped{neardup.Known{}, map[uint32]string{}}
	for p, mean := range known {
		if x, y := number[p.A], number[p.B]; x != left && y != left {
			g.known[neardup.Pair{A: x, B: y}] = mean
		}
	}
	for i, id := range b.Columns.ID {
		if number[i] != left {
			g.id[number[i]] = id
		}
	}
	return g, nil
}
