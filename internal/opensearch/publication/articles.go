package publication

import (
	"cmp"
	"iter"
	"slices"

	"xunwen/internal/index"
	"xunwen/internal/opensearch/layout"
)

// folderArticles reads the articles of a generation in a folder.
type folderArticles struct {
	*index.Generation
	leaders map[uint32]bool // first articles of groups with several articles
}

func readerOf(g *index.Generation) folderArticles {
	r := folderArticles{g, map[uint32]bool{}}
	for a, first := range g.Columns.Group {
		if uint32(a) != first {
			r.leaders[first] = true
		}
	}
	return r
}

// read returns an article by its number in the folder.
func (r folderArticles) read(i int) (*layout.Article, error) {
	record, err := r.Records.Get(i)
	if err != nil {
		return nil, err
	}
	a := &layout.Article{Article: record, Number: int(r.Columns.Sequence[i])}
	if first := r.Columns.Group[i]; r.leaders[first] {
		a.Group = r.Columns.ID[first]
	}
	return a, nil
}

// inSequence returns the numbers of all articles in the order in which they were read.
func (r folderArticles) inSequence() []int {
	out := make([]int, len(r.Columns.Sequence))
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(r.Columns.Sequence[a], r.Columns.Sequence[b]) })
	return out
}

// articlesOf yields the articles of a generation.
func articlesOf(g *index.Generation, progress func(done, total int)) iter.Seq2[*layout.Article, error] {
	return func(yield func(*layout.Article, error) bool) {
		r := readerOf(g)
		for i := range g.Columns.Day {
			a, err := r.read(i)
			if !yield(a, err) || err != nil {
				return
			}
			if progress != nil {
				progress(i+1, len(g.Columns.Day))
			}
		}
	}
}
