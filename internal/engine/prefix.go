package engine

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// matchPrefix finds the documents with a Latin or digit run that begins so.
func (r *run) matchPrefix(p *query.Prefix, in zone) (*roaring.Bitmap, error) {
	folded := r.cut.FoldString(p.Text)
	docs, err := r.beginning(in.grams(), folded)
	if err != nil {
		return nil, err
	}
	if in == inTitle {
		docs.And(r.columns.heads)
	}
	if in == anywhere && r.by == search.ByArticle {
		more, err := r.beginning(SectionGrams, folded)
		if err != nil {
			return nil, err
		}
		docs.Or(more)
	}
	return r.liftFrom(docs, in), nil
}

// maxExpanded is how many entries of a dictionary all prefixes of a query may
// stand for, .3 s of work. 172,615 paragraphs of news have 167,156 that
// are runs of Latin letters or digits.
const maxExpanded = 200_000

// beginning unites the documents of the terms that begin so.
func (r *run) beginning(field, folded string) (*roaring.Bitmap, error) {
	docs, err := r.anyTerm(field, folded, after(folded), func(string) bool {
		r.expanded++
		return r.expanded <= maxExpanded
	})
	if err == nil && r.expanded > maxExpanded {
		err = fmt.Errorf("%s*: %w", folded, search.ErrTooBroad)
	}
	return docs, err
}
