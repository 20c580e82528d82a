package publication

import (
	"context"
	"encoding/json"
	"iter"

	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
)

// difference is what an index lacks to have the articles of a generation.
type difference struct {
	base    *base
	kept    int // root documents that stay as they are
	changed []changedArticle
	removed []bulkItem // deletions of the root documents of articles that the generation lacks

	articles int // that the index has
	lost     int // of these, that the generation lacks
	highest  int // number of an article in the index so far
}

// changedArticle is an article that is new or differs, and is written.
type changedArticle struct {
	article int // its number in the folder
	number  int // its number in the index
	had     int // root documents under this number
}

// maxDifference: if more than one in so many articles differs, all are loaded. That takes about as long then, and
// leaves no deleted documents.
const maxDifference = 2

// compare compares the articles of an index with those of a generation, by their digests. It returns nil if too
// many differ.
//
// Both are read in the order of the articles' numbers, and articles keep their numbers as long as the order is the
// same. Articles of the index that are passed over are not in the generation, and are removed. An article that is
// not found further on in the index is new and numbered after all others, as are then all that follow it.
func (c cluster) compare(
	ctx context.Context, b *base, g *index.Generation, progress func(done, total int),
) (*difference, error) {
	folder := readerOf(g)
	order := folder.inSequence()
	d := &difference{base: b, highest: -1}
	next, stop := iter.Pull2(c.storedArticles(ctx, b.index))
	defer stop()
	for n, i := range order {
		a, err := folder.read(i)
		if err != nil {
			return nil, err
		}
		had, err := d.advance(next, func(s storedArticle) bool { return s.id == a.ID })
		if err != nil {
			return nil, err
		}
		if err := d.add(i, a, had); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(n+1, len(order))
		}
	}
	if _, err := d.advance(next, func(storedArticle) bool { return false }); err != nil {
		return nil, err
	}
	if maxDifference*(len(d.changed)+d.lost) > max(d.articles, len(order)) {
		return nil, nil
	}
	return d, nil
}

// advance reads on to the next article that is wanted, and notes those before as removed. If none is wanted, the
// result has no root documents.
func (d *difference) advance(
	next func() (storedArticle, error, bool), wanted func(storedArticle) bool,
) (storedArticle, error) {
	for {
		s, err, ok := next()
		if err != nil || !ok {
			return storedArticle{}, err
		}
		d.articles++
		d.highest = s.number
		if wanted(s) {
			return s, nil
		}
		d.lost++
		gone := layout.Article{Number: s.number}
		for item := range s.roots {
			d.removed = append(d.removed, bulkItem{id: layout.MemberID(gone.Member(item)), article: s.id})
		}
	}
}

// add compares article i of the folder with what the index has of it, which has no root documents if it is new.
func (d *difference) add(i int, a *layout.Article, had storedArticle) error {
	digest, err := a.Digest()
	switch {
	case err != nil:
		return err
	case had.roots == 0:
		d.highest++
		d.changed = append(d.changed, changedArticle{article: i, number: d.highest})
	case had.whole && had.digest == digest:
		d.kept += had.roots
	default:
		d.changed = append(d.changed, changedArticle{article: i, number: had.number, had: had.roots})
	}
	return nil
}

// articlesOf yields the articles that are written.
func (d *difference) articlesOf(g *index.Generation) iter.Seq2[*layout.Article, error] {
	return func(yield func(*layout.Article, error) bool) {
		folder := readerOf(g)
		for _, c := range d.changed {
			a, err := folder.read(c.article)
			if err == nil {
				a.Number, a.Earlier = c.number, c.had
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// storedArticle is an article as an index has it.
type storedArticle struct {
	id     string
	number int
	digest int64
	roots  int  // root documents up to the last one, with those that are missing before it
	whole  bool // none is missing, and all have the same digest
}

// storedRoot are the values that are read of a root document.
type storedRoot struct {
	Article []string `json:"article"`
	Member  []int64  `json:"member"`
	Items   []int    `json:"items"`
	Digest  []int64  `json:"digest"`
}

// storedArticles yields the articles of an index in the order of their numbers.
func (c cluster) storedArticles(ctx context.Context, index string) iter.Seq2[storedArticle, error] {
	return func(yield func(storedArticle, error) bool) {
		var now storedArticle
		items := 0
		for r, err := range c.storedRoots(ctx, index) {
			if err != nil {
				yield(storedArticle{}, err)
				return
			}
			number, item := int(r.Member[0]/layout.MaxItems), int(r.Member[0]%layout.MaxItems)
			if now.roots > 0 && now.number != number {
				now.whole = now.whole && now.roots == items
				if !yield(now, nil) {
					return
				}
				now = storedArticle{}
			}
			if now.roots == 0 {
				now = storedArticle{id: r.Article[0], number: number, digest: r.Digest[0], whole: true}
				items = r.Items[0]
			}
			now.whole = now.whole && item == now.roots && r.Article[0] == now.id && r.Digest[0] == now.digest
			now.roots = item + 1
		}
		if now.roots > 0 {
			now.whole = now.whole && now.roots == items
			yield(now, nil)
		}
	}
}

// storedAtOnce is how many root documents are read with one request: index.max_result_window.
const storedAtOnce = 10_000

// storedRoots yields the root documents of an index in their order.
func (c cluster) storedRoots(ctx context.Context, index string) iter.Seq2[storedRoot, error] {
	return func(yield func(storedRoot, error) bool) {
		body := object{
			"size": storedAtOnce, "track_total_hits": false, "sort": []any{object{layout.MemberField: "asc"}},
			"_source": false,
			"docvalue_fields": []string{
				layout.ArticleField, layout.MemberField, layout.ItemsField, layout.DigestField,
			},
		}
		for {
			var answer struct {
				Hits struct {
					Hits []struct {
						Fields storedRoot        `json:"fields"`
						Sort   []json.RawMessage `json:"sort"`
					} `json:"hits"`
				} `json:"hits"`
			}
			search := func() error { return c.Search(ctx, index, "", body, &answer) }
			if err := c.Retry(ctx, client.RetryTime, search); err != nil {
				yield(storedRoot{}, err)
				return
			}
			hits := answer.Hits.Hits
			for _, h := range hits {
				f := h.Fields
				if len(f.Article) == 0 || len(f.Member) == 0 || len(f.Items) == 0 || len(f.Digest) == 0 {
					yield(storedRoot{}, layout.ErrIncomplete)
					return
				}
				if !yield(f, nil) {
					return
				}
			}
			if len(hits) < storedAtOnce {
				return
			}
			body["search_after"] = hits[len(hits)-1].Sort
		}
	}
}
