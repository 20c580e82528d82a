package engine

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
)

// LeadParagraph returns the number, from 1, of the paragraph that belongs to an
// article's lead: the first of its body, else the first; 0 if it has none.
func LeadParagraph(a *news.Article) int {
	for i, p := range a.Paragraphs {
		if p.Kind == news.Body || p.Kind == "" {
			return i + 1
		}
	}
	return min(1, len(a.Paragraphs))
}

// findLeads returns the documents that leads consist of: of each article the head and
// the paragraph of LeadParagraph.
func (sn *snapshot) findLeads(ctx context.Context) (*roaring.Bitmap, error) {
	others, err := sn.postings.Documents(Kind, string(news.Caption), string(news.Table))
	if err != nil {
		return nil, err
	}
	var leads []uint32
	for article := range sn.columns.Day {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		head, end := sn.columns.documents(uint32(article))
		leads = append(leads, head)
		lead := head + 1
		for lead < end && others.Contains(lead) {
			lead++
		}
		switch {
		case lead < end:
			leads = append(leads, lead)
		case head+1 < end:
			leads = append(leads, head+1)
		}
	}
	return roaring.BitmapOf(leads...), nil
}

// inZone returns those of sorted documents that are part of a zone which a document
// belongs to as a whole.
func (sn *snapshot) inZone(ctx context.Context, docs []uint32, in zone) ([]uint32, error) {
	if in != inLead {
		return docs, nil
	}
	leads, err := sn.leads.get(ctx)
	if err != nil {
		return nil, err
	}
	found := roaring.BitmapOf(docs...)
	found.And(leads)
	return found.ToArray(), nil
}
