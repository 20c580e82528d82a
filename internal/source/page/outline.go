package page

import "strings"

// outline is the page as headings with text between them: segment i stands
// before heading i, the last segment after the last heading.
type outline struct {
	headings []heading
	segments []segment
}

// heading is a group of heading pieces with nothing of the body between them.
type heading struct {
	pieces []int // heading pieces
	names  []int // byline pieces in the group
	apart  bool  // a caption or furniture stands inside
}

// segment is what stands between two headings.
type segment struct {
	items []item
}

// item is a paragraph (its pieces) or one piece of another kind.
type item struct {
	pieces []int
	kind   kind
	text   string // of a paragraph, before the source is cut off
}

func (s *segment) paragraphs() int {
	n := 0
	for i := range s.items {
		if s.items[i].kind == textPiece || s.items[i].kind == tablePiece {
			n++
		}
	}
	return n
}

// outline groups the labelled pieces.
func (r *reader) outline() *outline {
	o := &outline{segments: make([]segment, 1)}
	inHeading := false
	var loose []item // since the last heading piece: captions, furniture
	for i := range r.pieces {
		p := &r.pieces[i]
		switch {
		case p.kind == textPiece && p.label == head:
			if !inHeading {
				o.headings = append(o.headings, heading{})
				o.segments = append(o.segments, segment{})
			}
			h := &o.headings[len(o.headings)-1]
			if inHeading && len(loose) > 0 {
				h.apart = true
			}
			h.pieces = append(h.pieces, i)
			inHeading = true
		case p.kind == textPiece || p.kind == tablePiece:
			s := &o.segments[len(o.segments)-1]
			s.items = append(s.items, loose...)
			loose, inHeading = nil, false
			if p.kind == textPiece && p.label == goOn {
				if k := s.lastParagraph(); k >= 0 {
					it := &s.items[k]
					it.pieces = append(it.pieces, i)
					break
				}
			}
			s.items = append(s.items, item{pieces: []int{i}, kind: p.kind})
		case p.kind == bylinePiece && inHeading && !p.closing:
			h := &o.headings[len(o.headings)-1]
			h.names = append(h.names, i)
		default:
			it := item{pieces: []int{i}, kind: p.kind}
			if inHeading {
				loose = append(loose, it)
			} else {
				s := &o.segments[len(o.segments)-1]
				s.items = append(s.items, it)
			}
		}
	}
	s := &o.segments[len(o.segments)-1]
	s.items = append(s.items, loose...)
	for i := range o.segments {
		for k := range o.segments[i].items {
			it := &o.segments[i].items[k]
			it.text = r.textOf(it)
		}
	}
	return o
}

// textOf joins the pieces of a paragraph.
func (r *reader) textOf(it *item) string {
	if it.kind != textPiece {
		return r.pieces[it.pieces[0]].raw
	}
	if len(it.pieces) == 1 {
		return r.pieces[it.pieces[0]].text
	}
	var b strings.Builder
	tail := ""
	for _, i := range it.pieces {
		text := r.pieces[i].text
		b.WriteString(r.join.glue(tail, text))
		b.WriteString(text)
		tail = text
	}
	return b.String()
}

func (s *segment) lastParagraph() int {
	for k := len(s.items) - 1; k >= 0; k-- {
		if s.items[k].kind == textPiece {
			return k
		}
	}
	return -1
}

func (r *reader) headingText(h *heading) string {
	var b strings.Builder
	for _, i := range h.pieces {
		b.WriteString(r.pieces[i].text)
	}
	return b.String()
}
