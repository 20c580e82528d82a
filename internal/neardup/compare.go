package neardup

import (
	"github.com/cespare/xxhash/v2"

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

// similarity is how similar two articles are.
type similarity struct {
	ofSmaller      float64 // the share of the smaller text's shingles that the larger text has, too
	ofLarger       float64 // the same of the larger text's
	changedFigures int     // figures with equal contexts and different values; 0 for dissimilar texts
}

// mean returns the similarity of the texts, from 0 to 1 (Kulczyński's
// coefficient): a shortened copy is as near as an edited one.
func (s similarity) mean() float64 { return (s.ofSmaller + s.ofLarger) / 2 }

// nearDuplicate reports whether the articles are near-duplicates. A text with a
// new figure in the same context is an update (累计确诊 12 例, 累计确诊 15 例), however
// similar the rest is.
func (s similarity) nearDuplicate() bool {
	return s.mean() >= minMean && s.changedFigures == 0
}

// prepared is an article prepared for many comparisons.
type prepared struct {
	title    string // not folded
	texts    []string
	fold     textnorm.Folder
	hash     uint64   // of the text's letters and digits
	shingles []uint64 // different ones, in the order of the text
	figures  figures  // nil until needed
}

// preparer prepares one article after another.
type preparer struct {
	Comparer
	letters letters
	hashes  []uint64
	seen    shingleSet
}

func (p *preparer) prepare(a *news.Article) *prepared {
	out := &prepared{title: a.Title, texts: make([]string, len(a.Paragraphs)), fold: p.Fold}
	p.letters.reset()
	for i := range a.Paragraphs {
		out.texts[i] = p.Fold.FoldString(a.Paragraphs[i].Text)
		p.letters.add(out.texts[i])
	}
	out.hash = xxhash.Sum64(p.letters.text)
	p.hashes = p.letters.appendShingles(p.hashes[:0])
	p.seen.reset(len(p.hashes))
	out.shingles = make([]uint64, 0, len(p.hashes))
	for _, h := range p.hashes {
		if p.seen.add(h) {
			out.shingles = append(out.shingles, h)
		}
	}
	if cap(p.hashes) > maxReused {
		p.letters, p.hashes, p.seen = letters{}, nil, shingleSet{}
	}
	return out
}

func (p *prepared) allFigures() figures {
	if p.figures == nil {
		p.figures = readFigures(append([]string{p.fold.FoldString(p.title)}, p.texts...))
	}
	return p.figures
}

// compare compares two articles that have a number of shingles in common. It reads the
// figures only if they decide: one text under two titles is no update.
func (p *prepared) compare(q *prepared, common int) similarity {
	if len(p.shingles) == 0 || len(q.shingles) == 0 {
		return similarity{}
	}
	n := float64(common)
	s := similarity{
		ofSmaller: n / float64(min(len(p.shingles), len(q.shingles))),
		ofLarger:  n / float64(max(len(p.shingles), len(q.shingles))),
	}
	if s.nearDuplicate() && p.hash != q.hash {
		s.changedFigures = p.allFigures().changed(q.allFigures())
	}
	return s
}
