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
					tail := r.pieces[it.pieces[len(it.pieces)-1]].text
					it.pieces = append(it.pieces, i)
					it.text += r.join.glue(tail, p.text) + p.text
					break
				}
			}
			s.items = append(s.items, item{pieces: []int{i}, kind: p.kind, text: p.text})
		case p.kind == bylinePiece && inHeading && !p.closing:
			h := &o.headings[len(o.headings)-1]
			h.names = append(h.names, i)
		default:
			it := item{pieces: []int{i}, kind: p.kind, text: p.raw}
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
	return o
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
