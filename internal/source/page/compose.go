package page

import (
	"strings"

	"xunwen/internal/news"
)

// Part is a piece of a page whose role is known from type size and position,
// which the text alone does not have.
type Part struct {
	Role         Role     // any but RoleUnread
	Lines        []string // as set on the page
	OpensArticle bool     // begins an article; set for the first part of its headings
	Continues    bool     // of a body part: continues the body part before it
	Reason       string   // for Result.Blocks
}

// composeMargin is the evidence that a given role is right; as a confidence it
// is 0.95.
const composeMargin = 3.0

// Compose makes articles of parts in reading order. It guesses no roles; it
// joins lines and trims sources, bylines and jump lines as Parse does. The
// error, if any, is a *NoArticleError.
func Compose(parts []Part) (Result, error) {
	r := &reader{}
	for i := range parts {
		from := len(r.lines)
		for _, s := range parts[i].Lines {
			r.lines = append(r.lines, newLine(len(r.lines)+1, s))
		}
		r.pieces = append(r.pieces, piece{span: span{from, len(r.lines)}})
	}
	r.join = newJoiner(r.lines)
	c := composer{a: &assembler{r: r, blocks: make([]Block, len(parts))}, parts: parts}
	c.a.open()
	for i := range parts {
		p := &r.pieces[i]
		p.text, p.raw, p.reason = r.join.join(r.lines[p.from:p.to]), r.rawOf(p.span), parts[i].Reason
		c.a.blocks[i] = Block{FirstLine: p.from + 1, LastLine: p.to, Role: RoleUnread, Text: p.raw}
		c.add(i)
	}
	c.flush()
	return c.a.result()
}

// composer builds articles and keeps the paragraph that may still continue.
type composer struct {
	a       *assembler
	parts   []Part
	pending item
}

// flush ends the current paragraph.
func (c *composer) flush() {
	if len(c.pending.pieces) == 0 {
		return
	}
	c.a.paragraph(&c.pending)
	for _, i := range c.pending.pieces {
		c.a.blocks[i].Reason = c.parts[i].Reason
	}
	c.pending = item{}
}

func (c *composer) add(i int) {
	part, p, a := &c.parts[i], &c.a.r.pieces[i], c.a
	if part.OpensArticle || part.Role != RoleCaption && part.Role != RoleFurniture && !part.Continues {
		c.flush()
	}
	if part.OpensArticle {
		a.open()
		a.current.margin = composeMargin
	}
	d := &a.current.article
	switch part.Role {
	case RoleBody:
		if len(c.pending.pieces) > 0 {
			last := a.r.pieces[c.pending.pieces[len(c.pending.pieces)-1]].text
			c.pending.text += a.r.join.glue(last, p.text)
		}
		c.pending.text += p.text
		c.pending.pieces = append(c.pending.pieces, i)
		return
	case RoleTitle:
		d.Title = c.phrase(d.Title, p.text)
	case RoleKicker:
		d.Kicker = c.phrase(d.Kicker, p.text)
	case RoleSubtitle:
		d.Subtitle = c.phrase(d.Subtitle, p.text)
	case RoleSection:
		a.current.section = p.text
	case RoleCaption:
		a.add(news.Caption, "", p.raw)
	case RoleTable:
		a.table(i)
	case RoleByline:
		if _, names, _ := readByline(p.raw); d.Byline == "" {
			d.Byline = names
		}
	case RoleFurniture:
		for k := p.from; k < p.to; k++ {
			a.r.furniture.fill(readHeadLine(a.r.lines[k].raw).read)
		}
	}
	a.note(i, part.Role, part.Reason)
}

// phrase appends a part of a heading to what there is of it.
func (c *composer) phrase(have, more string) string {
	if have == "" {
		return more
	}
	return have + " " + more
}

// IsCaption reports whether a text of so many lines reads like the caption of a
// photograph.
func IsCaption(text string, lines int) bool { return isCaption(collapseSpace(text), lines) }

// IsByline reports whether a text is a byline and nothing else.
func IsByline(text string) bool {
	ok, _, _ := readByline(collapseSpace(text))
	return ok
}

// IsFurniture reports whether a line may be the head or foot line of a page, and
// whether it can be nothing else.
func IsFurniture(text string) (possible, sure bool) {
	h := readHeadLine(collapseSpace(text))
	return h.possible && strings.TrimSpace(text) != "", h.sure
}

// EndsSentence reports whether a text ends a sentence, with or without a source
// or byline after it.
func EndsSentence(text string) bool {
	rest, source, _ := trimSource(collapseSpace(text))
	if source != "" {
		return true
	}
	if rest, names, _ := trimByline(rest); names != "" {
		return rest == "" || endMark(rest).endsSentence()
	}
	return endMark(rest).endsSentence()
}
