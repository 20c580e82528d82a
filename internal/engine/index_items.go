package engine

import "github.com/RoaringBitmap/roaring/v2"

// A round-up is an article of several short news under one title: 国内联播快讯. Either every
// paragraph is in a section, and there are minSections; or there are no sections, but
// paragraphs as short as headings, minHeadings of them, begin the article and are each
// followed by others. The items have maxItemLength grams, about as many characters, or less
// on average.
//
// Of 19,594 articles of a broadcaster, about 2,350 are round-ups by this, and all but two of
// them are called so (快讯); of 72,022 articles of two other corpora, 2 are. Other articles with
// sections begin with text above the first heading, or have longer sections.
const (
	minSections      = 2
	minHeadings      = 3
	maxHeadingLength = 36  // grams
	maxItemLength    = 250 // grams
)

// items number the items of all articles: a round-up has several, any other article is one
// item as a whole. A head belongs to every item of its article.
type items struct {
	first []uint32 // by article, its first item; one more entry at the end
	start []uint32 // by item, its first document; the head of an article that is no round-up
}

// findItems finds the round-ups by the sections of documents, which number headings, 0 for
// none.
func (c *Columns) findItems(sections []uint32) {
	t := items{first: make([]uint32, 0, len(c.Day)+1), start: make([]uint32, 0, len(c.Day))}
	for a := range c.Day {
		from := len(t.start)
		t.first = append(t.first, uint32(from))
		head, end := c.documents(uint32(a))
		length := uint32(0)
		for _, n := range c.GramLength[head+1 : end] {
			length += n
		}
		t.start = c.appendStarts(t.start, sections, head, end)
		if n := uint32(len(t.start) - from); n < minSections || length > n*maxItemLength {
			t.start = append(t.start[:from], head)
		}
	}
	t.first = append(t.first, uint32(len(t.start)))
	c.items = t
}

// appendStarts appends where the items of an article begin that has the documents
// [head, end), or nothing if it is not divided into any.
func (c *Columns) appendStarts(to, sections []uint32, head, end uint32) []uint32 {
	if end-head <= minSections {
		return to
	}
	from := len(to)
	inSections := sections[head+1] != 0
	for doc := head + 1; doc < end; doc++ {
		starts := doc == head+1 || sections[doc] != sections[doc-1]
		if !inSections {
			heading := c.GramLength[doc] <= maxHeadingLength
			if afterHeading := len(to) > from && to[len(to)-1] == doc-1; heading && afterHeading {
				return to[:from]
			}
			starts = heading
		}
		if inSections != (sections[doc] != 0) || doc == head+1 && !starts {
			return to[:from]
		}
		if starts {
			to = append(to, doc)
		}
	}
	if !inSections && (len(to)-from < minHeadings || to[len(to)-1] == end-1) {
		return to[:from]
	}
	return to
}

// of returns the range [from, to) of an article's items.
func (t *items) of(article uint32) (from, to uint32) { return t.first[article], t.first[article+1] }

// isRoundUp reports whether an article has several items.
func (t *items) isRoundUp(article uint32) bool { return t.first[article+1]-t.first[article] > 1 }

// single reports whether no article is a round-up, so that items have the numbers of
// articles.
func (t *items) single() bool { return len(t.start) == len(t.first)-1 }

// documentRange is the documents [from, end) of an item, without the head.
type documentRange struct{ from, end uint32 }

// itemDocuments returns the documents of an item.
func (c *Columns) itemDocuments(item uint32) documentRange {
	head, end := c.documents(c.Article[c.items.start[item]])
	if next := item + 1; int(next) < len(c.items.start) {
		end = min(end, c.items.start[next])
	}
	return documentRange{max(c.items.start[item], head+1), end}
}

// appendMatching appends those of an article's items that are in a set, nil for all.
func (c *Columns) appendMatching(to []documentRange, article uint32, matching *roaring.Bitmap) []documentRange {
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
			out = append(out, c.Article[c.items.start[item]])
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
