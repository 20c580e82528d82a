package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

type blockKind int

const (
	textBlock blockKind = iota
	headingBlock
	captionBlock
	tableBlock
)

// block is a paragraph of the article, as displayed.
type block struct {
	kind       blockKind
	text       string
	bold       bool // all of it is bold
	link       bool // nearly all of it is links
	advert     bool // it has a link to vote, to enrol or to download
	number     bool // it numbers a part of the text, with others
	afterImage bool // a picture directly precedes it
	withImage  bool // it is in the same block as the picture
}

// isText reports whether a block is text of an article, by itself.
func (b block) isText() bool { return isTextLine(b.text) }

// linkShare is the share of linked text from which a block counts as a link; it
// is below 1 because lists number their links.
const linkShare = 0.7

// captionClass matches the class names that pages give to text under a picture.
var captionClass = regexp.MustCompile(
	`(?i)caption|(?:img|image|pic|picture|photo)[-_]?(?:desc|info|text|note|title|word|explain)|tuzhu|图注`,
)

// blocks splits the tree of the article into paragraphs.
func blocks(root *dom.Node) []block {
	var r blockReader
	r.walk(root, style{})
	r.flush(style{})
	return r.blocks
}

// style is what an element says about the text in it.
type style struct{ bold, link, caption, heading, pre bool }

type blockReader struct {
	blocks  []block
	lines   []string // of the block, separated by <br>
	text    strings.Builder
	hasBold bool
	advert  bool
	hasThin bool            // text that is not bold
	caption bool            // text in an inline element that is marked as a caption
	other   bool            // text in none
	length  int             // bytes of text
	linked  int             // of which in links
	outside strings.Builder // the text that is in none
	image   bool            // the last thing displayed was a picture
	within  bool            // it is in this block
}

func (r *blockReader) walk(n *dom.Node, s style) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case dom.TextNode:
			text := c.Data
			for s.pre && strings.Contains(text, "\n") {
				var first string
				first, text, _ = strings.Cut(text, "\n")
				r.add(first, s)
				r.lineEnd()
			}
			r.add(text, s)
		case dom.ElementNode:
			// readability renames elements without changing their atoms
			r.element(c, atom.Lookup([]byte(c.Data)), s)
		}
	}
}

func (r *blockReader) element(n *dom.Node, tag atom.Atom, s style) {
	inner := s
	switch {
	case tag == atom.Br:
		r.lineEnd()
		return
	case tag == atom.Img:
		if r.isEmpty() {
			r.image, r.within = true, true
		}
		return
	case tag == atom.A && furnitureLink.MatchString(cellText(n)):
		r.advert = r.advert || advertLink.MatchString(cellText(n))
		return // 返回首页，查看更多 at the end of a paragraph
	case isInline(tag):
		inner.bold = s.bold || hasAttr(n, "data-bold")
		inner.link = s.link || tag == atom.A
		inner.caption = s.caption || captionClass.MatchString(attr(n, "class"))
		r.walk(n, inner)
		return
	case tag == atom.Table && isDataTable(n):
		r.flush(s)
		r.table(n)
		return
	}
	r.flush(s)
	inner.heading = s.heading || isAnyHeading(tag)
	inner.pre = s.pre || tag == atom.Pre
	inner.caption = s.caption || tag == atom.Figcaption || tag == atom.Figure ||
		captionClass.MatchString(attr(n, "class"))
	r.walk(n, inner)
	r.flush(inner)
}

func isAnyHeading(tag atom.Atom) bool {
	return isHeading(tag) || tag == atom.H4 || tag == atom.H5 || tag == atom.H6
}

func (r *blockReader) isEmpty() bool { return len(r.lines) == 0 && isBlank(r.text.String()) }

func (r *blockReader) add(text string, s style) {
	r.text.WriteString(text)
	if isBlank(text) {
		return
	}
	if s.caption {
		r.caption = true
	} else {
		r.other = true
	}
	if s.bold {
		r.hasBold = true
	} else {
		r.hasThin = true
	}
	r.length += len(text)
	switch {
	case s.link:
		if r.linked == 0 {
			r.outside.WriteString(strings.Join(r.lines, "") + strings.TrimSuffix(r.text.String(), text))
		}
		r.linked += len(text)
	case r.linked > 0:
		r.outside.WriteString(text)
	}
}

func (r *blockReader) lineEnd() {
	r.lines = append(r.lines, r.text.String())
	r.text.Reset()
}

// flush ends a block: its lines become one or more paragraphs.
func (r *blockReader) flush(s style) {
	r.lineEnd()
	for _, text := range paragraphs(r.lines) {
		b := block{
			text: text, bold: r.hasBold && !r.hasThin, link: r.isLink(), advert: r.advert,
			afterImage: r.image, withImage: r.within,
		}
		switch {
		case s.caption || r.caption && !r.other:
			b.kind = captionBlock
		case s.heading:
			b.kind = headingBlock
		}
		r.blocks = append(r.blocks, b)
		r.image, r.within = false, false
	}
	r.lines = r.lines[:0]
	r.hasBold, r.hasThin, r.within, r.advert = false, false, false, false
	r.caption, r.other = false, false
	r.length, r.linked = 0, 0
	r.outside.Reset()
}

// isLink reports whether a block is a link, with or without the day and number that
// lists put next to one.
func (r *blockReader) isLink() bool {
	return float64(r.linked) >= linkShare*float64(r.length) ||
		r.linked > 0 && isListRest(collapseSpace(r.outside.String()))
}

// minWrapped is the shortest line that is taken for a hard-wrapped one; shorter
// ones before a <br> are headings, verse or signatures.
const minWrapped = 20 // characters

// paragraphs joins the lines of a block where a <br> only breaks a sentence.
func paragraphs(lines []string) []string {
	var all []string
	joinable := false
	for _, raw := range lines {
		text := collapseSpace(raw)
		switch {
		case text == "":
			joinable = false
			continue
		case joinable && !isIndented(raw):
			last := len(all) - 1
			all[last] = join(all[last], text)
		default:
			all = append(all, text)
		}
		joinable = continues(text)
	}
	return all
}

// continues reports whether a line ends within a sentence.
func continues(text string) bool {
	if utf8.RuneCountInString(text) < minWrapped {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	return !strings.ContainsRune("。！？!?.…；;：:”』」）)】]", last)
}

// isIndented reports whether a line begins with the two blanks of a Chinese
// paragraph.
func isIndented(raw string) bool {
	raw = strings.TrimLeft(raw, "\r\n\t ")
	return strings.HasPrefix(raw, "\u3000") || strings.HasPrefix(raw, "\u00a0\u00a0")
}

// join joins the halves of a broken sentence.
func join(a, b string) string {
	before, _ := utf8.DecodeLastRuneInString(a)
	after, _ := utf8.DecodeRuneInString(b)
	if isWide(before) || isWide(after) {
		return a + b
	}
	return a + " " + b
}
