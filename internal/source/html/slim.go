package html

import (
	"bytes"
	"fmt"
	"strings"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of what is read as one page. The largest of the real pages that the
// rules were measured on has 470 KB, and none leaves more than 310 KB here; the
// bounds keep the time of the worst page within a second or two.
const (
	MaxPage     = 32 << 20 // bytes of a whole page, scripts and all
	maxSlim     = 2 << 20  // bytes without scripts, styles and comments
	maxElements = 60_000
	maxAttrs    = 2048 // bytes of one tag: longer ones hold pictures as data
)

// maxWork bounds text times depth, to which readability's time grows: it adds
// up the text below each element. Real pages come to some 2 MB.
const maxWork = 32 << 20

// work is the sum over all nodes of their size times their depth.
func work(n *dom.Node, depth int) int {
	const perNode = 16 // bytes of text that a node without any counts for
	sum := (len(n.Data) + perNode) * depth
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += work(c, depth+1)
	}
	return sum
}

// slimmed is a page without what holds no text, and what its head says.
type slimmed struct {
	body []byte
	head head
}

// boldTag stands for <b> and <strong>. Formatting elements become spans: the
// parser opens each that was left open again in every block that follows, so
// that a short page could make an endless tree.
const boldTag = `<span data-bold`

// slim copies a page without scripts, styles, comments and forms' lists, and
// notes what the head says. It is one pass over the tokens.
func slim(page string) (slimmed, error) {
	if len(page) > MaxPage {
		return slimmed{}, &NoArticleError{fmt.Sprintf("the page is larger than %d MB", MaxPage>>20)}
	}
	s := slimmer{tokens: dom.NewTokenizer(strings.NewReader(page))}
	for {
		kind := s.tokens.Next()
		if kind == dom.ErrorToken {
			return slimmed{body: s.out, head: s.head}, nil // of a text in memory the only error is its end
		}
		s.token(kind)
		if len(s.out) > maxSlim || s.elements > maxElements {
			return slimmed{}, &NoArticleError{
				fmt.Sprintf("the page has more than %d KB of text and tags or %d elements", maxSlim>>10, maxElements),
			}
		}
	}
}

type slimmer struct {
	tokens   *dom.Tokenizer
	out      []byte
	head     head
	elements int

	skipping atom.Atom // the element that is being passed over
	depth    int       // of such elements in each other
	tag      []byte    // the last start tag, while nothing but text follows
	capture  *string   // where the text that follows goes
}

func (s *slimmer) token(kind dom.TokenType) {
	raw := s.tokens.Raw()
	switch kind {
	case dom.TextToken:
		switch {
		case s.capture != nil:
			*s.capture += string(raw)
		case s.skipping == 0 && !isIcon(s.tag, raw):
			s.out = append(s.out, raw...)
		}
	case dom.StartTagToken, dom.SelfClosingTagToken:
		s.start(kind, raw)
	case dom.EndTagToken:
		s.end(raw)
	}
}

func (s *slimmer) start(kind dom.TokenType, raw []byte) {
	s.tag = append(s.tag[:0], raw[:min(len(raw), maxAttrs)]...)
	name, hasAttrs := s.tokens.TagName()
	tag := atom.Lookup(name)
	s.capture = nil
	if s.skipping != 0 {
		if tag == s.skipping && kind == dom.StartTagToken {
			s.depth++
		}
		return
	}
	switch tag {
	case atom.Meta:
		s.head.meta(s.attrs(hasAttrs))
		// A meta within the body may carry a day (itemprop); it holds no text.
		return
	case atom.Link:
		s.head.link(s.attrs(hasAttrs))
		return
	case atom.Title:
		if s.head.title == "" {
			s.capture = &s.head.title
		} else {
			s.skip(tag, kind)
		}
		return
	case atom.Script:
		if strings.EqualFold(s.attrs(hasAttrs)["type"], "application/ld+json") {
			s.head.jsonLD = append(s.head.jsonLD, "")
			s.capture = &s.head.jsonLD[len(s.head.jsonLD)-1]
			return
		}
		s.skip(tag, kind)
		return
	}
	if passedOver[tag] {
		s.skip(tag, kind)
		return
	}
	s.elements++
	s.open(tag, raw)
}

// open copies a start tag.
func (s *slimmer) open(tag atom.Atom, raw []byte) {
	// The tokenizer's name may be longer than what stands there: NUL is U+FFFD.
	end := bytes.IndexAny(raw, " \t\n\f\r/>")
	if end < 0 {
		return // cut off at the end of the page
	}
	name, attrs := raw[1:end], raw[end:]
	if len(attrs) > maxAttrs {
		attrs = []byte(">")
	}
	switch {
	case tag == atom.B || tag == atom.Strong:
		s.out = append(s.out, boldTag+` `...)
		s.out = append(s.out, attrs...)
	case formatting[tag]:
		s.out = append(s.out, "<span "...)
		s.out = append(s.out, attrs...)
	default:
		s.out = append(s.out, '<')
		s.out = append(s.out, name...)
		s.out = append(s.out, attrs...)
	}
}

func (s *slimmer) end(raw []byte) {
	s.tag = s.tag[:0]
	name, _ := s.tokens.TagName()
	tag := atom.Lookup(name)
	if s.capture != nil {
		s.capture = nil
		return
	}
	switch {
	case s.skipping == tag && tag != 0:
		if s.depth--; s.depth == 0 {
			s.skipping = 0
		}
	case s.skipping != 0:
	case tag == atom.B, tag == atom.Strong, formatting[tag]:
		s.out = append(s.out, "</span>"...)
	default:
		s.out = append(s.out, raw...)
	}
}

// skip passes over an element and what is in it.
func (s *slimmer) skip(tag atom.Atom, kind dom.TokenType) {
	if kind == dom.StartTagToken || rawText[tag] {
		s.skipping, s.depth = tag, 1
	}
}

func (s *slimmer) attrs(any bool) map[string]string {
	if !any {
		return nil
	}
	all := make(map[string]string)
	for more := true; more; {
		var key, value []byte
		key, value, more = s.tokens.TagAttr()
		all[string(bytes.ToLower(key))] = string(value)
	}
	return all
}

// rawText are elements whose text the tokenizer doesn't look into: they have an
// end even where the start tag says that it is its own.
var rawText = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Textarea: true, atom.Title: true,
	atom.Noembed: true, atom.Noframes: true, atom.Xmp: true,
}

// passedOver are elements in which no article stands.
var passedOver = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Textarea: true,
	atom.Noembed: true, atom.Noframes: true, atom.Template: true, atom.Svg: true, atom.Math: true, atom.Select: true,
	atom.Object: true, atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Frameset: true, atom.Plaintext: true,
}

// formatting are the elements that the parser reconstructs (HTML standard,
// 13.2.4.3) but for a, which closes itself.
var formatting = map[atom.Atom]bool{
	atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true, atom.S: true,
	atom.Small: true, atom.Strike: true, atom.Tt: true, atom.U: true,
}
