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
	headline bool // found to be one while interleaved articles were separated
}

// splitter splits a page into pieces.
type splitter struct {
	*layout
	pieces    []piece
	furniture Furniture        // what the furniture among them states
	headEnd   int              // line after the head of the page
	heads     map[int]headLine // of the head of the page
	dayLines  map[int]bool     // lines of a day on several lines
}

// splitPieces splits the blocks of a page into pieces and assigns the kinds that
// are evident from the lines.
func splitPieces(page *layout) ([]piece, Furniture) {
	some := len(page.blocks) + len(page.blocks)/4
	sp := &splitter{layout: page, pieces: make([]piece, 0, some), heads: map[int]headLine{}}
	sp.findDay()
	for b, block := range page.blocks {
		kinds := sp.lineKinds(block)
		for from := block.from; from < block.to; {
			to := from + 1
			for to < block.to && kinds[to-block.from] == kinds[from-block.from] {
				to++
			}
			sp.addRun(b, span{from, to}, kinds[from-block.from])
			from = to
		}
	}
	readListsAsText(sp.pieces)
	return sp.pieces, sp.furniture
}

// addRun adds the pieces of a run of lines of one kind.
func (sp *splitter) addRun(block int, run span, kind pieceKind) {
	reason := "rows with the same number of cells"
	switch kind {
	case textPiece:
		for _, s := range sp.splitRun(run) {
			sp.addPiece(block, s)
		}
		return
	case furniturePiece:
		reason = "head or foot line, or a jump line"
	}
	sp.pieces = append(sp.pieces, piece{span: run, kind: kind, block: block, raw: sp.raw(run), reason: reason})
}

func (sp *splitter) addPiece(block int, s span) {
	p := piece{span: s, block: block, text: sp.join(sp.of(s)), raw: sp.raw(s)}
	p.indented = sp.lines[s.from].indented()
	switch ok, names, closing := readByline(p.raw); {
	case ok && (s.len() == 1 || bylineHead.MatchString(sp.lines[s.from].raw)):
		p.kind, p.names, p.closing = bylinePiece, names, closing
		p.reason = "a byline and nothing else"
	case isCredit(p.text) && sp.lastIsCaption(block):
		sp.extendCaption(s)
		return
	case isCaption(p.raw, s.len()):
		p.kind, p.reason = captionPiece, "begins or ends like a caption"
	}
	sp.pieces = append(sp.pieces, p)
}

// lastIsCaption reports whether the last piece may be a caption whose credit is
// in a block of its own.
func (sp *splitter) lastIsCaption(block int) bool {
	if len(sp.pieces) == 0 {
		return false
	}
	p := &sp.pieces[len(sp.pieces)-1]
	const few = 4 // lines
	return p.block >= block-1 && p.len() <= few &&
		(p.kind == captionPiece || p.kind == textPiece && endMark(p.text).endsSentence())
}

func (sp *splitter) extendCaption(s span) {
	p := &sp.pieces[len(sp.pieces)-1]
	p.to = s.to
	p.text += sp.join(sp.of(s))
	p.raw += " " + sp.raw(s)
	p.kind, p.reason = captionPiece, "its credit follows"
}

// lineKinds separates furniture and table rows from text, line by line.
func (sp *splitter) lineKinds(block span) []pieceKind {
	kinds := make([]pieceKind, block.len())
	const longestHead = 8 // lines of a head with one part a line
	all, sure, dated, marked := block.len() <= longestHead, false, false, false
	heads := make([]headLine, block.len())
	for i := range heads {
		heads[i] = sp.headLine(block.from + i)
		if sp.dayLines[block.from+i] {
			heads[i].sure, heads[i].possible, heads[i].read.Page = true, true, ""
		}
		h := &heads[i]
		all, sure = all && h.possible, sure || h.sure
		dated = dated || h.read.Date != ""
		marked = marked || h.week || h.read.Page != "" || pageNames[h.read.PageName] || h.read.Publication != ""
	}
	whole := all && (sure || dated && marked) || sp.aloneIsFurniture(block, heads)
	for i, h := range heads {
		if whole || h.sure || sp.isJump(block, block.from+i) {
			kinds[i] = furniturePiece
			sp.furniture.fill(h.read)
		}
	}
	if !whole {
		sp.markTables(block, kinds)
	}
	return kinds
}

// isJump reports whether line i is a jump line, and not the rest of one that
// begins on the line before.
func (sp *splitter) isJump(block span, i int) bool {
	return isJump(sp.lines[i].text) && !(i > block.from && jumpRest.MatchString(tailOf(sp.lines[i-1].text, tailRunes)))
}

func isJump(text string) bool {
	return strings.Contains(text, "版") &&
		(jumpHead.ReplaceAllString(text, "") == "" || jumpTail.ReplaceAllString(text, "") == "")
}

// aloneIsFurniture reports whether a block is a folio, the name of a page or a
// line without Chinese.
func (sp *splitter) aloneIsFurniture(block span, read []headLine) bool {
	if block.len() > 2 || sp.breaksOffBefore(block.from) {
		return false
	}
	for i, h := range read {
		raw := sp.lines[block.from+i].raw
		known := asBarePage(raw) != "" || pageNames[h.read.PageName] || h.read.Publication != "" || h.read.Date != "" ||
			h.week && h.read.PageName == "" && block.to <= sp.headEnd
		if !(h.possible && known) && hasHan(raw) {
			return false
		}
	}
	return true
}

// breaksOffBefore reports whether the text before line i breaks off, so that a
// name there may be the rest of it: 据 / 人民日报.
func (sp *splitter) breaksOffBefore(i int) bool {
	for i--; i >= 0; i-- {
		if s := sp.lines[i].text; s != "" {
			return strings.HasSuffix(s, "据") ||
				textnorm.IsHan(lastRune(s)) && sp.width(i) >= sp.geo.column-sp.geo.spread-1
		}
	}
	return false
}
