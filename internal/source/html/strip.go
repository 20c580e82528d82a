package html

import (
	"bytes"
	"fmt"
	"strings"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of one page. Of the real pages that the rules were measured on, the
// largest has 470 KB, and none has more than 310 KB after stripping. With these
// bounds the worst page takes a second or two.
const (
	MaxPage     = 32 << 20 // bytes of a whole page, with scripts
	maxStripped = 2 << 20  // bytes without scripts, styles and comments
	maxElements = 60_000
	maxAttrs    = 2048 // bytes of one tag: longer ones contain pictures as data
)

// maxWork bounds text times depth, by which readability's time grows: it adds up
// the text below each element. Real pages have some 2 MB.
const maxWork = 32 << 20

// work is the sum over all nodes of their size times their depth.
func work(n *dom.Node, depth int) int {
	const perNode = 16 // bytes of text that an empty node counts as
	sum := (len(n.Data) + perNode) * depth
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += work(c, depth+1)
	}
	return sum
}

// stripped is a page without anything that has no text, and what its head
// states.
type stripped struct {
	html []byte
	head head
}

// boldTag replaces <b> and <strong>. Formatting elements become spans: the
// parser reopens each that was left open in every block that follows, so a short
// page could make an endless tree.
const boldTag = `<span data-bold`

// strip copies a page without scripts, styles, comments and option lists, and
// notes what the head states. It is one pass over the tokens.
func strip(page string) (stripped, error) {
	if len(page) > MaxPage {
		return stripped{}, &NoArticleError{fmt.Sprintf("the page is larger than %d MiB", MaxPage>>20)}
	}
	s := stripper{tokens: dom.NewTokenizer(strings.NewReader(page)), out: make([]byte, 0, len(page)/textPart)}
	for at := 0; ; {
		kind := s.tokens.Next()
		if kind == dom.ErrorToken {
			return stripped{html: s.out, head: s.head}, nil // the only error of a text in memory is its end
		}
		at += len(s.tokens.Raw())
		s.token(kind)
		if kind == dom.StartTagToken && s.skipping != 0 {
			at = s.passScript(page, at)
		}
		if len(s.out) > maxStripped || s.elements > maxElements {
			return stripped{}, &NoArticleError{
				fmt.Sprintf(
					"the page has more than %d KiB of text and tags or %d elements: split it",
					maxStripped>>10,
					maxElements,
				),
			}
		}
	}
}

// textPart is by what the size of a page is divided for that of its text and tags, as a
// first guess.
const textPart = 2

// minScript is the length of a script from which the tokenizer is restarted behind it.
const minScript = 1 << 10 // bytes

// passScript jumps over the contents of a script or style sheet to its end tag, because
// the tokenizer reads them byte by byte. It returns where the tokenizer is. A script
// that has a comment may end by other rules, and is left to the tokenizer.
func (s *stripper) passScript(page string, at int) int {
	if s.depth != 1 || s.skipping != atom.Script && s.skipping != atom.Style {
		return at
	}
	text, ok := upToEndTag(page[at:], s.skipping.String())
	if !ok || len(text) < minScript || strings.Contains(text, "<!--") {
		return at
	}
	if s.skipping == atom.Script {
		s.head.script.read(text)
	}
	at += len(text)
	s.tokens = dom.NewTokenizer(strings.NewReader(page[at:]))
	return at
}

// upToEndTag returns what precedes the end tag of an element.
func upToEndTag(page, element string) (text string, ok bool) {
	for at := 0; ; {
		i := strings.Index(page[at:], "</")
		if i < 0 {
			return "", false
		}
		at += i
		name := page[at+len("</"):]
		if len(name) > len(element) && strings.EqualFold(name[:len(element)], element) &&
			strings.IndexByte(tagEnds, name[len(element)]) >= 0 {
			return page[:at], true
		}
		at += len("</")
	}
}

type stripper struct {
	tokens   *dom.Tokenizer
	out      []byte
	head     head
	elements int

	skipping atom.Atom // the element that is being skipped
	depth    int       // nesting of such elements
	tag      []byte    // the last start tag, as long as only text follows
	capture  *string   // where to collect the text that follows
}

