package page

import (
	"math"
	"unicode/utf8"
)

// stretch is a run of paragraphs without a heading and without a place where
// another article may begin.
type stretch struct {
	passage  int
	from, to int // items of the passage
	ids      []int32
	texts    []string
}

// seam is a place where an article may end and another begin: around the headings
// between two stretches, or where a text ends with its source and another begins.
// Seam i precedes stretch i; the last one is the end of the page.
type seam struct {
	heading      int   // in the outline; -1 for none
	pieces       []int // of the heading
	headline     bool  // it is known to be one
	closed       bool  // the text before it ends with a source or byline
	breaksOff    bool  // the text before it doesn't end a sentence
	bylineBefore bool  // a byline is directly before it
	bylineAfter  bool  // a byline is directly after it
	dateline     bool  // the text after it begins with one
	inBlock      bool  // no blank line separates the heading from the text after it
	numbered     bool  // the heading is: 一、…
	verbatim     bool  // the text after it contains the heading
	opening      evidence
	related      [seamReach + 1]float64
	next         float64 // share of the heading's words in the stretch after it
	above        []title // by the pieces of the heading that belong to the article before
	below        []title
}

// title is a possible headline and how well it fits the 1, 2, … stretches next to it.
type title struct {
	look evidence
	fit  [seamReach + 1]evidence
}

func (t *title) at(distance int) evidence { return t.look + t.fit[min(distance, seamReach)] }

// seams are the stretches of a page and the seams between them.
type seams struct {
	stretches []stretch
	at        []seam
	index     *bigramIndex
}

// newSeams observes the seams of a page.
func newSeams(o *outline, page *layout) *seams {
	s := &seams{}
	size := 0
	for i := range o.passages {
		s.divide(o, i)
		for k := range o.passages[i].items {
			size += len(o.passages[i].items[k].text)
		}
	}
	s.index = newBigramIndex(size)
	for i := range s.stretches {
		t := &s.stretches[i]
		for _, it := range o.passages[t.passage].items[t.from:t.to] {
			if it.kind == textPiece {
				t.texts = append(t.texts, it.text)
			}
		}
		t.ids = s.index.add(t.texts...)
	}
	s.at = make([]seam, len(s.stretches)+1)
	for i := range s.at {
		s.observe(o, page, i)
	}
	s.compare(o)
	return s
}

// divide appends the stretches of passage i.
func (s *seams) divide(o *outline, i int) {
	items := o.passages[i].items
	from, last, closed := 0, -1, false
	for k := range items {
		switch it := &items[k]; it.kind {
		case tablePiece:
			last, closed = k, false
		case textPiece:
			p := &o.pieces[it.pieces[0]]
			if last >= 0 && (closed || p.dateline || opensArticle.MatchString(headOf(it.text, openingRunes))) {
				s.stretches = append(s.stretches, stretch{passage: i, from: from, to: k})
				from = k
			}
			last, closed = k, o.lastPiece(it).source
		default:
			closed = closed || o.closes(it)
		}
	}
	if last >= 0 {
		s.stretches = append(s.stretches, stretch{passage: i, from: from, to: len(items)})
	}
}

func (o *outline) lastPiece(it *item) *piece { return &o.pieces[it.pieces[len(it.pieces)-1]] }

// closes reports whether an item that is no text ends an article.
func (o *outline) closes(it *item) bool {
	return it.kind == bylinePiece || it.kind == furniturePiece && jumpTail.MatchString(o.pieces[it.pieces[0]].raw)
}

// observe observes seam i.
func (s *seams) observe(o *outline, page *layout, i int) {
	g := &s.at[i]
	g.heading = -1
	var before, after *stretch
	if i > 0 {
		before = &s.stretches[i-1]
	}
	if i < len(s.stretches) {
		after = &s.stretches[i]
	}
	switch {
	case after != nil && after.from == 0:
		g.heading = after.passage - 1
	case after == nil && before != nil && before.passage < len(o.headings):
		g.heading = before.passage
	}
	if g.heading >= 0 {
		h := &o.headings[g.heading]
		g.pieces, g.bylineAfter = h.pieces, len(h.names) > 0
		g.headline = o.pieces[h.pieces[0]].headline
		g.numbered = numberedHead.MatchString(h.text)
		for k := i; k < min(i+quoteReach, len(s.stretches)) && !g.verbatim; k++ {
			g.verbatim = quotes(o, page, h, s.stretches[k].texts)
		}
	}
	s.describeEnd(o, g, before)
	s.describeBeginning(o, g, after)
	for k := range len(g.pieces) + 1 {
		g.above = append(g.above, title{look: titleLook(o, page, g.pieces[k:])})
		g.below = append(g.below, title{look: titleLook(o, page, g.pieces[:k])})
	}
}

// quotes reports whether the texts contain each line of a heading word for word.
func quotes(o *outline, page *layout, h *heading, texts []string) bool {
	if anyContains(texts, h.text) {
		return true
	}
	for _, k := range h.pieces {
		for _, l := range page.of(o.pieces[k].span) {
			if !anyContains(texts, l.text) {
				return false
			}
		}
	}
	return true
}

