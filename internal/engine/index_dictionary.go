package engine

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
)

// character returns every document with a Han character: it begins a bigram or is
// an end-marked gram, so that one scan of the dictionary finds all.
func (sn *snapshot) character(field, c string) (*roaring.Bitmap, error) {
	return sn.postings.Between(field, c, after(c))
}

// anyTerm returns the documents with any of the terms in [from, to) that keep
// accepts; nil accepts all.
func (sn *snapshot) anyTerm(
	ctx context.Context, field, from, to string, keep func(string) bool,
) (*roaring.Bitmap, error) {
	terms, err := dictionary(ctx, sn.postings, field, from, to, keep)
	if err != nil {
		return nil, err
	}
	return sn.withTerms(ctx, field, terms)
}

// withTerms returns the documents with any of terms.
func (sn *snapshot) withTerms(ctx context.Context, field string, terms []string) (*roaring.Bitmap, error) {
	if len(terms) <= termsAtOnce {
		return sn.postings.Documents(field, terms...)
	}
	out := roaring.New()
	for some := range slices.Chunk(terms, termsAtOnce) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		docs, err := sn.postings.Documents(field, some...)
		if err != nil {
			return nil, err
		}
		out.Or(docs)
	}
	return out, nil
}

// termsAtOnce is how many terms are looked up between two checks of the context, about
// 20 ms of work.
const termsAtOnce = 1 << 14

// dictionary lists the terms of a field in [from, to) that keep accepts, in order.
func dictionary(ctx context.Context, p Postings, field, from, to string, keep func(string) bool) ([]string, error) {
	var out []string
	err := p.Terms(field, from, to, func(term string) error {
		if keep == nil || keep(term) {
			out = append(out, term)
		}
		return ctx.Err()
	})
	slices.Sort(out) // each segment lists its own
	return slices.Compact(out), err
}

// after is an upper bound, excluded, of the terms that begin with prefix.
func after(prefix string) string { return prefix + "\xff" }

// Han characters have these ranges of UTF-8's byte order almost to themselves; a
// scan for runs of letters and digits skips them.
const (
	afterJoint   = analyzer.JointPrefix + "\xff" // joint terms are of words, not of texts
	firstHan     = "㐀"                           // U+3400, Extension A
	afterHan     = "ꀀ"                           // U+A000, after the unified ideographs
	firstHanHigh = "𠀀"                           // U+20000, Extension B
	afterHanHigh = "\U00040000"                  // after the planes set aside for ideographs
)

// runs returns the documents with a run of letters and digits that keep accepts.
func (sn *snapshot) runs(ctx context.Context, field string, keep func(string) bool) (*roaring.Bitmap, error) {
	out := roaring.New()
	wanted := func(term string) bool { return isRun(term) && !analyzer.IsJoint(term) && keep(term) }
	for _, span := range [][2]string{{afterJoint, firstHan}, {afterHan, firstHanHigh}, {afterHanHigh, ""}} {
		docs, err := sn.anyTerm(ctx, field, span[0], span[1], wanted)
		if err != nil {
			return nil, err
		}
		out.Or(docs)
	}
	return out, nil
}
