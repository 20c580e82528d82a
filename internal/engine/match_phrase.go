package engine

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// phraseNode matches the texts that contain a phrase, and no others: the
// documents with all of its grams are candidates, and their texts decide.
type phraseNode struct {
	phrase
	zone zone
}

func (n *phraseNode) cost() cost {
	switch {
	case n.alone || n.exact && len(n.edges) > 0:
		return costDictionary
	case n.exact:
		return costPostings
	}
	return costTexts
}

func (n *phraseNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	docs := roaring.New()
	within = s.scope.toRead(within, n.zone)
	for _, field := range s.scope.gramFields(n.zone) {
		found, err := n.matchField(ctx, s, field, within)
		if err != nil {
			return nil, err
		}
		docs.Or(found)
	}
	return s.scope.members(docs, n.zone), nil
}

// gramFields are the fields with the grams of a zone's texts. By paragraph, a
// section's heading is no part of the paragraphs below it.
func (s scope) gramFields(in zone) []string {
	if in == anywhere && s.by == search.ByArticle {
		return []string{Grams, SectionGrams}
	}
	return []string{in.grams()}
}

// matchField returns the documents of the zone whose text in a field contains the
// phrase.
func (n *phraseNode) matchField(
	ctx context.Context, s *searcher, field string, within *roaring.Bitmap,
) (*roaring.Bitmap, error) {
	docs, exact, err := s.candidates(ctx, field, n.phrase, n.zone, within)
	if err != nil || exact {
		return docs, err
	}
	sure, err := s.index.segmented(docs, field, n.text)
	if err != nil {
		return nil, err
	}
	unsure := roaring.AndNot(docs, sure)
	reader := func() *textReader {
		r := s.index.newTextReader()
		r.seek(n.text, unsure.GetCardinality(), true)
		return r
	}
	found, err := s.verifyBy(ctx, reader, unsure, field, within, n.in)
	if err != nil {
		return nil, err
	}
	return roaring.Or(found, sure), nil
}

// in reports whether a text contains the phrase. Where Han characters are next to each other,
// nothing comes between them when the rest is folded; only white space is taken away.
func (p phrase) in(t *looseText) bool {
	if isHan(p.text) {
		if strings.Contains(t.loose, p.text) {
			return true
		}
		if t.left&textnorm.LeftBlanks == 0 {
			return false
		}
	}
	return strings.Contains(t.T(), p.text)
}

// segmented returns those of docs whose text need not be read: the phrase was
// segmented out of it as a word.
func (sn *snapshot) segmented(docs *roaring.Bitmap, field, phrase string) (*roaring.Bitmap, error) {
	if field != Grams || docs.IsEmpty() {
		return roaring.New(), nil
	}
	found, err := sn.postings.Documents(Words, phrase)
	if err != nil {
		return nil, err
	}
	found.And(docs)
	joined, err := sn.postings.Documents(Words, analyzer.JointPrefix+phrase)
	if err != nil {
		return nil, err
	}
	return roaring.AndNot(found, joined), nil // those may have it with signs inside
}

// candidates returns documents of a zone among which are all that contain the
// phrase; exact reports that they are no others. They must not be changed.
func (s *searcher) candidates(
	ctx context.Context, field string, p phrase, in zone, within *roaring.Bitmap,
) (docs *roaring.Bitmap, exact bool, err error) {
	if docs, exact, err = s.withGrams(ctx, field, p, within); err != nil {
		return nil, false, err
	}
	docs, err = s.ofZone(ctx, docs, field, in)
	return docs, exact, err
}

// ofZone returns those of documents found in a field that are part of a zone.
func (s *searcher) ofZone(
	ctx context.Context, docs *roaring.Bitmap, field string, in zone,
) (*roaring.Bitmap, error) {
	switch {
	case field != Grams:
	case in == inTitle:
		return roaring.And(docs, s.scope.columns.heads), nil
	case in == inLead:
		leads, err := s.index.leads.get(ctx)
		if err != nil {
			return nil, err
		}
		return roaring.And(docs, leads), nil
	case s.scope.by == search.ByParagraph:
		return roaring.AndNot(docs, s.scope.columns.heads), nil
	}
	return docs, nil
}

// withGrams returns the documents with all grams of a phrase in a field.
func (s *searcher) withGrams(
	ctx context.Context, field string, p phrase, within *roaring.Bitmap,
) (docs *roaring.Bitmap, exact bool, err error) {
	edges := p.edges
	switch {
	case p.text == "": // white space and other signs that count for nothing
		return roaring.New(), true, nil
	case p.alone:
		docs, err = s.index.character(field, p.text)
		return docs, true, err
	case len(p.inner) > 0:
		docs, err = s.index.postings.Common(field, p.inner...)
	case len(edges) > 0:
		docs, err = s.index.withEdge(ctx, field, edges[0])
		edges = edges[1:]
	case field == SectionGrams:
		docs, err := s.index.inHeadings(p.text)
		return docs, true, err
	default:
		return s.withSymbols(ctx, p.text, within)
	}
	for _, e := range edges {
		if err != nil || docs.GetCardinality() <= fewCandidates {
			break
		}
		var found *roaring.Bitmap
		if found, err = s.index.withEdge(ctx, field, e); err == nil {
			docs = roaring.And(docs, found)
		}
	}
	return docs, p.exact, err
}

// fewCandidates is up to how many texts are read rather than the dictionary
// scanned for a phrase's edges.
const fewCandidates = 1000

// withEdge returns the documents with a gram that e may be the part of.
func (sn *snapshot) withEdge(ctx context.Context, field string, e edge) (*roaring.Bitmap, error) {
	switch {
	case !isRun(e.text):
		return sn.character(field, e.text)
	case !e.opens:
		return sn.anyTerm(ctx, field, e.text, after(e.text), nil)
	case !e.closes:
		return sn.runs(ctx, field, func(t string) bool { return strings.HasSuffix(t, e.text) })
	}
	return sn.runs(ctx, field, func(t string) bool { return strings.Contains(t, e.text) })
}

func (n *phraseNode) describe(d *description) {
	d.line(n.cost(), "phrase %s: %q, by %s", n.zone, n.text, n.gramText())
}
