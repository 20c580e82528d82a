package engine

import (
	"context"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// unitKey names the members that have a unit in a zone.
type unitKey struct {
	text string
	zone zone
}

// cacheKind names, in the cache, the members that have something in a zone.
func (s scope) cacheKind(what string, in zone) string {
	return what + " " + in.String() + " by " + string(s.by)
}

// lookUpUnits looks up the units of the plan's bags.
func (s *searcher) lookUpUnits(ctx context.Context) error {
	var missing []unitKey
	var units []unit
	for _, bag := range s.plan.bags {
		for _, u := range bag.lookups() {
			key := unitKey{u.text, bag.zone}
			if _, ok := s.units[key]; ok {
				continue
			}
			s.units[key] = s.index.cachedUnit(s.scope.matching(), u, bag.zone)
			if s.units[key] == nil {
				missing, units = append(missing, key), append(units, u)
			}
		}
	}
	sets := make([]*roaring.Bitmap, len(missing))
	team := s.team
	if !team.helps(time.Duration(len(units)) * unitTime) {
		team = nil
	}
	err := team.share(len(units), func(_, i int) (err error) {
		if err := ctx.Err(); err != nil {
			return err
		}
		sets[i], err = s.index.lookUp(ctx, s.scope.matching(), units[i], missing[i].zone)
		return err
	})
	if err != nil {
		return err
	}
	for i, key := range missing {
		s.units[key] = sets[i]
	}
	return nil
}

// unitTime is about how long it takes to look up a unit that is not in the cache.
const unitTime = 25 * time.Microsecond

// cachedUnit returns what lookUp returned before, nil if the cache doesn't have it.
func (sn *snapshot) cachedUnit(s scope, u unit, in zone) *roaring.Bitmap {
	set, _ := sn.cache.get(cacheKey{s.cacheKind("unit", in), u.text}).(*roaring.Bitmap)
	return set
}

// lookUp returns the members that have u: as a jieba word, or by all of its grams
// in one document. The set must not be changed.
func (sn *reader) lookUp(ctx context.Context, s scope, u unit, in zone) (*roaring.Bitmap, error) {
	b := sn.buffers()
	b.members = b.members[:0]
	if err := sn.unitMembers(ctx, b, s, u, in); err != nil {
		return nil, err
	}
	set := b.takeMembers(s.size())
	sn.pool.Put(b)
	key := cacheKey{s.cacheKind("unit", in), u.text}
	sn.cache.put(key, set, fromLists, int(set.GetSizeInBytes()))
	return set, nil
}

// unitMembers adds to b the members that have u in a zone. By paragraph, a section's heading does not count for the
// paragraphs below it.
func (sn *reader) unitMembers(ctx context.Context, b *buffers, s scope, u unit, in zone) error {
	add := func(in zone) error {
		docs, err := sn.inZone(ctx, b.docs, in)
		if err == nil {
			b.addMembers(s, docs, in)
		}
		return err
	}
	var err error
	if b.docs, err = sn.gramDocuments(ctx, b.docs[:0], in.grams(), u); err != nil {
		return err
	}
	if err := add(in); err != nil || in == inSection {
		return err
	}
	if !isHan(u.text) { // a document with a word of Han characters has its grams
		byWord, err := sn.uncounted(Words, u.text)
		if err != nil {
			return err
		}
		if b.docs, err = byWord.appendDocs(b.docs[:0]); err != nil {
			return err
		}
		if err := add(in); err != nil {
			return err
		}
	}
	if in == anywhere && s.by == search.ByArticle {
		if b.docs, err = sn.gramDocuments(ctx, b.docs[:0], SectionGrams, u); err != nil {
			return err
		}
		b.addMembers(s, b.docs, in)
	}
	return nil
}

// gramDocuments appends the documents with all grams of u in a field, sorted.
func (sn *reader) gramDocuments(ctx context.Context, to []uint32, field string, u unit) ([]uint32, error) {
	if isSingleHan(u.text) {
		docs, err := sn.character(field, u.text)
		if err != nil {
			return nil, err
		}
		return append(to, docs.ToArray()...), nil
	}
	lists, err := sn.lookUpLists(field, u.grams)
	if err != nil {
		return nil, err
	}
	return intersect(to, lists)
}
