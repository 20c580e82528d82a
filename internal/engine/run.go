package engine

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// zone says in which texts a leaf looks.
type zone int

const (
	anywhere zone = iota // titles, sections and paragraphs; by paragraph, paragraphs
	inTitle
	inSection
)

// grams is the field in which a zone's texts have their grams; anywhere, those
// of sections are in SectionGrams besides.
func (z zone) grams() string {
	if z == inSection {
		return SectionGrams
	}
	return Grams
}

// run is one search under way. By article its sets hold article numbers, by
// paragraph document numbers.
type run struct {
	*Engine
	ctx    context.Context
	by     search.By
	ranked []terms                      // the operands to rank by, one for each that may match
	held   map[cacheKey]*roaring.Bitmap // the members that hold a unit, looked up so far
	strict bool                         // no bag is loosened
	folds  bool                         // copies of an article are one hit
	within *roaring.Bitmap              // only these members are of interest; nil for all

	expanded int // entries of dictionaries that prefixes stood for
}

func (e *Engine) newRun(ctx context.Context, by search.By, folds bool) *run {
	return &run{Engine: e, ctx: ctx, by: by, folds: folds, held: map[cacheKey]*roaring.Bitmap{}}
}

// lift turns documents into the members of a set: their articles, or by
// paragraph the paragraphs among them.
func (r *run) lift(docs *roaring.Bitmap) *roaring.Bitmap {
	if r.by == search.ByParagraph {
		return roaring.AndNot(docs, r.columns.heads)
	}
	return r.articles(docs)
}

// liftFrom lifts documents found in a zone; what a title holds, its whole
// article holds.
func (r *run) liftFrom(docs *roaring.Bitmap, in zone) *roaring.Bitmap {
	if in == inTitle {
		return r.liftWhole(docs)
	}
	return r.lift(docs)
}

// liftWhole is lift for documents that stand for their whole article: by
// paragraph it gives all of the article's paragraphs.
func (r *run) liftWhole(docs *roaring.Bitmap) *roaring.Bitmap {
	articles := r.articles(docs)
	if r.by != search.ByParagraph {
		return articles
	}
	out := roaring.New()
	for it := articles.Iterator(); it.HasNext(); {
		head, end := r.columns.documents(it.Next())
		out.AddRange(uint64(head)+1, uint64(end))
	}
	return out
}

// articles returns the articles of documents.
func (e *Engine) articles(docs *roaring.Bitmap) *roaring.Bitmap {
	seen := make([]uint64, (len(e.columns.Day)+63)/64)
	for batch := range batches(docs) {
		for _, doc := range batch {
			a := e.columns.Article[doc]
			seen[a>>6] |= 1 << (a & 63)
		}
	}
	return roaring.FromDense(seen, false)
}

// everything is the set of all members.
func (r *run) everything() *roaring.Bitmap {
	all := roaring.New()
	if r.by == search.ByParagraph {
		all.AddRange(0, uint64(len(r.columns.Article)))
		all.AndNot(r.columns.heads)
		return all
	}
	all.AddRange(0, uint64(len(r.columns.Day)))
	return all
}
