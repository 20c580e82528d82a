package index

import (
	"encoding/binary"
	"fmt"
	"slices"

	"xunwen/internal/engine"
)

// DocumentID returns bleve's id of a document: the numbers of its article in the
// volume and of its paragraph (0 for the head), four bytes each, so that ids sort
// like documents.
func DocumentID(article, paragraph int) string {
	var b [8]byte
	binary.BigEndian.PutUint32(b[:], uint32(article))
	binary.BigEndian.PutUint32(b[4:], uint32(paragraph))
	return string(b[:])
}

// ParseDocumentID is the inverse of DocumentID.
func ParseDocumentID(id string) (article, paragraph uint32, ok bool) {
	if len(id) != 8 {
		return 0, 0, false
	}
	return binary.BigEndian.Uint32([]byte(id)), binary.BigEndian.Uint32([]byte(id[4:])), true
}

// makeColumns joins the columns of volumes to those of the engine, without deleted articles, and
// sets the numbers of the documents of p accordingly. fold folds values.
func makeColumns(
	p *Postings, volumes []*Volume, groups Groups, fold func(string) string,
) (*engine.Columns, error) {
	articles, documents := 0, 0
	for _, v := range volumes {
		articles += v.Articles
		documents += v.columns.documents()
	}
	c := &engine.Columns{
		Article:    make([]uint32, 0, documents),
		WordLength: make([]uint32, 0, documents),
		GramLength: make([]uint32, 0, documents),
		Day:        make([]int32, 0, articles),
		Characters: make([]uint32, 0, articles),
		Sequence:   make([]uint32, 0, articles),
		Group:      groups.First,
		ID:         groups.ID,
	}
	read := uint32(0) // articles of the volumes before
	for i, v := range volumes {
		s := &p.segments[i]
		if int(s.Documents()) != v.columns.documents() {
			return nil, documentsDiffer(*s, v)
		}
		s.first = uint32(len(c.Article))
		if len(v.Deleted) > 0 {
			s.numbers = slices.Repeat([]uint32{noNumber}, v.columns.documents())
			s.deleted = v.deletedDocuments()
		}
		from := 0
		for _, deleted := range append(v.Deleted.Sorted(), v.Articles) {
			v.appendColumns(c, s.numbers, from, deleted)
			for a := from; a < deleted; a++ {
				c.Sequence = append(c.Sequence, read+v.columns.sequence.at(a))
			}
			from = deleted + 1
		}
		read += uint32(v.Articles)
		s.count = uint32(len(c.Article)) - s.first
		s.docs = inverse(s.numbers)
	}
	p.count, p.articles = len(c.Article), c.Article
	c.Index()
	c.SetPostings(p, fold)
	return c, nil
}

// deletedDocument is a document of a deleted article, both as their volume numbers them.
type deletedDocument struct{ document, article uint32 }

func (v *Volume) deletedDocuments() []deletedDocument {
	var out []deletedDocument
	for _, a := range v.Deleted.Sorted() {
		doc := uint32(0)
		if a > 0 {
			doc = v.columns.ends.at(a - 1)
		}
		for end := v.columns.ends.at(a); doc < end; doc++ {
			out = append(out, deletedDocument{doc, uint32(a)})
		}
	}
	return out
}

func documentsDiffer(s openSegment, v *Volume) error {
	return fmt.Errorf("%s has %d documents, %s describes %d",
		s.Path(), s.Documents(), ColumnsFile, v.columns.documents())
}

// inverse lists the documents that have a number, in ascending order.
func inverse(numbers []uint32) []uint32 {
	var docs []uint32
	for doc, n := range numbers {
		if n != noNumber {
			docs = append(docs, uint32(doc))
		}
	}
	return docs
}

// appendColumns appends the columns of the volume's articles [from, to), none of which is
// deleted. numbers gets the numbers of their documents unless it is nil.
func (v *Volume) appendColumns(c *engine.Columns, numbers []uint32, from, to int) {
	if from >= to {
		return
	}
	of, firstArticle, firstDocument := v.columns, len(c.Day), uint32(len(c.Article))
	doc := uint32(0)
	if from > 0 {
		doc = of.ends.at(from - 1)
	}
	first := doc
	for a := from; a < to; a++ {
		c.Day = append(c.Day, int32(of.days.at(a)))
		for end := of.ends.at(a); doc < end; doc++ {
			c.Article = append(c.Article, uint32(firstArticle+a-from))
		}
	}
	c.Characters = of.characters.appendTo(c.Characters, from, to)
	c.WordLength = of.words.appendTo(c.WordLength, int(first), int(doc))
	c.GramLength = of.grams.appendTo(c.GramLength, int(first), int(doc))
	for i := of.items.seek(first); i < of.items.len() && of.items.at(i) < doc; i++ {
		c.ItemStarts = append(c.ItemStarts, of.items.at(i)-first+firstDocument)
	}
	if numbers != nil {
		for i := first; i < doc; i++ {
			numbers[i] = i - first + firstDocument
		}
	}
}
