package engine

import (
	"context"
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// unitKinds name in the cache what holds a unit, by zone.
var unitKinds = map[search.By][3]string{
	search.ByArticle:   {"unit in article", "unit in article's title", "unit in article's section"},
	search.ByParagraph: {"unit in paragraph", "unit in paragraph's title", "unit in paragraph's section"},
}

// Holding returns how many articles hold every word of a text, stop words too,
// taken as an unquoted operand without synonyms.
func (e *Engine) Holding(ctx context.Context, text string) (int, error) {
	r := e.newRun(ctx, search.ByArticle, false)
	r.strict = true
	o := e.operand(text)
	o.content = o.tokens
	var words bag
	words.add(o.terms())
	set, err := r.matchBag(words, anywhere)
	if err != nil {
		return 0, fmt.Errorf("counting who holds %q in %s: %w", text, e.name, err)
	}
	return int(set.GetCardinality()), nil
}

// heldUnit returns the members that hold u: as a jieba word, or by all of its
// grams in one document. The set must not be changed.
func (r *run) heldUnit(u unit, in zone) (*roaring.Bitmap, error) {
	key := cacheKey{unitKinds[r.by][in], u.text}
	if set, ok := r.held[key]; ok {
		return set, nil
	}
	set, ok := r.cache.get(key).(*roaring.Bitmap)
	if !ok {
		members, err := r.unitMembers(u, in)
		if err != nil {
			return nil, err
		}
		set = setOf(members, r.members())
		r.cache.put(key, set, int(set.GetSizeInBytes()))
	}
	r.held[key] = set
	return set, nil
}

// unitMembers returns the members that hold u in a zone, in no order, some of
// them several times. A section's words count for the article, not for each
// paragraph below it.
func (r *run) unitMembers(u unit, in zone) ([]uint32, error) {
	if in == inSection {
		docs, err := r.gramDocuments(SectionGrams, u)
		return r.lifted(nil, docs, in), err
	}
	docs, err := r.gramDocuments(Grams, u)
	if err != nil {
		return nil, err
	}
	members := r.lifted(nil, docs, in)
	if !isHan(u.text) { // else who holds the word holds its grams
		byWord, err := r.list(Words, u.text)
		if err != nil {
			return nil, err
		}
		members = r.lifted(members, byWord.docs, in)
	}
	if in == anywhere && r.by == search.ByArticle {
		bySection, err := r.gramDocuments(SectionGrams, u)
		if err != nil {
			return nil, err
		}
		members = r.lifted(members, bySection, in)
	}
	return members, nil
}

// lifted appends the members that documents found in a zone, in rising order,
// stand for: their articles, or by paragraph the paragraphs among them. What a
// title holds, its whole article holds.
func (r *run) lifted(to, docs []uint32, in zone) []uint32 {
	for i := 0; i < len(docs); {
		head, end := r.columns.documents(r.columns.Article[docs[i]])
		from := i
		for i < len(docs) && docs[i] < end {
			i++
		}
		switch {
		case in == inTitle && docs[from] != head:
		case r.by == search.ByArticle:
			to = append(to, r.columns.Article[head])
		case in == inTitle:
			for doc := head + 1; doc < end; doc++ {
				to = append(to, doc)
			}
		case docs[from] == head:
			to = append(to, docs[from+1:i]...)
		default:
			to = append(to, docs[from:i]...)
		}
	}
	return to
}

// isHan tells whether s is of Han characters alone.
func isHan(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !textnorm.IsHan(r) }) < 0
}

// gramDocuments returns the documents whose field holds all grams of u, rising.
func (r *run) gramDocuments(field string, u unit) ([]uint32, error) {
	if isSingleHan(u.text) {
		docs, err := r.character(field, u.text)
		if err != nil {
			return nil, err
		}
		return docs.ToArray(), nil
	}
	lists := make([]*termList, 0, len(u.grams))
	for _, g := range u.grams {
		l, err := r.list(field, g)
		if err != nil || len(l.docs) == 0 {
			return nil, err
		}
		lists = append(lists, l)
	}
	return intersect(lists), nil
}
