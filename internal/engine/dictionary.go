package engine

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// character finds every document that holds a Han character: it begins a
// bigram or is an end-marked gram, so one scan over the dictionary finds all.
func (r *run) character(field, c string) (*roaring.Bitmap, error) {
	return r.anyTerm(field, c, after(c), nil)
}

// anyTerm unites the documents of the terms in [from, to) that keep accepts;
// nil accepts all.
func (r *run) anyTerm(field, from, to string, keep func(string) bool) (*roaring.Bitmap, error) {
	found, err := dictionary(r.ctx, r.postings, field, from, to, keep)
	if err != nil {
		return nil, err
	}
	if len(found) <= termsAtOnce {
		return r.postings.Documents(field, found...)
	}
	out := roaring.New()
	for some := range slices.Chunk(found, termsAtOnce) {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		docs, err := r.postings.Documents(field, some...)
		if err != nil {
			return nil, err
		}
		out.Or(docs)
	}
	return out, nil
}

// termsAtOnce is how many terms are united between two looks at the time: some
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
	slices.Sort(out) // each segment names its own
	return slices.Compact(out), err
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
