package page

import "strings"

// outline is the page as headings with text between them: passage i precedes
// heading i, the last passage follows the last heading.
type outline struct {
	pieces   []piece
	headings []heading
	passages []passage
}

// heading is a group of heading pieces with no body text between them.
type heading struct {
	pieces []int // heading pieces
	names  []int // byline pieces in the group
	text   string
}

// split divides a heading into the one of the article before it, of n pieces, and
// the one of the article after it.
func (h *heading) split(n int) (before, after heading) {
	before.pieces, after.pieces = h.pieces[:n], h.pieces[n:]
	if len(after.pieces) > 0 {
		after.names = h.names
	} else {
		before.names = h.names
	}
	return before, after
}

// passage is what is between two headings.
type passage struct {
	items []item
}

// item is a paragraph (its pieces) or one piece of another kind.
type item struct {
	pieces []int
	kind   pieceKind
	text   string // of a paragraph, with its source
}

func (s *passage) paragraphs() int {
	n := 0
	for i := range s.items {
		if s.items[i].kind == textPiece || s.items[i].kind == tablePiece {
			n++
		}
	}
	return n
}

// outliner builds an outline from the labelled pieces in order.
type outliner struct {
	*outline
	inHeading bool   // the last piece that is text is a heading
	loose     []item // captions and furniture since then
}

// newOutline groups the labelled pieces.
func newOutline(pieces []piece, j joiner) *outline {
	b := &outliner{outline: &outline{pieces: pieces, passages: make([]passage, 1)}}
	for i := range pieces {
		p := &pieces[i]
		switch {
		case p.kind == textPiece && p.label == labelHeading:
			b.heading(i)
		case p.kind == textPiece || p.kind == tablePiece:
			b.body(i, p)
		case p.kind == bylinePiece && b.inHeading && !p.closing:
			h := &b.headings[len(b.headings)-1]
			h.names = append(h.names, i)
		case b.inHeading:
			b.loose = append(b.loose, item{pieces: []int{i}, kind: p.kind})
		default:
			b.last().items = append(b.last().items, item{pieces: []int{i}, kind: p.kind})
		}
	}
	b.last().items = append(b.last().items, b.loose...)
	for i := range b.passages {
		for k := range b.passages[i].items {
			it := &b.passages[i].items[k]
			it.text = b.textOf(it, j)
		}
	}
	for i := range b.headings {
		b.headings[i].text = b.textOfHeading(&b.headings[i])
	}
	return b.outline
}

func (b *outliner) last() *passage { return &b.passages[len(b.passages)-1] }

func (b *outliner) heading(i int) {
	if !b.inHeading {
		b.headings = append(b.headings, heading{})
		b.passages = append(b.passages, passage{})
	}
	h := &b.headings[len(b.headings)-1]
	h.pieces = append(h.pieces, i)
	b.inHeading = true
}

// body adds a paragraph or continues the last one of its passage.
func (b *outliner) body(i int, p *piece) {
	s := b.last()
	s.items = append(s.items, b.loose...)
	b.loose, b.inHeading = nil, false
	if p.kind == textPiece && p.label == labelContinues {
		if k := s.lastParagraph(); k >= 0 {
			s.items[k].pieces = append(s.items[k].pieces, i)
			return
		}
	}
	s.items = append(s.items, item{pieces: []int{i}, kind: p.kind})
}

// textOf joins the pieces of a paragraph.
func (o *outline) textOf(it *item, j joiner) string {
	if it.kind != textPiece {
		return o.pieces[it.pieces[0]].raw
	}
	if len(it.pieces) == 1 {
		return o.pieces[it.pieces[0]].text
	}
	var b strings.Builder
	tail := ""
	for _, i := range it.pieces {
		text := o.pieces[i].text
		b.WriteString(j.glue(tail, text))
		b.WriteString(text)
		tail = text
	}
	return b.String()
}

func (s *passage) lastParagraph() int {
	for k := len(s.items) - 1; k >= 0; k-- {
		if s.items[k].kind == textPiece {
			return k
		}
	}
	return -1
}

func (o *outline) textOfHeading(h *heading) string {
	var b strings.Builder
	for _, i := range h.pieces {
		b.WriteString(o.pieces[i].text)
	}
	return b.String()
}
