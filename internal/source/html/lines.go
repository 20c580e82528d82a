package html

import (
	"strings"
	"unicode"
	"unicode/utf8"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// line is the text between two line breaks of the displayed page.
type line struct {
	text   string
	raw    string    // the same, with an edge where an inline element begins or ends
	node   *dom.Node // the block it is in
	parent *dom.Node // around that, before readability changes it
	link   bool      // all of it is a link

	outside string // the text that is in no link, if there is a link too
	linked  string // that in links
	hidden  bool   // it isn't displayed
	bold    bool   // some of it is bold
	big     bool   // some of it is set in a large type by a <font>

	textual, stamp, listing answer // of isText, isStamp and isListing
}

// answer is a cached one.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

// ask returns a cached answer, or computes it.
func (a *answer) ask(compute func() bool) bool {
	if *a == unknown {
		*a = no
		if compute() {
			*a = yes
		}
	}
	return *a == yes
}

// isText, isStamp and isListing report what a line is (see stamp.go).
func (l *line) isText() bool    { return l.textual.ask(func() bool { return isTextLine(l.text) }) }
func (l *line) isStamp() bool   { return l.stamp.ask(func() bool { return isStampLine(l.text) }) }
func (l *line) isListing() bool { return l.listing.ask(func() bool { return isListing(l) }) }

// spaced returns the text with blanks where inline elements begin or end.
func (l *line) spaced() string { return collapseSpace(strings.ReplaceAll(l.raw, edge, " ")) }

// edge separates inline elements in line.raw: names have elements of their own
// with nothing but style between them. It has no width, so collapseSpace drops
// it.
const edge = "\u200b"

// inline are elements that don't break a line.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true,
	atom.Code: true, atom.Data: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Img: true,
	atom.Input: true, atom.Ins: true, atom.Kbd: true,
	atom.Label: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Samp: true, atom.Small: true,
	atom.Span: true, atom.Strong: true, atom.Sub: true,
	atom.Sup: true, atom.Time: true, atom.Tt: true, atom.U: true, atom.Var: true, atom.Wbr: true,
}

// isInline reports whether an element is inline; elements unknown to HTML are.
func isInline(tag atom.Atom) bool { return tag == 0 || inline[tag] }

// pageLines returns the lines of a page, in order.
func pageLines(root *dom.Node) []line {
	var r liner
	r.walk(root, root, within{})
	r.flush(root, false)
	return r.lines
}

type liner struct {
	lines     []line
	text      []byte
	outside   []byte // what of it is in no link, once there is one
	isOutside bool   // whether there is more than blanks outside links
	linked    []byte // the rest
	bold, big bool
}

// within says which elements a text is in.
type within struct{ link, hidden bool }

func (r *liner) walk(n, block *dom.Node, in within) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == dom.TextNode:
			r.add(c.Data, in.link)
		case c.Type != dom.ElementNode:
		case isInline(c.DataAtom) && !isHidden(c):
			r.text = append(r.text, edge...)
			r.bold = r.bold || hasAttr(c, "data-bold")
			r.big = r.big || isBig(c)
			r.walk(c, block, within{in.link || c.DataAtom == atom.A, in.hidden})
			r.text = append(r.text, edge...)
		default:
			r.flush(block, in.hidden)
			inner := within{in.link || c.DataAtom == atom.A, in.hidden || isHidden(c)}
			r.walk(c, c, inner)
			r.flush(c, inner.hidden)
		}
	}
}

// add adds a text. Most lines have no link, so that the text outside is kept only from
// the first one on.
func (r *liner) add(text string, isLink bool) {
	switch {
	case isLink:
		if len(r.linked) == 0 {
			r.outside = append(r.outside, r.text...)
		}
		r.linked = append(r.linked, text...)
	default:
		if len(r.linked) > 0 {
			r.outside = append(r.outside, text...)
		}
		r.isOutside = r.isOutside || !isBlank(text)
	}
	r.text = append(r.text, text...)
}

// isBig reports whether an element is a former <font> of a size for headlines.
func isBig(n *dom.Node) bool {
	size := strings.TrimPrefix(attr(n, "size"), "+")
	return size >= "4" && size <= "7" && len(size) == 1
}

func (r *liner) flush(block *dom.Node, hidden bool) {
	if len(r.text) == 0 {
		return
	}
	raw := string(r.text)
	if text := collapseSpace(raw); text != "" {
		l := line{
			text: text, raw: raw, node: block, parent: block.Parent, hidden: hidden, bold: r.bold, big: r.big,
			link: !r.isOutside,
		}
		if l.linked = collapseSpace(string(r.linked)); l.linked != "" {
			l.outside = collapseSpace(string(r.outside))
		}
		r.lines = append(r.lines, l)
	}
	r.text, r.outside, r.linked = r.text[:0], r.outside[:0], r.linked[:0]
	r.isOutside = false
	r.bold, r.big = false, false
}

func isBlank(s string) bool { return strings.TrimFunc(s, isSpace) == "" }

// isSpace reports whether r is white space, a control character or one of the
// characters without width that pages are full of.
func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == '\x7f'
	}
	if r > '\u3000' && r < '\ufeff' {
		return false // nearly all text
	}
	switch r {
	case joiner:
		return false
	case '\ufeff', '\u2060', '\u00ad':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || r >= '\u200b' && r <= '\u200f'
}

const joiner = '\u200d' // emoji need it; package glyph removes the others

// collapseSpace returns text as a browser displays it: a run of white space is
// one blank, none at the ends, and a line break of the source between Chinese
// characters nothing (CSS Text 3, 4.1.3). Ideographic spaces within the text
// stay.
func collapseSpace(s string) string {
	if s = strings.TrimFunc(s, isSpace); !needsCollapsing(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isSpace(r) {
			b.WriteRune(r)
			last = r
			i += size
			continue
		}
		end := i + strings.IndexFunc(s[i:], func(r rune) bool { return !isSpace(r) })
		next, _ := utf8.DecodeRuneInString(s[end:])
		b.WriteString(blank(s[i:end], last, next))
		i = end
	}
	return b.String()
}

// blank is what a run of white space between two characters becomes.
func blank(run string, before, after rune) string {
	switch {
	case strings.IndexFunc(run, unicode.IsSpace) < 0: // without width
		return ""
	case strings.Trim(run, "\u3000") == "":
		return run
	case strings.Contains(run, "\n") && isWide(before) && isWide(after):
		return ""
	}
	return " "
}

func needsCollapsing(s string) bool {
	lastBlank := false
	for _, r := range s {
		blank := isSpace(r)
		if blank && (lastBlank || r != ' ' && r != '\u3000') {
			return true
		}
		lastBlank = blank
	}
	return false
}

// isWide reports whether r is set without spacing: Han, kana and their
// punctuation.
func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff01 && r <= 0xff60 ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}

func attr(n *dom.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *dom.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
