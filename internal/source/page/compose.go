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
	c := newComposer(parts)
	c.open()
	for i := range parts {
		c.part(i)
	}
	c.flush()
	return c.result()
}

// composer builds articles of parts and keeps the paragraph that may still
// continue.
type composer struct {
	builder
	*pageLines
	parts   []Part
	spans   []span // lines of each part
	pending paragraph
}

// paragraph is one that may still continue.
type paragraph struct {
	text  string
	last  string // of its parts
	parts []int
}

func newComposer(parts []Part) *composer {
	c := &composer{parts: parts, spans: make([]span, len(parts))}
	c.blocks = make([]Block, len(parts))
	var lines []line
	for i := range parts {
		from := len(lines)
		for _, s := range parts[i].Lines {
			lines = append(lines, newLine(len(lines)+1, s))
		}
		c.spans[i] = span{from, len(lines)}
	}
	c.pageLines = newPageLines(lines)
	for i, s := range c.spans {
		c.blocks[i] = Block{FirstLine: s.from + 1, LastLine: s.to, Role: RoleUnread, Text: c.raw(s)}
	}
	return c
}

// flush ends the current paragraph.
func (c *composer) flush() {
	parts := c.pending.parts
	if len(parts) == 0 {
		return
	}
	var raw strings.Builder
	for _, i := range parts {
		c.note(i, RoleBody, c.parts[i].Reason)
		raw.WriteString(c.blocks[i].Text)
	}
	c.blocks[parts[len(parts)-1]].Removed = c.paragraph(c.pending.text, raw.String())
	c.pending = paragraph{}
}

// part adds part i.
func (c *composer) part(i int) {
	part := &c.parts[i]
	if part.OpensArticle || part.Role != RoleCaption && part.Role != RoleFurniture && !part.Continues {
		c.flush()
	}
	if part.OpensArticle {
		c.open()
		c.current.margin = composeMargin
	}
	lines := c.of(c.spans[i])
	text, raw := c.join(lines), c.blocks[i].Text
	d := &c.current.article
	switch part.Role {
	case RoleBody:
		c.pending.text += c.glue(c.pending.last, text) + text
		c.pending.last = text
		c.pending.parts = append(c.pending.parts, i)
		return
	case RoleTitle:
		d.Title = phrase(d.Title, text)
	case RoleKicker:
		d.Kicker = phrase(d.Kicker, text)
	case RoleSubtitle:
		d.Subtitle = phrase(d.Subtitle, text)
	case RoleSection:
		if len(c.current.unused) > 0 { // no text is between them
			text = phrase(c.current.section, text)
		}
		c.current.section, c.current.unused = text, append(c.current.unused, i)
	case RoleCaption:
		c.add(news.Caption, "", raw)
	case RoleTable:
		c.table(lines)
	case RoleByline:
		_, names, _ := readByline(raw)
		if names == "" { // names alone
			names = news.Byline(raw)
		}
		c.byline(names)
	case RoleFurniture:
		for k := range lines {
			c.furniture.fill(readHeadLine(lines[k].raw).read)
		}
	}
	c.note(i, part.Role, part.Reason)
}

// phrase appends a part of a heading to what there is of it.
func phrase(have, more string) string {
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

// OpensArticle reports whether a text begins as articles do: with a dateline.
func OpensArticle(text string) bool {
	ok, _, _ := readDateline(collapseSpace(text))
	return ok
}

// ReadFurniture returns what head and foot lines state. The name of a page must
// stand next to something that only furniture has: running heads look like it.
func ReadFurniture(lines []string) Furniture {
	var f Furniture
	for _, l := range lines {
		h := readHeadLine(collapseSpace(l))
		if !h.sure {
			h.read.PageName = ""
		}
		f.fill(h.read)
	}
	return f
}

// Fill takes from o what f doesn't have yet.
func (f *Furniture) Fill(o Furniture) { f.fill(o) }

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
