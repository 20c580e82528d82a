package neardup

import (
	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// Comparer compares articles as Fold folds their texts; signatures of different
// Folders can't be compared.
type Comparer struct{ Fold textnorm.Folder }

// leastMean is how alike copies are at least: the mean of what each text holds
// of the other. A text that was only cut may lose two fifths; what stands in
// less than that of a longer text is a notice that a report quotes or an item of
// a digest. Chosen on labelled pairs (docs/measurements/near-duplicates.md).
const leastMean = .8

// Likeness says how alike two articles are.
type Likeness struct {
	Held    float64 // the share of the smaller text's shingles that the larger holds
	Share   float64 // and the share of the larger's
	Changed int     // figures that count the same in both and differ; 0 for texts that are not alike
}

// Mean is how alike the texts are, from 0 to 1 (Kulczyński's coefficient): a cut
// copy is as much a copy as an edited one.
func (l Likeness) Mean() float64 { return (l.Held + l.Share) / 2 }

// Copy tells whether one article is a copy of the other. A text with a new
// figure in an old place is an update (累计确诊 12 例, 累计确诊 15 例), not a copy, however
// alike the rest is.
func (l Likeness) Copy() bool {
	return l.Mean() >= leastMean && l.Changed == 0
}

// Compare compares the texts of two articles.
func (c Comparer) Compare(a, b *news.Article) Likeness { return c.prepare(a).compare(c.prepare(b)) }

// prepared is an article made ready to be compared with many.
type prepared struct {
	Comparer
	article  *news.Article
	shingles []uint64 // a set
	figures  figures  // nil until they are needed
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

// compare reads the figures only where they decide.
func (p *prepared) compare(q *prepared) Likeness {
	if len(p.shingles) == 0 || len(q.shingles) == 0 {
		return Likeness{}
	}
	n := float64(common(p.shingles, q.shingles))
	l := Likeness{
		Held:  n / float64(min(len(p.shingles), len(q.shingles))),
		Share: n / float64(max(len(p.shingles), len(q.shingles))),
	}
	if l.Copy() {
		l.Changed = p.allFigures().changed(q.allFigures())
	}
	return l
}