func (s *stripper) token(kind dom.TokenType) {
	raw := s.tokens.Raw()
	switch kind {
	case dom.TextToken:
		switch {
		case s.capture != nil:
			*s.capture += string(raw)
		case s.skipping == atom.Script:
			s.head.script.read(string(raw))
		case s.skipping == 0 && !isIcon(s.tag, raw):
			s.out = append(s.out, raw...)
		}
	case dom.StartTagToken, dom.SelfClosingTagToken:
		s.start(kind, raw)
	case dom.EndTagToken:
		s.end(raw)
	}
}

func (s *stripper) start(kind dom.TokenType, raw []byte) {
	s.tag = append(s.tag[:0], raw[:min(len(raw), maxAttrs)]...)
	tag := tagAtom(raw)
	s.capture = nil
	if s.skipping != 0 {
		if tag == s.skipping && kind == dom.StartTagToken {
			s.depth++
		}
		return
	}
	switch tag {
	case atom.Meta:
		s.head.meta(s.attrs())
		// A meta in the body may state a date (itemprop); it has no text.
		return
	case atom.Link:
		s.head.link(s.attrs())
		return
	case atom.Title:
		if s.head.title == "" {
			s.capture = &s.head.title
		} else {
			s.skip(tag, kind)
		}
		return
	case atom.Script:
		if strings.EqualFold(s.attrs()["type"], "application/ld+json") {
			s.head.jsonLD = append(s.head.jsonLD, "")
			s.capture = &s.head.jsonLD[len(s.head.jsonLD)-1]
			return
		}
		s.skip(tag, kind)
		return
	}
	if skipped[tag] {
		s.skip(tag, kind)
		return
	}
	s.elements++
	s.open(tag, raw)
}

// open copies a start tag.
func (s *stripper) open(tag atom.Atom, raw []byte) {
	end := bytes.IndexAny(raw, tagEnds)
	if end < 0 {
		return // truncated at the end of the page
	}
	name, attrs := raw[1:end], raw[end:]
	if len(attrs) > maxAttrs {
		attrs = nil
	}
	switch {
	case tag == atom.B || tag == atom.Strong:
		s.out = append(s.out, boldTag...)
	case formatting[tag]:
		s.out = append(s.out, "<span"...)
	default:
		s.out = append(s.out, '<')
		s.out = append(s.out, name...)
	}
	if tag == atom.Img {
		s.out = append(s.out, attrs...)
	} else {
		s.out = appendAttrs(s.out, attrs)
	}
	if len(attrs) == 0 || tag != atom.Img {
		s.out = append(s.out, '>')
	}
}

func (s *stripper) end(raw []byte) {
	s.tag = s.tag[:0]
	tag := tagAtom(raw)
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

// skip skips an element and what is in it.
func (s *stripper) skip(tag atom.Atom, kind dom.TokenType) {
	if kind == dom.StartTagToken || rawText[tag] {
		s.skipping, s.depth = tag, 1
	}
}

func (s *stripper) attrs() map[string]string {
	all := make(map[string]string)
	for more := true; more; {
		var key, value []byte
		key, value, more = s.tokens.TagAttr()
		all[string(bytes.ToLower(key))] = string(value)
	}
	return all
}

// rawText are elements whose text the tokenizer does not parse: they have an end
// tag even if the start tag closes itself.
var rawText = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Textarea: true, atom.Title: true,
	atom.Noembed: true, atom.Noframes: true, atom.Xmp: true,
}

// skipped are elements that never contain an article.
var skipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Textarea: true,
	atom.Noembed: true, atom.Noframes: true, atom.Template: true, atom.Svg: true, atom.Math: true, atom.Select: true,
	atom.Object: true, atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Frameset: true, atom.Plaintext: true,
}

// formatting are the elements that the parser reconstructs (HTML standard,
// 13.2.4.3), except a, which closes itself.
var formatting = map[atom.Atom]bool{
	atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true, atom.S: true,
	atom.Small: true, atom.Strike: true, atom.Tt: true, atom.U: true,
}
