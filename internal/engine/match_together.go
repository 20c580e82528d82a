package engine

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// togetherNode matches the texts that have a short operand together: contiguously, or its
// words near one another in one sentence. Grams and words find the candidates and decide
// where they can; the texts of the others are read. By article, a byline in which the
// operand is a name matches too.
type togetherNode struct {
	variants []variant // the operand, then with synonyms
	zone     zone
	stop     bool // it is made of stop words alone
}

func (n *togetherNode) cost() cost {
	switch {
	case len(n.variants) > 1 || !n.variants[0].exact:
		return costTexts
	case isSingleHan(n.variants[0].text):
		return costDictionary
	}
	return costPostings
}

func (n *togetherNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, v := range n.variants {
		found, err := s.together(ctx, v, n.zone, within)
		if err != nil {
			return nil, err
		}
		sets = append(sets, found)
	}
	if n.zone == anywhere {
		named, err := s.byline(n.variants[0].text)
		if err != nil {
			return nil, err
		}
		sets = append(sets, named)
	}
	return roaring.FastOr(sets...), nil
}

// together returns the members with a text in a zone that has a variant. Only those in
// within have to be right. The set must not be changed.
func (s *searcher) together(ctx context.Context, v variant, in zone, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	key := cacheKey{s.scope.cacheKind("together", in), v.String()}
	if set, ok := s.index.cache.get(key).(*roaring.Bitmap); ok {
		return set, nil
	}
	docs, complete := roaring.New(), true
	for _, field := range s.scope.gramFields(in) {
		found, all, err := s.togetherIn(ctx, v, field, in, s.scope.toRead(within, in))
		if err != nil {
			return nil, err
		}
		docs.Or(found)
		complete = complete && all
	}
	set := s.scope.members(docs, in)
	if complete {
		s.index.cache.put(key, set, fromTexts, int(set.GetSizeInBytes()))
	}
	return set, nil
}

// togetherIn returns the documents of a zone with a text in a field that has a variant;
// by article, at least one of each item. Only members in within have to be right;
// complete reports that all are.
func (s *searcher) togetherIn(
	ctx context.Context, v variant, field string, in zone, within *roaring.Bitmap,
) (docs *roaring.Bitmap, complete bool, err error) {
	whole, err := s.withGramsOf(ctx, field, in, unit{text: v.text, grams: v.grams})
	if err != nil {
		return nil, false, err
	}
	sure, err := s.withoutReading(whole, field, v)
	if err != nil || sure == whole {
		return whole, true, err
	}
	near := roaring.New()
	if !v.exact {
		if near, err = s.withWords(ctx, field, in, v.near); err != nil {
			return nil, false, err
		}
	}
	key := cacheKey{"texts read of " + field, v.String()}
	known, _ := s.index.cache.get(key).(*textsRead)
	known, read := known.clone(), 0
	known.add(sure, sure)
	docs = roaring.And(roaring.Or(whole, near), known.accepted)
	complete = true
	for _, candidates := range []*roaring.Bitmap{whole, roaring.AndNot(near, whole)} {
		unread := s.withoutDecided(roaring.AndNot(candidates, known.all), docs)
		wanted := s.scope.mattering(unread, within)
		complete = complete && wanted.GetCardinality() == unread.GetCardinality()
		if wanted.IsEmpty() {
			continue
		}
		reader := func() *textReader {
			r := s.index.newTextReader()
			if candidates == whole && !v.uncut {
				r.seek(v.text, wanted.GetCardinality(), false)
			}
			r.seekAround(v, wanted.GetCardinality())
			return r
		}
		found, err := s.verifyBy(ctx, reader, wanted, field, within, v.in)
		if err != nil {
			return nil, false, err
		}
		known.add(s.withoutDecided(wanted, found), found)
		docs.Or(found)
		read++
	}
	if read > 0 {
		s.index.cache.put(key, known, fromTexts, known.size())
	}
	return docs, complete, nil
}

