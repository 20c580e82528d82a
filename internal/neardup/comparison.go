package neardup

import (
	"slices"

	"xunwen/internal/news"
)

// comparison compares articles by their numbers.
type comparison struct {
	preparer
	signatures []Signature

	read  func(int) (news.Article, error)
	known []Compared // in order: what need not be compared again
	found []Compared // what was asked for, in no order

	cache     map[uint32]*prepared
	cacheSize int        // shingles in cache
	own       shingleSet // of the article ownNumber
	ownNumber int        // -1 for none
}

func (c Comparer) comparison(
	signatures []Signature, read func(int) (news.Article, error), known []Compared,
) comparison {
	return comparison{preparer: preparer{Comparer: c}, signatures: signatures, read: read, known: known,
		cache: map[uint32]*prepared{}, ownNumber: -1}
}

// mean returns the similarity of two articles, 0 if they are not near-duplicates. It does not
// read those whose signatures say so.
func (c *comparison) mean(article, other uint32) (float64, error) {
	if !c.signatures[article].mayBeNear(&c.signatures[other]) {
		return 0, nil
	}
	pair := Pair{min(article, other), max(article, other)}
	at, ok := slices.BinarySearchFunc(c.known, pair, Compared.compare)
	if ok {
		c.found = append(c.found, c.known[at])
		return c.known[at].Mean, nil
	}
	x, err := c.prepared(article)
	if err != nil {
		return 0, err
	}
	y, err := c.prepared(other)
	if err != nil {
		return 0, err
	}
	if c.ownNumber != int(article) {
		c.ownNumber = int(article)
		c.own.reset(len(x.shingles))
		for _, h := range x.shingles {
			c.own.add(h)
		}
	}
	mean := 0.0
	if l := x.compare(y, c.own.count(y.shingles)); l.nearDuplicate() {
		mean = l.mean()
	}
	c.found = append(c.found, Compared{pair, mean})
	return mean, nil
}

// maxCached bounds the shingles of cached articles, 8 bytes each and 3 of text: the sizes of
// near-duplicates differ little, and they are grouped in the order of size.
const maxCached = 2 << 20

func (c *comparison) prepared(article uint32) (*prepared, error) {
	if p, ok := c.cache[article]; ok {
		return p, nil
	}
	a, err := c.read(int(article))
	if err != nil {
		return nil, err
	}
	p := c.prepare(&a)
	if c.cacheSize += len(p.shingles); c.cacheSize > maxCached {
		clear(c.cache)
		c.cacheSize = len(p.shingles)
	}
	c.cache[article] = p
	return p, nil
}
