package build

import (
	"context"
	"fmt"
	"math"
	"path/filepath"

	"xunwen/internal/index"
	"xunwen/internal/neardup"
)

// priorGroups is what the base knew of the groups of near-duplicates, by the
// numbers that its articles have in the new generation.
type priorGroups struct {
	known neardup.Similarities
	id    map[uint32]string
}

// groupNearDuplicates groups the articles of the generation and stores what was
// compared for later builds.
func (b *builder) groupNearDuplicates(ctx context.Context, articles *index.Library) (index.Groups, error) {
	var prior priorGroups
	if b.base != nil && !b.rebuildAll() {
		var err error
		if prior, err = b.base.groups(b.folder.Dir(b.base.Manifest.Generation)); err != nil {
			return index.Groups{}, err
		}
	}
	groups, compared, err := b.findGroups(ctx, articles, prior)
	if err != nil {
		return index.Groups{}, err
	}
	return groups, index.WritePairs(filepath.Join(b.dir, index.PairsFile), compared)
}

// findGroups finds the near-duplicates among articles and returns also which
// pairs it compared.
func (b *builder) findGroups(
	ctx context.Context, articles *index.Library, prior priorGroups,
) (index.Groups, neardup.Similarities, error) {
	signatures := make([]neardup.Signature, 0, articles.Len())
	for _, v := range articles.Volumes {
		var err error
		if signatures, err = index.ReadSignatures(signatures, b.dir, v); err != nil {
			return index.Groups{}, nil, err
		}
	}
	comparer := neardup.Comparer{Fold: b.words.Folder}
	first, compared, err := comparer.Groups(ctx, signatures, prior.known, articles.Get)
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
			id, ok := prior.id[n]
			if !ok {
				a, err := articles.Get(int(n))
				if err != nil {
					return index.Groups{}, nil, err
				}
				id = a.ID
			}
			g.ID[n] = id
		}
	}
	return g, compared, nil
}

// groups returns what the base knows of the articles that stay. They keep their
// order, and new articles follow them.
func (b *base) groups(path string) (priorGroups, error) {
	known, err := index.ReadPairs(filepath.Join(path, index.PairsFile), b.Records.Len())
	if err != nil {
		return priorGroups{}, err
	}
	number, err := b.renumber()
	if err != nil {
		return priorGroups{}, err
	}
	g := priorGroups{neardup.Similarities{}, map[uint32]string{}}
	for p, mean := range known {
		if x, y := number[p.A], number[p.B]; x != noNumber && y != noNumber {
			g.known[neardup.Pair{A: x, B: y}] = mean
		}
	}
	for i, id := range b.Groups.ID {
		if number[i] != noNumber {
			g.id[number[i]] = id
		}
	}
	return g, nil
}

// noNumber is the new number of a deleted article.
const noNumber = math.MaxUint32

// renumber returns, by article of the base, its number in the new generation.
func (b *base) renumber() ([]uint32, error) {
	number := make([]uint32, b.Records.Len())
	next := uint32(0)
	for i := range number {
		volume, own, err := b.Records.Find(i)
		if err != nil {
			return nil, err
		}
		if b.deleted[volume].Has(own) {
			number[i] = noNumber
			continue
		}
		number[i] = next
		next++
	}
	return number, nil
}
