package engine

import (
	"github.com/RoaringBitmap/roaring/v2"
	"slices"

	"xunwen/internal/search"
)

// heldUnit returns the members that hold u: as a jieba word, or by all of its
// grams in one document.
func (r *run) heldUnit(u unit, in zone) (*roaring.Bitmap, error) {
	key := unitKey{u.text, in}
	if set, ok := r.held[key]; ok {
		return set, nil
	}
	docs, err := r.unitDocuments(u, in)
	if err != nil {
		return nil, err
	}
	set := r.liftFrom(docs, in)
	r.held[key] = set
	return set, nil
}

// unitDocuments returns the documents that hold u in a zone. A section's
// words count for the article, not for each paragraph below it.
func (r *run) unitDocuments(u unit, in zone) (*roaring.Bitmap, error) {
	if in == inSection {
		return r.gramDocuments(SectionGrams, u)
	}
	byWord, err := r.postings.Documents(Words, u.text)
	if err != nil {
		return nil, err
	}
	byGram, err := r.gramDocuments(Grams, u)
	if err != nil {
		return nil, err
	}
	docs := roaring.Or(byWord, byGram)
	if in == inTitle {
		docs.And(r.columns.heads)
		return docs, nil
	}
	if r.by == search.ByArticle {
		bySection, err := r.gramDocuments(SectionGrams, u)
		if err != nil {
			return nil, err
		}
		docs.Or(bySection)
	}
	return docs, nil
}

// gramDocuments returns the documents whose field holds all grams of u.
func (r *run) gramDocuments(field string, u unit) (*roaring.Bitmap, error) {
	if isSingleHan(u.text) {
		return r.character(field, u.text)
	}
	return r.allTerms(field, u.grams)
}

// allTerms intersects the documents of terms; of no terms it is empty.
func (e *Engine) allTerms(field string, terms []string) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, 0, len(terms))
	for _, t := range terms {
		docs, err := e.postings.Documents(field, t)
		if err != nil {
			return nil, err
		}
		if docs.IsEmpty() {
			return roaring.New(), nil
		}
		sets = append(sets, docs)
	}
	return roaring.FastAnd(sets...), nil
}

// character finds every document that holds a Han character: it begins a
// bigram or is an end-marked gram, so one scan over the dictionary finds all.
func (r *run) character(field, c string) (*roaring.Bitmap, error) {
	return r.anyTerm(field, c, after(c), nil)
}

// anyTerm unites the documents of the terms in [from, to) that keep accepts;
// nil accepts all.
func (r *run) anyTerm(field, from, to string, keep func(string) bool) (*roaring.Bitmap, error) {
	var terms []string
	err := r.postings.Terms(field, from, to, func(term string) error {
		if keep == nil || keep(term) {
			terms = append(terms, term)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(terms) // each segment names its own
	return r.postings.Documents(field, slices.Compact(terms)...)
}

// after is the least string above all strings that begin with prefix.
func after(prefix string) string { return prefix + "\xff" }

// Han characters take up these ranges of the byte order of UTF-8 almost alone;
// a scan for Latin and digit runs leaves them out.
const (
	firstHan     = "㐀"          // U+3400, Extension A
	afterHan     = "ꀀ"          // U+A000, behind the unified ideographs
	firstHanHigh = "𠀀"          // U+20000, Extension B
	afterHanHigh = "\U00040000" // behind the planes set aside for ideographs
)

// runs unites the documents of the Latin and digit runs that keep accepts.
func (r *run) runs(field string, keep func(string) bool) (*roaring.Bitmap, error) {
	out := roaring.New()
	wanted := func(term string) bool { return isRun(term) && keep(term) }
	for _, span := range [][2]string{{"", firstHan}, {afterHan, firstHanHigh}, {afterHanHigh, ""}} {
		docs, err := r.anyTerm(field, span[0], span[1], wanted)
		if err != nil {
			return nil, err
		}
		out.Or(docs)
	}
	return out, nil
}
