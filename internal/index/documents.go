package index

import (
	"encoding/binary"
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

// makeColumns joins the columns of volumes to those of the engine, without
// deleted articles, and numbers the documents of p accordingly. fold folds values.
func makeColumns(
	p *Postings, volumes []*Volume, groups Groups, fold func(string) string,
) (*engine.Columns, error) {
	articles, documents := 0, 0
	for _, v := range volumes {
		for i := range v.columns {
			if !v.Deleted.Has(i) {
				articles++
				documents += len(v.columns[i].Documents)
			}
		}
	}
	c := &engine.Columns{
		Article:      make([]uint32, 0, documents),
		WordLength:   make([]uint32, 0, documents),
		GramLength:   make([]uint32, 0, documents),
		EndsSentence: make([]bool, 0, documents),
		Day:          make([]int32, 0, articles),
		Characters:   make([]uint32, 0, articles),
		Group:        groups.First,
		ID:           groups.ID,
	}
	numbers := make([][]uint32, len(volumes)) // by volume and document
	for n, v := range volumes {
		for i, a := range v.columns {
			if v.Deleted.Has(i) {
				numbers[n] = append(numbers[n], slices.Repeat([]uint32{noNumber}, len(a.Documents))...)
				continue
			}
			for _, d := range a.Documents {
				numbers[n] = append(numbers[n], uint32(len(c.Article)))
				c.Article = append(c.Article, uint32(len(c.Day)))
				c.WordLength, c.GramLength = append(c.WordLength, d.Words), append(c.GramLength, d.Grams)
				c.EndsSentence = append(c.EndsSentence, d.EndsSentence)
			}
			c.Day, c.Characters = append(c.Day, a.Day), append(c.Characters, a.Characters)
		}
	}
	if err := p.number(documents, numbers); err != nil {
		return nil, err
	}
	c.Index()
	return c, c.ReadValues(p, fold)
}
