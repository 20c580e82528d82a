package page

import (
	"strings"

	"xunwen/internal/news"
)

// assembler makes articles of the outline of a page.
type assembler struct {
	builder
	*outline
	titles headlineReader
}

// assemble makes articles of the outline of a page.
func assemble(page *pageLines, found arrangement, furniture Furniture) (Result, error) {
	o, choice := found.outline, found.choice
	a := &assembler{outline: o, titles: headlineReader{page, o.pieces, found.words}}
	a.furniture, a.blocks = furniture, make([]Block, len(o.pieces))
	for i := range o.pieces {
		p := &o.pieces[i]
		a.blocks[i] = Block{
			FirstLine: page.lines[p.from].no,
			LastLine:  page.lines[p.to-1].no,
			Role:      RoleUnread,
			Reason:    p.reason,
			Text:      p.raw,
		}
	}
	a.open()
	for i := range o.passages {
		a.passage(page, i, choice.opens)
		if i == len(o.headings) {
			break
		}
		h, margin := &o.headings[i], choice.margin[i]
		if choice.cut[i] == isSection {
			a.heading(h, margin)
			continue
		}
		before, after := h.split(choice.cut[i])
		if len(before.pieces) > 0 {
			a.headline(&before, margin, below)
		}
		a.open()
		if len(after.pieces) > 0 {
			a.headline(&after, margin, above)
		}
	}
	return a.result()
}

// headline sets the headings of the current article.
func (a *assembler) headline(h *heading, margin float64, at side) {
	parts, roles := a.titles.read(h)
	d := a.current
	d.article.Title, d.article.Kicker, d.article.Subtitle = parts.title, parts.kicker, parts.subtitle
	d.margin = min(d.margin, margin)
	for k, i := range h.pieces {
		a.note(i, roles[k], "headline "+at.String()+" its text: "+a.pieces[i].why())
	}
	a.bylines(h)
}

// heading sets a section heading for the paragraphs that follow.
func (a *assembler) heading(h *heading, margin float64) {
	d := a.current
	for _, i := range h.pieces {
		a.note(i, RoleSection, "section heading: "+a.pieces[i].why())
	}
	d.section, d.unused = h.text, h.pieces
	d.margin = min(d.margin, margin)
	a.bylines(h)
}

func (a *assembler) bylines(h *heading) {
	for _, i := range h.names {
		a.bylineOf(i)
	}
}

// bylineOf takes the byline of piece i.
func (a *assembler) bylineOf(i int) {
	a.note(i, RoleByline, a.pieces[i].reason)
	a.byline(a.pieces[i].names)
}

// passage adds what is between two headings.
func (a *assembler) passage(page *pageLines, n int, opens map[itemAt]bool) {
	s := &a.passages[n]
	for k := range s.items {
		it := &s.items[k]
		if opens[itemAt{n, k}] {
			a.open()
		}
		i := it.pieces[0]
		p := &a.pieces[i]
		switch it.kind {
		case textPiece:
			a.text(it)
		case tablePiece:
			a.table(page.of(p.span))
			a.note(i, RoleTable, p.reason)
		case captionPiece:
			a.add(news.Caption, "", spaceCredit(p.raw))
			a.note(i, RoleCaption, p.reason)
		case bylinePiece:
			a.bylineOf(i)
		case furniturePiece:
			a.note(i, RoleFurniture, p.reason)
		}
	}
}

// text adds a paragraph.
func (a *assembler) text(it *item) {
	for _, i := range it.pieces {
		a.note(i, RoleBody, a.pieces[i].why())
	}
	a.blocks[it.pieces[len(it.pieces)-1]].Removed = a.paragraph(it.text, a.rawOf(it))
}

// rawOf returns a paragraph with the blanks between names, if it may name reporters.
func (a *assembler) rawOf(it *item) string {
	if !namesReporters(it.text) {
		return it.text
	}
	var raw strings.Builder
	for _, i := range it.pieces {
		raw.WriteString(a.pieces[i].raw)
	}
	return raw.String()
}

// namesReporters reports whether a text has the words before the names of reporters.
func namesReporters(s string) bool {
	return strings.Contains(s, "记者") || strings.Contains(s, "通讯员") ||
		strings.Contains(s, "記者") || strings.Contains(s, "通訊員")
}
