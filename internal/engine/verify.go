package engine

import (
	"errors"
	"runtime"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

const (
	// lookers bounds how many goroutines of a request look at texts: unpacking
	// records is what costs, and other requests want processors too.
	lookers = 4
	// fewLooks is how many texts are looked at sooner than a goroutine starts.
	fewLooks = 32
)

// verify keeps the documents one of whose texts in field is what accept wants;
// by article, of each article the first of these.
func (r *run) verify(docs *roaring.Bitmap, field string, accept func(text string) bool) (*roaring.Bitmap, error) {
	var open []uint32 // by article, as records lie in blocks
	for it := docs.Iterator(); it.HasNext(); {
		if doc := it.Next(); r.matters(doc) {
			open = append(open, doc)
		}
	}
	shares := r.shares(open)
	errs := make([]error, len(shares))
	var others sync.WaitGroup
	for i := 1; i < len(shares); i++ {
		others.Go(func() { shares[i], errs[i] = r.look(shares[i], field, accept) })
	}
	if len(shares) > 0 {
		shares[0], errs[0] = r.look(shares[0], field, accept)
	}
	others.Wait()
	out := roaring.New()
	for _, found := range shares {
		out.AddMany(found)
	}
	return out, errors.Join(errs...)
}

// shares parts docs among the goroutines that look at them, each article in
// one share.
func (r *run) shares(docs []uint32) [][]uint32 {
	n := min(lookers, runtime.GOMAXPROCS(0), len(docs)/fewLooks+1)
	var out [][]uint32
	for ; n > 0 && len(docs) > 0; n-- {
		end := len(docs) / n
		for end < len(docs) && end > 0 && r.columns.Article[docs[end]] == r.columns.Article[docs[end-1]] {
			end++
		}
		out = append(out, docs[:end:end])
		docs = docs[end:]
	}
	return out
}

// look reads the texts of docs and returns the documents that verify wants.
func (r *run) look(docs []uint32, field string, accept func(text string) bool) ([]uint32, error) {
	var out []uint32
	for i := 0; i < len(docs); {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		a := r.columns.Article[docs[i]]
		article, err := r.records.Get(int(a))
		if err != nil {
			return nil, err
		}
		for head, end := r.columns.documents(a); i < len(docs) && docs[i] < end; i++ {
			if !slices.ContainsFunc(texts(&article, field, int(docs[i]-head)), accept) {
				continue
			}
			out = append(out, docs[i])
			if r.by == search.ByArticle {
				for i+1 < len(docs) && docs[i+1] < end {
					i++
				}
			}
		}
	}
	return out, nil
}

// matters tells whether a document can still make a difference.
func (r *run) matters(doc uint32) bool {
	switch {
	case r.within == nil:
		return true
	case r.by == search.ByArticle:
		return r.within.Contains(r.columns.Article[doc])
	}
	return r.columns.heads.Contains(doc) || r.within.Contains(doc)
}

// texts lists the texts that one document holds in field.
func texts(a *news.Article, field string, paragraph int) []string {
	switch {
	case paragraph == 0 && field == Grams:
		return []string{a.Title, a.Kicker, a.Subtitle}
	case paragraph == 0 || paragraph > len(a.Paragraphs):
		return nil
	case field == SectionGrams:
		return []string{a.Paragraphs[paragraph-1].Section}
	}
	return []string{a.Paragraphs[paragraph-1].Text}
}