// withoutReading returns those of the documents with all grams of a variant that have it
// whatever else their texts have: whole itself if all of them do.
func (s *searcher) withoutReading(whole *roaring.Bitmap, field string, v variant) (*roaring.Bitmap, error) {
	switch {
	case v.exact && (len(v.groups) == 0 || whole.IsEmpty()):
		return whole, nil
	case v.exact:
		cut, err := s.index.postings.Documents(field, v.groups...)
		if err != nil || !whole.Intersects(cut) {
			return whole, err
		}
		return roaring.AndNot(whole, cut), nil
	case field == Grams && isHan(v.text) && !v.uncut: // jieba segmented it out of the text
		words, err := s.index.uncounted(Words, v.text)
		if err != nil {
			return nil, err
		}
		sure, err := words.retain(whole.ToArray())
		return s.index.documents(sure), err
	}
	return roaring.New(), nil
}

// textsRead are documents of which texts were read for a variant. What is in the cache
// does not change.
type textsRead struct{ all, accepted *roaring.Bitmap }

// clone returns a copy, which may be changed; of nil an empty one.
func (r *textsRead) clone() *textsRead {
	if r == nil {
		return &textsRead{roaring.New(), roaring.New()}
	}
	return &textsRead{r.all.Clone(), r.accepted.Clone()}
}

func (r *textsRead) add(read, accepted *roaring.Bitmap) {
	r.all.Or(read)
	r.all.Or(accepted)
	r.accepted.Or(accepted)
}

func (r *textsRead) size() int { return int(r.all.GetSizeInBytes() + r.accepted.GetSizeInBytes()) }

// withWords returns the documents of a zone with the grams of all words in a field;
// without words, none.
func (s *searcher) withWords(ctx context.Context, field string, in zone, words []part) (*roaring.Bitmap, error) {
	var grams []string
	for _, p := range words {
		if !isSingleHan(p.text) {
			grams = append(grams, p.grams...)
		}
	}
	return s.withGramsOf(ctx, field, in, unit{grams: grams})
}

// withGramsOf returns the documents of a zone with all grams of u in a field.
func (s *searcher) withGramsOf(ctx context.Context, field string, in zone, u unit) (*roaring.Bitmap, error) {
	b := s.index.buffers()
	var err error
	if b.docs, err = s.index.gramDocuments(ctx, b.docs[:0], field, u); err != nil {
		return nil, err
	}
	docs := s.index.documents(b.docs)
	s.index.pool.Put(b)
	return s.ofZone(ctx, docs, field, in)
}

// withoutDecided returns docs without those that needn't be read once accepted match: by
// article, the others of their items too. The set must not be changed.
func (s *searcher) withoutDecided(docs, accepted *roaring.Bitmap) *roaring.Bitmap {
	if s.scope.by != search.ByArticle {
		return roaring.AndNot(docs, accepted)
	}
	if docs.IsEmpty() || accepted.IsEmpty() {
		return docs
	}
	var out []uint32
	var decided DocumentRange
	it := accepted.Iterator()
	for batch := range batches(docs) {
		for _, doc := range batch {
			for doc >= decided.End && it.HasNext() {
				decided = s.scope.decided(it.Next())
				it.AdvanceIfNeeded(decided.End)
			}
			if doc < decided.From || doc >= decided.End {
				out = append(out, doc)
			}
		}
	}
	return s.index.documents(out)
}

func (n *togetherNode) describe(d *description) {
	d.line(n.cost(), "together %s: %s", n.zone, n.variants[0])
	d.depth++
	for _, v := range n.variants[1:] {
		d.note("or %s", v)
	}
	d.depth--
}

// String writes a variant for people to read. Different variants differ in it: the cache
// keeps what they match by it.
func (v variant) String() string {
	text := v.text
	if v.uncut {
		text += " (not inside a number)"
	}
	if v.near == nil {
		return text
	}
	words := make([]string, len(v.near))
	for i, p := range v.near {
		words[i] = p.text
	}
	return text + ", or near one another " + strings.Join(words, " ")
}
