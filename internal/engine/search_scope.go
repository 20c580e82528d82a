package engine

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// scope numbers the members of a search's sets. Hits are made of articles or, by
// paragraph, of documents. By article a plan is matched in a scope of items: what a query
// asks together must be in one item of a round-up.
type scope struct {
	columns *Columns
	by      search.By
	items   bool // members are items

	// The groups of members that collapse into one hit; none by paragraph, or where
	// near-duplicates are hits of their own.
	groups *nearDuplicates
}

func newScope(c *Columns, by search.By, uncollapsed bool) scope {
	s := scope{columns: c, by: by, groups: newNearDuplicates(nil, nil)}
	if by != search.ByParagraph && !uncollapsed {
		s.groups = c.nearDuplicates
	}
	return s
}

// matching returns the scope that a plan is matched in.
func (s scope) matching() scope {
	s.items = s.by == search.ByArticle
	return s
}

// fromMatching returns the members that those of the scope of matching stand for.
func (s scope) fromMatching(found *roaring.Bitmap) *roaring.Bitmap {
	if s.by == search.ByParagraph {
		return found
	}
	return s.columns.articlesOf(found)
}

// toMatching returns the members of the scope of matching that stand for members; nil,
// which means all, for nil.
func (s scope) toMatching(members *roaring.Bitmap) *roaring.Bitmap {
	if s.by == search.ByParagraph {
		return members
	}
	return s.columns.itemsOf(members)
}

// whole adds the other items of the same articles to items. Other members stay as they
// are.
func (s scope) whole(members *roaring.Bitmap) *roaring.Bitmap {
	if !s.items {
		return members
	}
	return s.columns.itemsOf(s.columns.articlesOf(members))
}

// size is one more than the highest number that a member can have.
func (s scope) size() int {
	switch {
	case s.by == search.ByParagraph:
		return len(s.columns.Article)
	case s.items:
		return len(s.columns.items.start)
	}
	return len(s.columns.Day)
}

// all is the set of all members.
func (s scope) all() *roaring.Bitmap {
	all := roaring.New()
	all.AddRange(0, uint64(s.size()))
	if s.by == search.ByParagraph {
		all.AndNot(s.columns.heads)
	}
	return all
}

// article returns the article of a member.
func (s scope) article(member uint32) uint32 {
	switch {
	case s.by == search.ByParagraph:
		return s.columns.Article[member]
	case s.items:
		return s.columns.Article[s.columns.items.start[member]]
	}
	return member
}

// members returns the members that documents found in a zone stand for: their items,
// or by paragraph the paragraphs among them. A match in a title or lead stands for its
// whole article.
func (s scope) members(docs *roaring.Bitmap, in zone) *roaring.Bitmap {
	if s.by == search.ByParagraph && !in.ofArticle() {
		return roaring.AndNot(docs, s.columns.heads)
	}
	var out []uint32
	for batch := range batches(docs) {
		out = s.appendMembers(out, batch, in)
	}
	return setOf(out, s.size())
}

// appendMembers appends the members that sorted documents found in a zone stand
// for.
func (s scope) appendMembers(to, docs []uint32, in zone) []uint32 {
	if !in.ofArticle() {
		return s.appendMembersOf(to, docs)
	}
	for i := 0; i < len(docs); {
		head, end := s.columns.documents(s.columns.Article[docs[i]])
		from := i
		for i < len(docs) && docs[i] < end {
			i++
		}
		switch {
		case in == inTitle && docs[from] != head:
		case s.items:
			to = s.columns.appendItems(to, []uint32{head})
		case s.by == search.ByArticle:
			to = append(to, s.columns.Article[head])
		default:
			for doc := head + 1; doc < end; doc++ {
				to = append(to, doc)
			}
		}
	}
	return to
}

// appendMembersOf appends the members that sorted documents stand for one by one.
func (s scope) appendMembersOf(to, docs []uint32) []uint32 {
	c := s.columns
	switch {
	case s.by == search.ByParagraph:
		for _, doc := range docs {
			if !c.isHead(doc) {
				to = append(to, doc)
			}
		}
		return to
	case s.items:
		last := uint32(math.MaxUint32) // none
		for _, doc := range docs {
			item, one := c.items.rank(doc)
			switch {
			case !one:
				to = c.appendItems(to, []uint32{doc})
			case item != last:
				to, last = append(to, item), item
			}
		}
		return to
	}
	last := uint32(math.MaxUint32)
	for _, doc := range docs {
		if a := c.Article[doc]; a != last {
			to, last = append(to, a), a
		}
	}
	return to
}

// setMembers is appendMembersOf for a bit set.
func (s scope) setMembers(set []uint64, docs []uint32) {
	c := s.columns
	if s.by == search.ByParagraph {
		for _, doc := range docs {
			if !c.isHead(doc) {
				set[doc>>6] |= 1 << (doc & 63)
			}
		}
		return
	}
	if !s.items {
		for _, doc := range docs {
			m := c.Article[doc]
			set[m>>6] |= 1 << (m & 63)
		}
		return
	}
	for _, doc := range docs {
		item, one := c.items.rank(doc)
		if one {
			set[item>>6] |= 1 << (item & 63)
			continue
		}
		for item, end := c.items.of(c.Article[doc]); item < end; item++ {
			set[item>>6] |= 1 << (item & 63)
		}
	}
}

// ranked returns a member with what orders it, but for its score.
func (s scope) ranked(m uint32) scored {
	out := scored{member: m, article: s.article(m)}
	if s.by == search.ByParagraph {
		out.paragraph = s.columns.paragraph(m)
	}
	out.day, out.sequence = s.columns.Day[out.article], s.columns.Sequence[out.article]
	return out
}
