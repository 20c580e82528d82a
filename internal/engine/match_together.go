package engine

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// togetherNode matches what has a text with a short operand in it: all of it, or its
// words near one another. Grams and words find the candidates, and decide where they
// can; the texts of the others are read.
type togetherNode struct {
	text     string // joined
	variants []variant
	zone     zone
}

func (n *togetherNode) cost() cost {
	switch {
	case len(n.variants) > 1 || !n.variants[0].exact:
		return costTexts
	case isSingleHan(n.text):
		return costDictionary
	}
	return costPostings
}

func (n *togetherNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, v := range n.variants {
		for _, field := range s.scope.gramFields(n.zone) {
			docs, err := s.together(ctx, v, field, n.zone, s.scope.toRead(within, n.zone))
			if err != nil {
				return nil, err
			}
			out.Or(docs)
		}
	}
	return s.scope.members(out, n.zone), nil
}

// together returns the documents of a zone with a text in a field that has a variant;
// by article at least one of each article. Only members in within have to be right.
func (s *searcher) together(
	ctx context.Context, v variant, field string, in zone, within *roaring.Bitmap,
) (*roaring.Bitmap, error) {
	whole, err := s.withGramsOf(ctx, field, in, unit{text: v.text, grams: v.grams})
	if err != nil || v.exact {
		return whole, err
	}
	sure := roaring.New()
	if isHan(v.text) {
		if sure, err = s.index.segmented(whole, field, v.text); err != nil {
			return nil, err
		}
	}
	near := roaring.New()
	for i, p := range v.near {
		found, err := s.withGramsOf(ctx, field, in, unit{text: p.text, grams: p.grams})
		if err != nil {
			return nil, err
		}
		if i == 0 {
			near = found
		} else {
			near = roaring.And(near, found)
		}
	}
	accept := func(text string) bool { return v.in(s.index.segmenter, text) }
	for _, candidates := range []*roaring.Bitmap{whole, roaring.AndNot(near, whole)} {
		found, err := s.verify(ctx, s.withoutArticles(candidates, sure), field, within, accept)
		if err != nil {
			return nil, err
		}
		sure.Or(found)
	}
	return sure, nil
}

// withGramsOf returns the documents of a zone with all grams of u in a field.
func (s *searcher) withGramsOf(ctx context.Context, field string, in zone, u unit) (*roaring.Bitmap, error) {
	found, err := s.index.gramDocuments(ctx, field, u)
	if err != nil {
		return nil, err
	}
	return s.ofZone(roaring.BitmapOf(found...), field, in)
}

// withoutArticles returns docs without those that needn't be read once accepted match: by
// article, the others of their articles too.
func (s *searcher) withoutArticles(docs, accepted *roaring.Bitmap) *roaring.Bitmap {
	if s.scope.by != search.ByArticle {
		return roaring.AndNot(docs, accepted)
	}
	out := docs.Clone()
	for it := accepted.Iterator(); it.HasNext(); {
		head, end := s.scope.columns.documents(s.scope.columns.Article[it.Next()])
		out.RemoveRange(uint64(head), uint64(end))
		it.AdvanceIfNeeded(end)
	}
	return out
}

func (n *togetherNode) describe(d *description) {
	d.line(n.cost(), "together %s: %s", n.zone, n.variants[0])
	d.depth++
	for _, v := range n.variants[1:] {
		d.note("or %s", v)
	}
	d.depth--
}

// String writes a variant for people to read.
func (v variant) String() string {
	if v.near == nil {
		return v.text
	}
	words := make([]string, len(v.near))
	for i, p := range v.near {
		words[i] = p.text
	}
	return v.text + ", or near one another " + strings.Join(words, " ")
}
