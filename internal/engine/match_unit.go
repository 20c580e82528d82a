package engine

import (
	"context"

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

// lookUp returns the members that have u: as a jieba word, or by all of its grams
// in one document. The set must not be changed.
func (sn *snapshot) lookUp(ctx context.Context, s scope, u unit, in zone) (*roaring.Bitmap, error) {
	key := cacheKey{s.cacheKind("unit", in), u.text}
	if set, ok := sn.cache.get(key).(*roaring.Bitmap); ok {
		return set, nil
	}
	members, err := sn.unitMembers(ctx, s, u, in)
	if err != nil {
		return nil, err
	}
	set := setOf(members, s.size())
	sn.cache.put(key, set, int(set.GetSizeInBytes()))
	return set, nil
}

// unitMembers returns the members that have u in a zone, in no order, some of
// them several times. By paragraph, a section's heading does not count for the
// paragraphs below it.
func (sn *snapshot) unitMembers(ctx context.Context, s scope, u unit, in zone) ([]uint32, error) {
	docs, err := sn.gramDocuments(ctx, in.grams(), u)
	if err != nil {
		return nil, err
	}
	if docs, err = sn.inZone(ctx, docs, in); err != nil {
		return nil, err
	}
	members := s.appendMembers(nil, docs, in)
	if in == inSection {
		return members, nil
	}
	if !isHan(u.text) { // a document with a word of Han characters has its grams
		byWord, err := sn.list(Words, u.text)
		if err != nil {
			return nil, err
		}
		if docs, err = sn.inZone(ctx, byWord.docs, in); err != nil {
			return nil, err
		}
		members = s.appendMembers(members, docs, in)
	}
	if in == anywhere && s.by == search.ByArticle {
		bySection, err := sn.gramDocuments(ctx, SectionGrams, u)
		if err != nil {
			return nil, err
		}
		members = s.appendMembers(members, bySection, in)
	}
	return members, nil
}

// gramDocuments returns the documents with all grams of u in a field, sorted.
func (sn *snapshot) gramDocuments(ctx context.Context, field string, u unit) ([]uint32, error) {
	if isSingleHan(u.text) {
		docs, err := sn.character(ctx, field, u.text)
		if err != nil {
			return nil, err
		}
		return docs.ToArray(), nil
	}
	lists := make([]*postingList, 0, len(u.grams))
	for _, g := range u.grams {
		l, err := sn.list(field, g)
		if err != nil || len(l.docs) == 0 {
			return nil, err
		}
		lists = append(lists, l)
	}
	return intersect(lists), nil
}
