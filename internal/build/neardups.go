package build

import (
	"context"
	"fmt"
	"math"
	"path/filepath"

	"xunwen/internal/index"
	"xunwen/internal/neardup"
)

// regroupShare is the part of the articles that may have changed, as one of so many, for which
// Regroup costs less than to group all of them.
const regroupShare = 8

// groupNearDuplicates groups the articles of the generation and stores what later builds need to
// know of it.
func (b *builder) groupNearDuplicates(ctx context.Context, articles *index.Library) (index.Groups, error) {
	signatures := make([]neardup.Signature, 0, articles.Len())
	for _, v := range articles.Volumes {
		var err error
		if signatures, err = index.ReadSignatures(signatures, b.dir, v); err != nil {
			return index.Groups{}, err
		}
	}
	prior, err := b.priorGroups(signatures)
	if err != nil {
		return index.Groups{}, err
	}
	comparer := neardup.Comparer{Fold: b.words.Folder}
	var first []uint32
	var state neardup.State
	if c := prior.change; prior.known && (len(c.New)+len(c.Removed))*regroupShare <= len(signatures) {
		first, state, err = comparer.Regroup(ctx, c, articles.Get)
	} else {
		first, state, err = comparer.Groups(ctx, signatures, c.State.Pairs, articles.Get)
	}
	if err != nil {
		return index.Groups{}, fmt.Errorf("grouping near-duplicates: %w", err)
	}
	groups, err := withIDs(first, prior.id, articles)
	if err != nil {
		return index.Groups{}, err
	}
	return groups, index.WritePairs(filepath.Join(b.dir, index.PairsFile), state)
}

// withIDs adds the ids of the articles that are not alone; known has some of them.
func withIDs(first []uint32, known map[uint32]string, articles *index.Library) (index.Groups, error) {
	g := index.Groups{First: first, ID: make(map[uint32]string, len(known))}
	for i, f := range first {
		if int(f) == i {
			continue
		}
		for _, n := range []uint32{f, uint32(i)} {
			if _, ok := g.ID[n]; ok {
				continue
			}
			id, ok := known[n]
			if !ok {
				a, err := articles.Get(int(n))
				if err != nil {
					return index.Groups{}, err
				}
				id = a.ID
			}
			g.ID[n] = id
		}
	}
	return g, nil
}

// priorGroups is what the base knew of the groups of near-duplicates, by the
// numbers that its articles have in the new generation.
type priorGroups struct {
	known  bool
	change neardup.Change
	id     map[uint32]string
}

// priorGroups returns what the base knows. Articles that stay keep their order, and new ones
// follow them.
func (b *builder) priorGroups(signatures []neardup.Signature) (priorGroups, error) {
	g := priorGroups{change: neardup.Change{Signatures: signatures}, id: map[uint32]string{}}
	if b.base == nil || b.rebuildAll() {
		return g, nil
	}
	path := b.folder.Dir(b.base.Manifest.Generation)
	state, ok, err := index.ReadPairs(filepath.Join(path, index.PairsFile), b.base.Records.Len())
	if err != nil || !ok {
		return g, err
	}
	g.known = true
	c := &g.change
	c.Group = make([]uint32, len(signatures))
	c.State = neardup.State{Leads: make([]bool, len(signatures)), Full: state.Full, Pairs: state.Pairs[:0]}
	number := b.base.renumber()
	kept := uint32(0)
	for i, n := range number {
		if n != noNumber {
			c.Group[n], c.State.Leads[n], kept = b.base.Groups.First[i], state.Leads[i], kept+1
			continue
		}
		volume, own, err := b.base.Records.Find(i)
		if err != nil {
			return g, err
		}
		s, err := index.ReadSignature(path, b.base.Records.Volumes[volume], own)
		if err != nil {
			return g, err
		}
		c.Removed = append(c.Removed, neardup.Removed{Signature: s, At: kept, Leads: state.Leads[i]})
	}
	for i := int(kept); i < len(signatures); i++ {
		c.Group[i], c.New = neardup.NoGroup, append(c.New, uint32(i))
	}
	for _, p := range state.Pairs {
		if p.A, p.B = number[p.A], number[p.B]; p.A != noNumber && p.B != noNumber {
			c.State.Pairs = append(c.State.Pairs, p)
		}
	}
	for i, id := range b.base.Groups.ID {
		if n := number[i]; n != noNumber {
			g.id[n] = id
		}
	}
	return g, nil
}

// noNumber is the new number of a deleted article.
const noNumber = math.MaxUint32

// renumber returns, by article of the base, its number in the new generation.
func (b *base) renumber() []uint32 {
	number := make([]uint32, 0, b.Records.Len())
	next := uint32(0)
	for i, v := range b.Records.Volumes {
		for own := range v.Articles {
			switch {
			case v.Deleted.Has(own):
			case b.deleted[i].Has(own):
				number = append(number, noNumber)
			default:
				number = append(number, next)
				next++
			}
		}
	}
	return number
}
