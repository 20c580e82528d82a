package engine

import (
	"context"
	"fmt"

	"xunwen/internal/news"
)

// Values are the values of a field by number, for counting: there are few, and each
// of many articles or documents has one.
type Values struct {
	Names []string // in byte order; the first is ""
	Of    []uint32 // by article, or of Section by document: the index in Names
}

// valueFields are the fields with Values.
var valueFields = []string{Publication, PageName, Source, Section}

// Values returns the values of a field: Publication, PageName and Source by
// article, Section by document. Of other fields it returns nil.
func (c *Columns) Values(field string) *Values { return c.values[field] }

// ReadValues fills in Values from postings and finds the round-ups by them, after Index.
func (c *Columns) ReadValues(p Postings) error {
	c.values = map[string]*Values{}
	for _, field := range valueFields {
		v, err := c.readValues(p, field)
		if err != nil {
			return fmt.Errorf("values of %s: %w", field, err)
		}
		c.values[field] = v
	}
	others, err := p.Documents(Kind, string(news.Caption), string(news.Table))
	if err != nil {
		return fmt.Errorf("captions and tables: %w", err)
	}
	c.findItems(paragraphs{c.values[Section].Of, c.GramLength, c.EndsSentence, others})
	c.EndsSentence = nil
	return nil
}

func (c *Columns) readValues(p Postings, field string) (*Values, error) {
	names, err := dictionary(context.Background(), p, field, "", "", nil)
	if err != nil {
		return nil, err
	}
	v := &Values{Names: []string{""}}
	if field == Section {
		v.Of = make([]uint32, len(c.Article))
	} else {
		v.Of = make([]uint32, len(c.Day))
	}
	for _, name := range names {
		docs, err := p.Documents(field, name)
		if err != nil {
			return nil, err
		}
		if docs.IsEmpty() { // the documents with it were removed
			continue
		}
		number := uint32(len(v.Names))
		v.Names = append(v.Names, name)
		for it := docs.Iterator(); it.HasNext(); {
			at := it.Next()
			if field != Section {
				at = c.Article[at]
			}
			v.Of[at] = number
		}
	}
	return v, nil
}
