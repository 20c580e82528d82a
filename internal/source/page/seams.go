package page

// stretch is a run of paragraphs without a heading and without a place where another
// article may begin.
type stretch struct {
	passage  int
	from, to int // items of the passage
	texts    []string
	ids      []int32 // distinct bigrams
}

// seam is a place where an article may end and another begin: at the headings between
// two stretches, or where a text ends with its source and another follows. Seam i
// precedes stretch i; the last one is the end of the page.
type seam struct {
	heading     int       // in the outline; -1 for none
	pieces      []int     // of the heading
	words       [][]int32 // their bigrams
	isHeadline  bool      // it is known to be one
	numbered    bool      // 一、…
	quoted      bool      // a text after it contains it word for word
	inBlock     bool      // no blank line separates it from the text after it
	bylineAfter bool
	closed      bool     // the text before it ends with a source or byline
	breaksOff   bool     // the text before it doesn't end a sentence
	dateline    bool     // the text after it begins with one
	opening     evidence // of the first words after it for the beginning of an article
	related     perReach // share of the words of the stretch after it that the last 1, 2, … stretches contain
	next        float64  // share of the words of the heading in the stretch after it

	// What its pieces are as a headline: below[k] the first k of them, of the article
	// before it; above[k] all but the first k, of the article after it.
	below, above []title
}

// title is a possible headline.
type title struct {
	look evidence
	fit  perReach // evidence of the words that it shares with the 1, 2, … stretches next to it
}

// seamReach is the most stretches of text that an article has where headlines are on
// either side.
const seamReach = 24

// perReach has a value for each number of stretches.
type perReach [seamReach + 1]float64

// seams are the stretches of a page and the seams between them.
type seams struct {
	*outline
	page      *layout
	use       evidenceKinds
	stretches []stretch
	at        []seam
	index     *bigramIndex // of the stretches
}

// newSeams observes the seams of a page, in time linear in the page.
func newSeams(lb *labeller, o *outline, words itemBigrams) *seams {
	s := &seams{outline: o, page: lb.layout, use: lb.use, index: words.index()}
	if !s.use.has(kindSide) {
		return s
	}
	known := make([]int, len(words.bigramNumbers)) // by bigram: 1 + the last stretch that contains it
	for i := range o.passages {
		s.divide(i, words.items[i], known)
	}
	if !s.mayMix() {
		return s
	}
	for i := range s.stretches {
		t := &s.stretches[i]
		for _, it := range s.items(t) {
			if it.kind == textPiece {
				t.texts = append(t.texts, it.text)
			}
		}
		t.ids = s.index.add(words.items[t.passage][t.from:t.to]...)
	}
	s.at = make([]seam, len(s.stretches)+1)
	for i := range s.at {
		s.observe(i)
	}
	s.compareBackward()
	s.compareForward()
	return s
}

// mayMix reports whether the page has enough texts for headlines on different sides.
func (s *seams) mayMix() bool { return len(s.stretches) > 1 && len(s.headings) > 0 }

// whole reports whether each stretch is a passage.
func (s *seams) whole() bool {
	n := 0
	for i := range s.passages {
		if s.passages[i].paragraphs() > 0 {
			n++
		}
	}
	return s.mayMix() && n == len(s.stretches)
}

func (s *seams) items(t *stretch) []item { return s.passages[t.passage].items[t.from:t.to] }

// divide appends the stretches of passage i, whose texts have the given bigrams.
func (s *seams) divide(i int, words [][]int32, known []int) {
	items := s.passages[i].items
	from, last, closed := 0, -1, false
	for k := range items {
		it := &items[k]
		switch it.kind {
		case tablePiece:
			last, closed = k, false
		case textPiece:
			if last >= 0 && (closed || s.pieces[it.pieces[0]].dateline || opens(it.text) ||
				s.isForeign(words[k], known)) {
				s.stretches = append(s.stretches, stretch{passage: i, from: from, to: k})
				from = k
			}
			for _, id := range words[k] {
				known[id] = len(s.stretches) + 1
			}
			last, closed = k, s.lastPiece(it).source
		default:
			closed = closed || s.closes(it)
		}
	}
	if last >= 0 {
		s.stretches = append(s.stretches, stretch{passage: i, from: from, to: len(items)})
	}
}

