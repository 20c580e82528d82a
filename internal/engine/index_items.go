package engine

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
)

// A round-up is an article of several short news under one title: 国内联播快讯. It has
// minItems or more, and either every paragraph is in a section, or none is, but paragraphs
// that look like headings begin the article and are each followed by text. What looks like
// a heading is short and ends no sentence. The items end like text and have between
// minItemLength and maxItemLength grams on average, about as many characters.
//
// The rule is cautious: words with a space between them must be in one item of a round-up,
// but may be anywhere in other articles. Of 19,594 articles of a broadcaster, 2,123 are
// round-ups, all of which are called so (快讯); of 72,022 articles of two other corpora, none.
// Other articles with sections begin with text above the first heading, or have longer
// sections.
const (
	minItems         = 3
	maxHeadingLength = 36  // grams
	minItemLength    = 30  // grams
	maxItemLength    = 250 // grams
)

// items number the items of all articles: a round-up has several, any other article is one
// item as a whole. A head belongs to every item of its article.
type items struct {
	first []uint32 // by article, its first item; one more entry at the end
	start []uint32 // by item, its first document; the head of an article that is no round-up

	article []uint32   // by item
	ranks   []itemRank // of all documents
}

// number numbers the items; starts are those of round-ups.
func (t *items) number(c *Columns, starts []uint32) {
	t.first = make([]uint32, len(c.Day)+1)
	t.start = make([]uint32, 0, len(c.Day)+len(starts))
	t.article = make([]uint32, 0, len(c.Day)+len(starts))
	for a := range c.Day {
		t.first[a] = uint32(len(t.start))
		head, end := c.documents(uint32(a))
		if len(starts) == 0 || starts[0] >= end {
			t.start, t.article = append(t.start, head), append(t.article, uint32(a))
			continue
		}
		for len(starts) > 0 && starts[0] < end {
			t.start, starts = append(t.start, starts[0]), starts[1:]
			t.article = append(t.article, uint32(a))
		}
	}
	t.first[len(c.Day)] = uint32(len(t.start))
	t.rankDocuments(c)
}

// rankDocuments fills ranks.
func (t *items) rankDocuments(c *Columns) {
	t.ranks = make([]itemRank, len(c.Article)/64+1)
	for _, doc := range t.start {
		t.ranks[doc>>6].starts |= 1 << (doc & 63)
	}
	before := uint32(0)
	for i := range t.ranks {
		t.ranks[i].before = before
		before += uint32(bits.OnesCount64(t.ranks[i].starts))
	}
	for a := range c.Day {
		if head := c.first[a]; t.isRoundUp(uint32(a)) {
			t.ranks[head>>6].shared |= 1 << (head & 63)
		}
	}
}

// itemRank has the items of 64 documents, in so few bytes that they are in the processor's cache
// where many documents are looked up. A head of a round-up belongs to all of its items.
type itemRank struct {
	starts uint64 // a bit for each that begins an item
	shared uint64 // for each head of a round-up
	before uint32 // items that begin before them
}

// rank returns the item of a document, if it is in one alone.
func (t *items) rank(doc uint32) (item uint32, one bool) {
	r, bit := &t.ranks[doc>>6], doc&63
	return r.before + uint32(bits.OnesCount64(r.starts&(2<<bit-1))) - 1, r.shared>>bit&1 == 0
}

// paragraphs are what a round-up is known by, by document of its article, the head first.
type paragraphs struct {
	sections     []string // headings in normal form, "" for none
	lengths      []uint32 // grams
	endsSentence []bool
	others       []bool // captions and tables
}

// Items returns the documents that begin the items of an article, if it is a round-up; the head
// is number 0. lengths are those of its documents in grams.
func Items(a *news.Article, lengths []uint32, fold func(string) string) []uint32 {
	if len(a.Paragraphs) < minItems {
		return nil
	}
	p := paragraphs{sections: []string{""}, lengths: lengths, endsSentence: []bool{false}, others: []bool{false}}
	for i := range a.Paragraphs {
		paragraph := &a.Paragraphs[i]
		p.sections = append(p.sections, valueKey(fold, paragraph.Section))
		p.endsSentence = append(p.endsSentence, EndsSentence(paragraph.Text))
		p.others = append(p.others, paragraph.Kind == news.Caption || paragraph.Kind == news.Table)
	}
	starts := p.appendStarts(nil, 1, uint32(len(lengths)))
	if !p.areNews(starts, uint32(len(lengths))) {
		return nil
	}
	return starts
}

