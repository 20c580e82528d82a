package engine

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// occurrencesNode matches the articles in which an operand occurs often enough: in all
// texts of the zone together, a section's heading counted once. By paragraph it counts
// in each paragraph alone, in titles and leads as by article.
type occurrencesNode struct {
	operand contiguous
	min     int
	zone    zone
}

func (n *occurrencesNode) cost() cost { return costDistances }

func (n *occurrencesNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	return s.cached(n, within, fromTexts, func() (*roaring.Bitmap, error) { return n.compute(ctx, s, within) })
}

func (n *occurrencesNode) compute(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	within = s.scope.toRead(within, n.zone)
	docs := roaring.New()
	for _, field := range s.scope.gramFields(n.zone) {
		found, err := s.candidatesOf(ctx, field, n.operand, n.zone, within)
		if err != nil {
			return nil, err
		}
		docs.Or(found)
	}
	together := s.scope.by == search.ByArticle || n.zone.ofArticle()
	docs, err := s.read(ctx, docs, within, func(a *news.Article, head uint32, docs []uint32) []uint32 {
		var out []uint32
		count := 0
		for _, doc := range docs {
			if !together {
				count = 0
			}
			for _, text := range n.texts(a, int(doc-head), together) {
				count += n.operand.count(s.index.segmenter.FoldString(text))
			}
			if count < n.min {
				continue
			}
			out = append(out, doc)
			if together {
				break
			}
		}
		return out
	})
	if err != nil {
		return nil, err
	}
	return s.scope.whole(s.scope.members(docs, n.zone)), nil
}

// texts lists the texts of the zone in a document. In an article, the heading of a
// section belongs to its first paragraph.
func (n *occurrencesNode) texts(a *news.Article, paragraph int, inArticle bool) []string {
	if n.zone == inSection {
		return n.heading(a, paragraph, inArticle)
	}
	out := texts(a, Grams, paragraph)
	if n.zone == anywhere && inArticle {
		out = append(out, n.heading(a, paragraph, inArticle)...)
	}
	return out
}

func (n *occurrencesNode) heading(a *news.Article, paragraph int, inArticle bool) []string {
	if inArticle && paragraph > 1 && a.Paragraphs[paragraph-1].Section == a.Paragraphs[paragraph-2].Section {
		return nil
	}
	return texts(a, SectionGrams, paragraph)
}

// enough reports whether an article has enough occurrences.
func (n *occurrencesNode) enough(s Segmenter, a *news.Article) bool {
	lead := LeadParagraph(a)
	count := 0
	for paragraph := range len(a.Paragraphs) + 1 {
		switch {
		case n.zone == inTitle && paragraph > 0, n.zone == inLead && paragraph > 0 && paragraph != lead:
			continue
		}
		for _, text := range n.texts(a, paragraph, true) {
			count += n.operand.count(s.FoldString(text))
		}
		if count >= n.min {
			return true
		}
	}
	return false
}

func (n *occurrencesNode) describe(d *description) {
	d.line(n.cost(), "at least %d occurrences %s: %s", n.min, n.zone, n.operand)
}
