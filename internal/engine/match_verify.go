package engine

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// verify returns the documents with a text in field that accept wants; by article,
// the first of each item. Only members in within have to be right.
func (s *searcher) verify(
	ctx context.Context, docs *roaring.Bitmap, field string, within *roaring.Bitmap, accept func(t *looseText) bool,
) (*roaring.Bitmap, error) {
	return s.verifyBy(ctx, s.index.newTextReader, docs, field, within, accept)
}

// verifyBy is verify by readers, of which each worker of the team has its own.
func (s *searcher) verifyBy(
	ctx context.Context, newReader func() *textReader, docs *roaring.Bitmap, field string, within *roaring.Bitmap,
	accept func(t *looseText) bool,
) (*roaring.Bitmap, error) {
	readers := [maxTeam]*textReader{newReader()}
	parts := [][]uint32{docs.ToArray()}
	if n := docs.GetCardinality(); s.team.helps(readers[0].time(n)) {
		parts = s.scope.columns.cut(parts[0], verifiedAtOnce)
	}
	found := make([][]uint32, len(parts))
	err := s.team.share(len(parts), func(worker, part int) (err error) {
		if readers[worker] == nil {
			readers[worker] = newReader()
		}
		found[part], err = s.verifyDocs(ctx, readers[worker], parts[part], field, within, accept)
		return err
	})
	if err != nil {
		return nil, err
	}
	return setOf(slices.Concat(found...), len(s.scope.columns.Article)), nil
}

// verifiedAtOnce is about how many documents a worker of a team decides about at a time.
const verifiedAtOnce = 2 * ahead

// cut cuts sorted documents into parts of about n that have no article in common.
func (c *Columns) cut(docs []uint32, n int) [][]uint32 {
	out := make([][]uint32, 0, len(docs)/n+1)
	for len(docs) > n {
		_, end := c.documents(c.Article[docs[n-1]])
		at := seek(docs, n-1, end)
		out, docs = append(out, docs[:at]), docs[at:]
	}
	if len(docs) > 0 {
		out = append(out, docs)
	}
	return out
}

// verifyDocs is verify for documents with all those of their articles.
func (s *searcher) verifyDocs(
	ctx context.Context, reader *textReader, docs []uint32, field string, within *roaring.Bitmap,
	accept func(t *looseText) bool,
) ([]uint32, error) {
	var out []uint32
	known := uint32(0) // documents before it need not match
	reader.announce(docs[:min(ahead, len(docs))])
	for i, doc := range docs {
		if i%ahead == 0 && i+ahead < len(docs) {
			reader.announce(docs[i+ahead : min(i+2*ahead, len(docs))])
		}
		if doc < known || !s.scope.mayMatter(doc, within) {
			continue
		}
		found, err := reader.any(ctx, doc, field, accept)
		if err != nil {
			return nil, err
		}
		if found {
			out = append(out, doc)
			known = s.scope.decided(doc).End
		}
	}
	return out, nil
}

// acceptor returns those of an article's documents, numbered from head, that match.
type acceptor func(a *news.Article, head uint32, docs []uint32) []uint32

// read reads the articles of docs and returns the documents that accept returns. Only
// members in within have to be right.
func (s *searcher) read(
	ctx context.Context, docs, within *roaring.Bitmap, accept acceptor,
) (*roaring.Bitmap, error) {
	var candidates []uint32 // by article
	for it := docs.Iterator(); it.HasNext(); {
		if doc := it.Next(); s.scope.mayMatter(doc, within) {
			candidates = append(candidates, doc)
		}
	}
	found, err := s.accepted(ctx, candidates, accept)
	return roaring.BitmapOf(found...), err
}

// accepted reads the articles of docs and returns the documents that accept returns.
func (s *searcher) accepted(ctx context.Context, docs []uint32, accept acceptor) ([]uint32, error) {
	var out []uint32
	for len(docs) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		number := s.scope.columns.Article[docs[0]]
		a, err := s.index.records.Get(int(number))
		if err != nil {
			return nil, err
		}
		head, end := s.scope.columns.documents(number)
		n, _ := slices.BinarySearch(docs, end)
		out = append(out, accept(&a, head, docs[:n])...)
		docs = docs[n:]
	}
	return out, nil
}

// decided returns the documents that need not match once one does, itself included: by
// article those of its item, or of the article if it is a head or the article one item.
func (s scope) decided(doc uint32) DocumentRange {
	article := s.columns.Article[doc]
	head, end := s.columns.documents(article)
	switch {
	case s.by == search.ByParagraph:
		return DocumentRange{doc, doc + 1}
	case doc == head || !s.items || !s.columns.items.isRoundUp(article):
		return DocumentRange{head, end}
	}
	return s.columns.itemDocuments(s.columns.appendItems(nil, []uint32{doc})[0])
}

// mayMatter reports whether a document can still change the result: of an article any
// does. By paragraph, a head can: it may match for the paragraphs of its article.
func (s scope) mayMatter(doc uint32, within *roaring.Bitmap) bool {
	switch {
	case within == nil:
		return true
	case s.items:
		from, to := s.columns.items.of(s.columns.Article[doc])
		for ; from < to; from++ {
			if within.Contains(from) {
				return true
			}
		}
		return false
	case s.by == search.ByArticle:
		return within.Contains(s.columns.Article[doc])
	}
	return s.columns.heads.Contains(doc) || within.Contains(doc)
}

// mattering returns those of docs that can still change the result.
func (s scope) mattering(docs, within *roaring.Bitmap) *roaring.Bitmap {
	if within == nil {
		return docs
	}
	var out []uint32
	end, matters := uint32(0), false // of the last article, which is asked for once
	for batch := range batches(docs) {
		for _, doc := range batch {
			if doc >= end || s.by == search.ByParagraph {
				_, end = s.columns.documents(s.columns.Article[doc])
				matters = s.mayMatter(doc, within)
			}
			if matters {
				out = append(out, doc)
			}
		}
	}
	return setOf(out, len(s.columns.Article))
}

// toRead returns the members of which documents in a zone may have to be read for those in
// within: by paragraph, a lead matches for all paragraphs of its article.
func (s scope) toRead(within *roaring.Bitmap, in zone) *roaring.Bitmap {
	if within == nil || in != inLead || s.by == search.ByArticle {
		return within
	}
	return s.columns.sameArticles(within)
}

// texts lists the texts that one document has in field.
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