// appendStarts appends where the items of the article with the paragraphs [first, end)
// would begin if it were a round-up.
func (p paragraphs) appendStarts(to []uint32, first, end uint32) []uint32 {
	from := len(to)
	for doc := first; doc < end; doc++ {
		inSection := p.sections[doc] != ""
		starts := p.isHeading(doc)
		if inSection {
			starts = doc == first || p.sections[doc] != p.sections[doc-1]
		}
		if doc == first && !starts || inSection != (p.sections[first] != "") {
			return to[:from]
		}
		if starts {
			to = append(to, doc)
		}
	}
	return to
}

// isHeading reports whether a paragraph that is in no section looks like a heading.
func (p paragraphs) isHeading(doc uint32) bool {
	return p.lengths[doc] <= maxHeadingLength && !p.endsSentence[doc] && !p.others[doc]
}

// areNews reports whether what begins at the starts, and ends where the next begins or at
// end, are the items of a round-up.
func (p paragraphs) areNews(starts []uint32, end uint32) bool {
	if len(starts) < minItems {
		return false
	}
	length := uint32(0)
	for i, start := range starts {
		last := end - 1
		if i+1 < len(starts) {
			last = starts[i+1] - 1
		}
		for doc := start; doc <= last; doc++ {
			length += p.lengths[doc]
		}
		for last > start && p.others[last] {
			last--
		}
		if !p.endsSentence[last] { // such as a heading without text
			return false
		}
	}
	n := uint32(len(starts))
	return minItemLength*n <= length && length <= maxItemLength*n
}

// of returns the range [from, to) of an article's items.
func (t *items) of(article uint32) (from, to uint32) { return t.first[article], t.first[article+1] }

// isRoundUp reports whether an article has several items.
func (t *items) isRoundUp(article uint32) bool { return t.first[article+1]-t.first[article] > 1 }

// single reports whether no article is a round-up, so that items have the numbers of
// articles.
func (t *items) single() bool { return len(t.start) == len(t.first)-1 }

// DocumentRange is the documents [From, End): of an item without the head.
type DocumentRange struct{ From, End uint32 }

// SeekRange returns the first of ranges, which ascend, from an index on that ends after a
// document. It gallops.
func SeekRange(ranges []DocumentRange, from int, doc uint32) int {
	if from == len(ranges) || ranges[from].End > doc {
		return from
	}
	step := 1
	for from+step < len(ranges) && ranges[from+step].End <= doc {
		from += step
		step *= 2
	}
	low, high := from+1, min(from+step, len(ranges))
	for low < high {
		if mid := int(uint(low+high) / 2); ranges[mid].End <= doc {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// itemDocuments returns the documents of an item.
func (c *Columns) itemDocuments(item uint32) DocumentRange {
	head, end := c.documents(c.Article[c.items.start[item]])
	if next := item + 1; int(next) < len(c.items.start) {
		end = min(end, c.items.start[next])
	}
	return DocumentRange{max(c.items.start[item], head+1), end}
}

// appendMatching appends those of an article's items that are in a set, nil for all.
func (c *Columns) appendMatching(to []DocumentRange, article uint32, matching *roaring.Bitmap) []DocumentRange {
	first, last := c.items.of(article)
	for item := first; item < last; item++ {
		if last-first == 1 || matching == nil || matching.Contains(item) {
			to = append(to, c.itemDocuments(item))
		}
	}
	return to
}

// appendItems appends the items that documents of one article, sorted, belong to.
func (c *Columns) appendItems(to, docs []uint32) []uint32 {
	article := c.Article[docs[0]]
	item, end := c.items.of(article)
	if end-item == 1 {
		return append(to, item)
	}
	if docs[0] == c.first[article] {
		for ; item < end; item++ {
			to = append(to, item)
		}
		return to
	}
	last := end
	for _, doc := range docs {
		for item+1 < end && c.items.start[item+1] <= doc {
			item++
		}
		if item != last {
			to = append(to, item)
			last = item
		}
	}
	return to
}

// articlesOf returns the articles of items.
func (c *Columns) articlesOf(set *roaring.Bitmap) *roaring.Bitmap {
	if set == nil || c.items.single() {
		return set
	}
	var out []uint32
	for batch := range batches(set) {
		for _, item := range batch {
			out = append(out, c.items.article[item])
		}
	}
	return setOf(out, len(c.Day))
}

// itemsOf returns all items of articles; nil, which means all, for nil.
func (c *Columns) itemsOf(articles *roaring.Bitmap) *roaring.Bitmap {
	if articles == nil || c.items.single() {
		return articles
	}
	var out []uint32
	for batch := range batches(articles) {
		for _, a := range batch {
			for item, end := c.items.of(a); item < end; item++ {
				out = append(out, item)
			}
		}
	}
	return setOf(out, len(c.items.start))
}