func (s *seams) describeEnd(o *outline, g *seam, before *stretch) {
	if before == nil {
		return
	}
	items := o.passages[before.passage].items[before.from:before.to]
	for k := len(items) - 1; k >= 0; k-- {
		it := &items[k]
		if it.kind == textPiece || it.kind == tablePiece {
			p := o.lastPiece(it)
			g.closed = g.closed || p.source
			g.breaksOff = it.kind == textPiece && p.end == endOpen && !g.closed
			return
		}
		g.closed = g.closed || o.closes(it)
		g.bylineBefore = g.bylineBefore || it.kind == bylinePiece && !o.lastPiece(it).closing
	}
}

func (s *seams) describeBeginning(o *outline, g *seam, after *stretch) {
	if after == nil {
		return
	}
	for _, it := range o.passages[after.passage].items[after.from:after.to] {
		if it.kind == textPiece {
			p := &o.pieces[it.pieces[0]]
			g.dateline, g.opening = p.dateline, opening(it.text)
			g.inBlock = g.heading >= 0 && p.block == o.pieces[g.pieces[len(g.pieces)-1]].block
			return
		}
	}
}

// titleLook is the evidence of how the pieces of a heading are set for their being
// one headline rather than a section heading.
func titleLook(o *outline, page *layout, pieces []int) evidence {
	if len(pieces) == 0 {
		return 0
	}
	runes, overflow := 0, math.MinInt
	for _, k := range pieces {
		p := &o.pieces[k]
		overflow = max(overflow, p.overflow)
		for _, l := range page.of(p.span) {
			runes = max(runes, utf8.RuneCountInString(l.text))
		}
	}
	e := headlinePrior + lengthSteps.at(float64(runes))
	if overflow > fullLineTolerance {
		e += overflowWeight
	}
	if len(pieces) > maxHeadlinePieces {
		e += tooManyPieces * float64(len(pieces)-maxHeadlinePieces)
	}
	return e
}

// compare observes the words that headings and stretches share.
func (s *seams) compare(o *outline) {
	last := make([]int, len(s.index.df)) // by bigram: 1 + the last stretch that contains it
	for i := range s.at {
		g := &s.at[i]
		if i > 0 {
			for _, id := range s.stretches[i-1].ids {
				last[id] = i
			}
		}
		back := func(id int32) int {
			if last[id] == 0 {
				return seamReach + 1
			}
			return i + 1 - last[id]
		}
		for k, piece := range g.pieces {
			s.fits(&g.below[k+1], s.index.lookUp(o.pieces[piece].text), back)
			g.below[k+1].add(&g.below[k])
		}
		if i < len(s.stretches) {
			ids := s.stretches[i].ids
			g.related = s.shares(ids[:min(len(ids), comparedBigrams)], back)
		}
	}
	next := make([]int, len(s.index.df)) // by bigram: 1 + the next stretch that contains it
	for i := len(s.stretches) - 1; i >= 0; i-- {
		g := &s.at[i]
		for _, id := range s.stretches[i].ids {
			next[id] = i + 1
		}
		ahead := func(id int32) int {
			if next[id] == 0 {
				return seamReach + 1
			}
			return next[id] - i
		}
		for k := len(g.pieces) - 1; k >= 0; k-- {
			s.fits(&g.above[k], s.index.lookUp(o.pieces[g.pieces[k]].text), ahead)
			g.above[k].add(&g.above[k+1])
		}
		if g.heading >= 0 {
			g.next = s.shares(s.index.lookUp(o.headings[g.heading].text), ahead)[1]
			if g.verbatim {
				g.next = 1
			}
		}
	}
}

// add adds the fit of the other pieces of a headline.
func (t *title) add(o *title) {
	for d := range t.fit {
		t.fit[d] += o.fit[d]
	}
}

const quoteReach = 8 // stretches after a section heading in which its words may be found

const comparedBigrams = 400

// fits sets how well a title of the given words fits the stretches next to it.
func (s *seams) fits(t *title, ids []int32, distance func(int32) int) {
	shares := s.shares(ids, distance)
	weight := math.Min(1, float64(len(ids))/fewBigrams)
	for d := range shares {
		t.fit[d] = weight * fitSteps.at(shares[d])
	}
}

// shares returns the share, by weight, of the ids that occur within 1, 2, … stretches.
func (s *seams) shares(ids []int32, distance func(int32) int) (out [seamReach + 1]float64) {
	all := 0.0
	for _, id := range ids {
		w := rareWeight(s.index.n)
		if id >= 0 {
			w = s.index.weight(id)
		}
		all += w
		if id < 0 {
			continue
		}
		if d := distance(id); d <= seamReach {
			out[d] += w
		}
	}
	for d := 1; d < len(out); d++ {
		out[d] += out[d-1]
	}
	for d := range out {
		if all > 0 {
			out[d] /= all
		}
	}
	return out
}

func rareWeight(n int32) float64 { return math.Log(1 + float64(n)) }
