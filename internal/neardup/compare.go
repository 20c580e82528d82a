package neardup

import (
	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// Comparer compares articles by their texts, which Fold folds. Signatures of
// different Folders can't be compared.
type Comparer struct{ Fold textnorm.Folder }

// minMean is the least mean similarity of near-duplicates. A text that was only
// shortened may lose two fifths; a text that covers less of a longer one is a
// notice that a report quotes, or an item of a digest. Chosen on labelled pairs
// (docs/measurements/near-duplicates.md).
const minMean = 0.8

// Similarity is how similar two articles are.
type Similarity struct {
	OfSmaller      float64 // the share of the smaller text's shingles that the larger text has, too
	OfLarger       float64 // the same of the larger text's
	ChangedFigures int     // figures with equal contexts and different values; 0 for dissimilar texts
}

// Mean returns the similarity of the texts, from 0 to 1 (Kulczyński's
// coefficient): a shortened copy is as near as an edited one.
func (l Similarity) Mean() float64 { return (l.OfSmaller + l.OfLarger) / 2 }

// NearDuplicate reports whether the articles are near-duplicates. A text with a
// new figure in the same context is an update (累计确诊 12 例, 累计确诊 15 例), however
// similar the rest is.
func (l Similarity) NearDuplicate() bool {
	return l.Mean() >= minMean && l.ChangedFigures == 0
}

// Compare compares the texts of two articles.
func (c Comparer) Compare(a, b *news.Article) Similarity { return c.prepare(a).compare(c.prepare(b)) }

// prepared is an article prepared for many comparisons.
type prepared struct {
	Comparer
	article  *news.Article
	shingles []uint64 // a set
	figures  figures  // nil until needed
}

func (c Comparer) prepare(a *news.Article) *prepared {
	return &prepared{Comparer: c, article: a, shingles: set(c.newText(a).shingles())}
}

func (p *prepared) allFigures() figures {
	if p.figures == nil {
		texts := []string{p.article.Title}
		for _, x := range p.article.Paragraphs {
			texts = append(texts, x.Text)
		}
		p.figures = p.readFigures(texts...)
	}
	return p.figures
}

// compare reads the figures only if they decide.
func (p *prepared) compare(q *prepared) Similarity {
	if len(p.shingles) == 0 || len(q.shingles) == 0 {
		return Similarity{}
	}
	n := float64(common(p.shingles, q.shingles))
	l := Similarity{
		OfSmaller: n / float64(min(len(p.shingles), len(q.shingles))),
		OfLarger:  n / float64(max(len(p.shingles), len(q.shingles))),
	}
	if l.NearDuplicate() {
		l.ChangedFigures = p.allFigures().changed(q.allFigures())
	}
	return l
}
