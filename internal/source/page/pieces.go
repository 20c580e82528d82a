package page

import (
	"strings"

	"xunwen/internal/textnorm"
)

// pieceKind is what a piece is before the page is read as a whole.
type pieceKind int

const (
	textPiece pieceKind = iota // body or heading: decided in label.go
	furniturePiece
	captionPiece
	bylinePiece
	tablePiece
)

// piece is a run of lines that belong together: a blank-separated block, or a
// part of one where the lines show that something else begins.
type piece struct {
	span
	kind     pieceKind
	text     string // joined
	raw      string // joined, with blanks kept
	block    int    // index of its blank-separated block
	names    string // of a byline
	closing  bool   // the byline is in brackets, which ends an article
	indented bool
	reason   string

	// Measurements of a text piece for the model.
	column   int // cells of a full line here
	first    int // width of its first line
	last     int // width of its last line
	need     int // room that its beginning needs on a line
	rag      int // lines, not counting the last, with room for what follows
	overflow int // cells by which its widest line exceeds the column
	end      ending
	unclosed bool // a bracket is open at its end
	source   bool // ends with a source or byline, which closes an article
	dateline bool // begins with one, which opens an article
	verse    bool // short lines that are kept as they are
	label    label
}

// reader holds the state of one page while it is read.
type reader struct {
	lines     []line
	blocks    []span
	pieces    []piece
	geo       geometry
	fill      fill
	join      joiner
	furniture Furniture
	bigrams   *bigramIndex // of the body text

	without evidenceKinds // evidence that is ignored
}

// splitPieces splits the blocks into pieces and assigns the kinds that are
// evident from the lines.
func (r *reader) splitPieces() {
	r.pieces = make([]piece, 0, len(r.blocks)+len(r.blocks)/4)
	for b, block := range r.blocks {
		kinds := r.lineKinds(block)
		for from := block.from; from < block.to; {
			to := from + 1
			for to < block.to && kinds[to-block.from] == kinds[from-block.from] {
				to++
			}
			run := span{from, to}
			switch kinds[from-block.from] {
			case textPiece:
				for _, s := range r.splitRun(run) {
					r.addPiece(b, s)
				}
			case furniturePiece:
				r.pieces = append(
					r.pieces,
					piece{
						span:   run,
						kind:   furniturePiece,
						block:  b,
						raw:    r.rawOf(run),
						reason: "head or foot line, or a jump line",
					},
				)
			case tablePiece:
				r.pieces = append(
					r.pieces,
					piece{
						span:   run,
						kind:   tablePiece,
						block:  b,
						raw:    r.rawOf(run),
						reason: "rows with the same number of cells",
					},
				)
			}
			from = to
		}
	}
	readListsAsText(r.pieces)
}

func (r *reader) addPiece(block int, s span) {
	p := piece{span: s, block: block, text: r.join.join(r.lines[s.from:s.to]), raw: r.rawOf(s)}
	p.indented = r.lines[s.from].indented()
	switch ok, names, closing := readByline(p.raw); {
	case ok && (s.len() == 1 || bylineHead.MatchString(r.lines[s.from].raw)):
		p.kind, p.names, p.closing = bylinePiece, names, closing
		p.reason = "a byline and nothing else"
	case isCredit(p.text) && r.lastIsCaption(block):
		r.extendCaption(s)
		return
	case isCaption(p.raw, s.len()):
		p.kind, p.reason = captionPiece, "begins or ends like a caption"
	}
	r.pieces = append(r.pieces, p)
}

// lastIsCaption reports whether the last piece may be a caption whose credit is
// in a block of its own.
func (r *reader) lastIsCaption(block int) bool {
	if len(r.pieces) == 0 {
		return false
	}
	p := &r.pieces[len(r.pieces)-1]
	const few = 4 // lines
	return p.block >= block-1 && p.len() <= few &&
		(p.kind == captionPiece || p.kind == textPiece && endMark(p.text).endsSentence())
}

func (r *reader) extendCaption(s span) {
	p := &r.pieces[len(r.pieces)-1]
	p.to = s.to
	p.text += r.join.join(r.lines[s.from:s.to])
	p.raw += " " + r.rawOf(s)
	p.kind, p.reason = captionPiece, "its credit follows"
}

// rawOf joins lines keeping the blanks in them, as captions and bylines need;
// letter-spacing is removed all the same.
func (r *reader) rawOf(s span) string {
	var b strings.Builder
	tail := ""
	for i := s.from; i < s.to; i++ {
		l := &r.lines[i]
		part := strings.ReplaceAll(l.raw, "\t", " ")
		if isTracked(strings.Fields(part)) {
			part = l.text
		}
		if i > s.from {
			b.WriteString(r.join.glue(tail, part))
		}
		b.WriteString(part)
		tail = part
	}
	return b.String()
}

// lineKinds separates furniture and table rows from text, line by line.
func (r *reader) lineKinds(block span) []pieceKind {
	kinds := make([]pieceKind, block.len())
	const longestHead = 8 // lines of a head with one part a line
	all, sure := block.len() <= longestHead, false
	heads := make([]headLine, block.len())
	for i := range heads {
		heads[i] = readHeadLine(r.lines[block.from+i].raw)
		all, sure = all && heads[i].possible, sure || heads[i].sure
	}
	whole := all && sure || r.aloneIsFurniture(block, heads)
	for i, h := range heads {
		if whole || h.sure || r.isJump(block, block.from+i) {
			kinds[i] = furniturePiece
			r.furniture.fill(h.read)
		}
	}
	if !whole {
		r.markTables(block, kinds)
	}
	return kinds
}

// isJump reports whether line i is a jump line, and not the rest of one that
// begins on the line before.
func (r *reader) isJump(block span, i int) bool {
	return isJump(r.lines[i].text) && !(i > block.from && jumpRest.MatchString(tailOf(r.lines[i-1].text, tailRunes)))
}

func isJump(text string) bool {
	return strings.Contains(text, "版") &&
		(jumpHead.ReplaceAllString(text, "") == "" || jumpTail.ReplaceAllString(text, "") == "")
}

// aloneIsFurniture reports whether a block is a folio, the name of a page or a
// line without Chinese.
func (r *reader) aloneIsFurniture(block span, read []headLine) bool {
	if block.len() > 2 || r.breaksOffBefore(block.from) {
		return false
	}
	for i, h := range read {
		raw := r.lines[block.from+i].raw
		known := asBarePage(raw) != "" || pageNames[h.read.PageName] || h.read.Publication != "" || h.read.Date != ""
		if !(h.possible && known) && hasHan(raw) {
			return false
		}
	}
	return true
}

// breaksOffBefore reports whether the text before line i breaks off, so that a
// name there may be the rest of it: 据 / 人民日报.
func (r *reader) breaksOffBefore(i int) bool {
	for i--; i >= 0; i-- {
		if s := r.lines[i].text; s != "" {
			return strings.HasSuffix(s, "据") ||
				textnorm.IsHan(lastRune(s)) && r.geo.width(&r.lines[i]) >= r.geo.column-r.geo.spread-1
		}
	}
	return false
}