// isForeign reports whether a text of the given bigrams has hardly any of them in common
// with the stretch before it.
func (s *seams) isForeign(words []int32, known []int) bool {
	const (
		enough       = 20 // bigrams: fewer say little
		few, hundred = 3, 100
	)
	if len(words) < enough || !s.use.has(kindWords) {
		return false
	}
	n := 0
	for _, id := range words {
		if known[id] == len(s.stretches)+1 {
			n++
		}
	}
	return n*hundred < few*len(words)
}

func (o *outline) lastPiece(it *item) *piece { return &o.pieces[it.pieces[len(it.pieces)-1]] }

// closes reports whether an item other than text ends an article.
func (s *seams) closes(it *item) bool {
	return s.use.has(kindClosing) && (it.kind == bylinePiece ||
		it.kind == furniturePiece && jumpTail.MatchString(s.pieces[it.pieces[0]].raw))
}

// observe observes seam i.
func (s *seams) observe(i int) {
	g := &s.at[i]
	g.heading = s.headingAt(i)
	if g.heading >= 0 {
		h := &s.headings[g.heading]
		g.pieces, g.bylineAfter = h.pieces, len(h.names) > 0
		g.isHeadline = s.pieces[h.pieces[0]].headline
		g.numbered = numberedHead.MatchString(h.text)
		unknown := 1 // bigrams that the text doesn't have, beyond those across its line breaks
		for _, k := range h.pieces {
			ids := s.index.lookUp(s.pieces[k].text)
			g.words = append(g.words, ids)
			unknown -= s.pieces[k].len()
			for _, id := range ids {
				if id < 0 {
					unknown++
				}
			}
		}
		for k := i; unknown <= 0 && k < min(i+quoteReach, len(s.stretches)) && !g.quoted; k++ {
			g.quoted = s.quotes(h, s.stretches[k].texts)
		}
	}
	if i > 0 {
		s.describeEnd(g, s.items(&s.stretches[i-1]))
	}
	if i < len(s.stretches) {
		s.describeBeginning(g, s.items(&s.stretches[i]))
	}
	if len(g.pieces) == 0 {
		return
	}
	g.below, g.above = make([]title, len(g.pieces)+1), make([]title, len(g.pieces)+1)
	for k := range g.below {
		g.below[k].look, g.above[k].look = s.titleLook(g.pieces[:k]), s.titleLook(g.pieces[k:])
	}
}

// quoteReach is how many stretches after a section heading may contain its words: one,
// and those of another article where columns are interleaved.
const quoteReach = 8

// headingAt returns the heading at seam i, -1 for none.
func (s *seams) headingAt(i int) int {
	switch {
	case i < len(s.stretches) && s.stretches[i].from == 0:
		return s.stretches[i].passage - 1
	case i == len(s.stretches) && s.stretches[i-1].passage < len(s.headings):
		return s.stretches[i-1].passage
	}
	return -1
}

// quotes reports whether the texts contain each line of a heading word for word.
func (s *seams) quotes(h *heading, texts []string) bool {
	if anyContains(texts, h.text) {
		return true
	}
	for _, k := range h.pieces {
		for _, l := range s.page.of(s.pieces[k].span) {
			if !anyContains(texts, l.text) {
				return false
			}
		}
	}
	return true
}

// describeEnd observes how the stretch before a seam ends.
func (s *seams) describeEnd(g *seam, items []item) {
	for k := len(items) - 1; k >= 0; k-- {
		it := &items[k]
		if it.kind == textPiece || it.kind == tablePiece {
			p := s.lastPiece(it)
			g.closed = g.closed || p.source
			g.breaksOff = it.kind == textPiece && p.end == endOpen && !g.closed
			return
		}
		g.closed = g.closed || s.closes(it)
	}
}

// describeBeginning observes how the stretch after a seam begins.
func (s *seams) describeBeginning(g *seam, items []item) {
	for k := range items {
		if it := &items[k]; it.kind == textPiece {
			p := &s.pieces[it.pieces[0]]
			g.inBlock = g.heading >= 0 && p.block == s.pieces[g.pieces[len(g.pieces)-1]].block
			if s.use.has(kindOpening) {
				g.dateline, g.opening = p.dateline, opening(it.text)
			}
			return
		}
	}
}
