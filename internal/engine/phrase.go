package engine

import (
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// matchPhrase finds the documents that hold all of a phrase's grams and then
// looks into their texts, so that it finds each text that contains the phrase
// and no other.
func (r *run) matchPhrase(p *query.Phrase, in zone) (*roaring.Bitmap, error) {
	r.ranked = append(r.ranked, r.analyze(p.Text))
	docs, err := r.containing(p.Text, in)
	if err != nil {
		return nil, err
	}
	return r.liftFrom(docs, in), nil
}

// containing returns the documents of a zone that contain the phrase.
func (r *run) containing(phrase string, in zone) (*roaring.Bitmap, error) {
	docs := roaring.New()
	if in != inSection {
		found, err := r.containingIn(Grams, phrase, in)
		if err != nil {
			return nil, err
		}
		docs.Or(found)
	}
	if in == inSection || in == anywhere && r.by == search.ByArticle {
		found, err := r.containingIn(SectionGrams, phrase, in)
		if err != nil {
			return nil, err
		}
		docs.Or(found)
	}
	return docs, nil
}

func (r *run) containingIn(field, asked string, in zone) (*roaring.Bitmap, error) {
	phrase := r.cut.FoldString(asked)
	docs, exact, err := r.candidates(field, phrase, in)
	if err != nil || exact {
		return docs, err
	}
	sure, err := r.cutOut(docs, field, phrase)
	if err != nil {
		return nil, err
	}
	found, err := r.verify(roaring.AndNot(docs, sure), field, func(text string) bool {
		return containsAsked(text, asked, phrase) || strings.Contains(r.cut.FoldString(text), phrase)
	})
	if err != nil {
		return nil, err
	}
	return roaring.Or(found, sure), nil
}

// containsAsked tells whether a text contains a phrase just as it was asked for,
// which spares folding the text: folding goes character by character, but for
// white space.
func containsAsked(text, asked, folded string) bool {
	return !strings.Contains(folded, " ") && strings.Contains(text, asked)
}

// cutOut returns those of docs whose text need not be looked at: a phrase that
// was cut out of it as a word stands there.
func (r *run) cutOut(docs *roaring.Bitmap, field, phrase string) (*roaring.Bitmap, error) {
	if field != Grams || docs.IsEmpty() {
		return roaring.New(), nil
	}
	found, err := r.postings.Documents(Words, phrase)
	if err != nil {
		return nil, err
	}
	found.And(docs)
	return found, nil
}

// candidates returns documents of a zone among which are all that contain the
// folded phrase. exact says that they are no others: one or two Han characters
// are a gram themselves, as are runs of letters and digits. They must not be changed.
func (r *run) candidates(field, phrase string, in zone) (docs *roaring.Bitmap, exact bool, err error) {
	docs, exact, err = r.holdingGrams(field, phrase)
	switch {
	case err != nil || field != Grams:
	case in == inTitle:
		docs = roaring.And(docs, r.columns.heads)
	case r.by == search.ByParagraph:
		docs = roaring.AndNot(docs, r.columns.heads)
	}
	return docs, exact, err
}

func (r *run) holdingGrams(field, phrase string) (docs *roaring.Bitmap, exact bool, err error) {
	if isSingleHan(phrase) {
		docs, err = r.character(field, phrase)
		return docs, true, err
	}
	inner, edges := phraseGrams(phrase)
	exact = isHanBigram(phrase)
	switch {
	case len(inner) > 0:
		docs, err = r.postings.Common(field, inner...)
	case len(edges) > 0:
		docs, err = r.edgeDocuments(field, edges[0])
		exact = edges[0].text == phrase // 919: each run that contains it is a term
		edges = edges[1:]
	case field == SectionGrams:
		return r.sectioned(phrase), true, nil
	default:
		return r.signed(phrase)
	}
	if err != nil {
		return nil, false, err
	}
	for _, e := range edges {
		if docs.GetCardinality() <= fewCandidates {
			break
		}
		found, err := r.edgeDocuments(field, e)
		if err != nil {
			return nil, false, err
		}
		docs = roaring.And(docs, found)
	}
	return docs, exact, nil
}

// fewCandidates is how many texts are sooner looked at than a dictionary is
// scanned for the pieces at a phrase's ends.
const fewCandidates = 1000

func isHanBigram(s string) bool {
	return utf8.RuneCountInString(s) == 2 && isHan(s)
}

// edge is a piece at a phrase's end of which a text may hold more: a Han
// character or a run of Latin letters and digits, with the Han character
// beside it where the phrase has one.
type edge struct {
	text          string
	opens, closes bool // it may go on to the left, to the right
}

// phraseGrams splits a folded phrase into the grams that each text holds
// which contains it, and the pieces at its ends that may be cut from longer
// ones; those at the right end, which are cheap to look up, come first.
func phraseGrams(phrase string) (inner []string, edges []edge) {
	var left, right edge
	for _, g := range analyzer.Grams(phrase) {
		first, last := g.Start == 0, g.End == len(phrase)
		mixed, run := isMixed(g.Term), isRun(g.Term)
		switch {
		case run && first && last:
			right = edge{text: g.Term, opens: true, closes: true}
		case run && first: // the longer term, with the Han character, comes later
			left = edge{text: g.Term, opens: true}
		case last && (mixed && !run || run && !mixed && right.text == ""):
			right = edge{text: g.Term, closes: true}
		case last && (run && !mixed):
		case isEndGram(g.Term) && last:
			if !endsInWord(phrase[:g.Start]) { // a character alone
				right = edge{text: g.Term, closes: true}
			}
		default:
			inner = append(inner, g.Term)
		}
	}
	for _, e := range []edge{right, left} {
		if e.text != "" {
			edges = append(edges, e)
		}
	}
	return inner, edges
}

// endsInWord tells whether s ends in a character that a gram joins to a Han
// character behind it.
func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return textnorm.IsHan(r) || textnorm.IsWordRune(r)
}

// isMixed tells a gram that is a run with the Han character beside it.
func isMixed(term string) bool {
	first, _ := utf8.DecodeRuneInString(term)
	last, _ := utf8.DecodeLastRuneInString(term)
	return textnorm.IsHan(first) != textnorm.IsHan(last)
}

// isRun tells a gram that begins with a run of Latin letters and digits.
func isRun(term string) bool {
	r, _ := utf8.DecodeRuneInString(term)
	return !textnorm.IsHan(r)
}

// edgeDocuments returns the documents that hold a gram which e may be cut from.
func (r *run) edgeDocuments(field string, cut edge) (*roaring.Bitmap, error) {
	switch {
	case !isRun(cut.text):
		return r.character(field, cut.text)
	case !cut.opens:
		return r.anyTerm(field, cut.text, after(cut.text), nil)
	case !cut.closes:
		return r.runs(field, func(t string) bool { return strings.HasSuffix(t, cut.text) })
	}
	return r.runs(field, func(t string) bool { return strings.Contains(t, cut.text) })
}
