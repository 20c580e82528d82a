package markup

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

var (
	tag = regexp.MustCompile(`(?i)</?(?:p|br|div|span|strong|b|em|i|u|a|img|h[1-6]|ul|ol|li|dl|dt|dd|table|tbody|` +
		`thead|tr|td|th|section|article|figure|figcaption|font|center|blockquote|pre|sup|sub|script|style|` +
		`iframe|video|hr|body|html|small|label|o:p)(?:\s[^<>]*)?/?>|<!--`)
	entity = regexp.MustCompile(`&(?:nbsp|amp|lt|gt|quot|apos|[lr][ds]quo|[mn]dash|hellip|middot|e[mn]sp|times|` +
		`#\d{2,6}|#[xX][0-9a-fA-F]{2,5});`)
	breaks = regexp.MustCompile(`(?i)<(?:p|br|div|h[1-6]|li|dd|dt|tr|section|article|blockquote)(?:\s[^<>]*)?/?>`)
)

// Is reports whether a text has tags of HTML in it.
func Is(text string) bool { return strings.IndexByte(text, '<') >= 0 && tag.MatchString(text) }

// Line returns a text in one line without its tags, and with characters for entities. A text
// with neither stays as it is.
func Line(text string) string {
	if Is(text) {
		var parts []string
		for _, p := range Paragraphs(text) {
			parts = append(parts, strings.TrimSpace(p.Section+" "+p.Text))
		}
		return strings.Join(parts, " ")
	}
	return unescape(text)
}

// unescape decodes entities; a lone & stays.
func unescape(text string) string {
	if strings.IndexByte(text, '&') < 0 {
		return text
	}
	return entity.ReplaceAllStringFunc(text, html.UnescapeString)
}

// Text splits a text into paragraphs: at its tags if it has any, else at its line breaks.
func Text(text string) []news.Paragraph {
	if Is(text) {
		return Paragraphs(text)
	}
	return Lines(unescape(text))
}

// Lines splits a text without markup at its line breaks. White space around a paragraph is
// layout and removed; white space inside stays.
func Lines(text string) []news.Paragraph {
	var out []news.Paragraph
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, news.Paragraph{Kind: news.Body, Text: line})
		}
	}
	return out
}

// Paragraphs reads a text with tags. Headings, and short bold lines that aren't sentences,
// become sections; rows of tables and captions become paragraphs of their kind.
func Paragraphs(text string) []news.Paragraph {
	r := reader{lines: !breaks.MatchString(text)}
	z := dom.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case dom.ErrorToken:
			r.flush(atom.P)
			r.heading() // without a text
			return r.out
		case dom.TextToken:
			r.add(string(z.Text()))
		case dom.StartTagToken, dom.SelfClosingTagToken:
			name, _ := z.TagName()
			r.start(atom.Lookup(name))
		case dom.EndTagToken:
			name, _ := z.TagName()
			r.end(atom.Lookup(name))
		}
	}
}

type reader struct {
	out     []news.Paragraph
	section string
	pending string // a heading whose text has not come yet
	text    strings.Builder
	lines   bool // line breaks end paragraphs, since no tag does
	hidden  int  // within script, style
	bold    int  // within b, strong
	thin    bool // some of the text isn't bold
	thick   bool
	row     int // within tr
}

func (r *reader) add(text string) {
	if r.hidden > 0 {
		return
	}
	if !r.lines {
		r.write(text)
		return
	}
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			r.flush(atom.P)
		}
		r.write(line)
	}
}

func (r *reader) write(text string) {
	if strings.TrimSpace(text) != "" {
		r.thick, r.thin = r.thick || r.bold > 0, r.thin || r.bold == 0
	}
	r.text.WriteString(strings.ReplaceAll(text, string(cellEnd), " "))
}

// cellEnd separates the cells of a row until it becomes a space.
const cellEnd = '\t'

func (r *reader) start(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style:
		r.hidden++
	case atom.B, atom.Strong:
		r.bold++
	case atom.Td, atom.Th:
		r.text.WriteByte(cellEnd)
	case atom.Tr:
		r.flush(atom.P)
		r.row++
	default:
		if r.row == 0 && isBlock(tag) {
			r.flush(atom.P)
		} else if isBlock(tag) {
			r.text.WriteByte(' ') // a paragraph in a cell
		}
	}
}

func (r *reader) end(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style:
		r.hidden = max(0, r.hidden-1)
	case atom.B, atom.Strong:
		r.bold = max(0, r.bold-1)
	case atom.Tr, atom.Table:
		r.flush(tag)
		r.row = 0
	default:
		if isBlock(tag) && r.row == 0 {
			r.flush(tag)
		}
	}
}

func isBlock(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Br, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Section, atom.Article,
		atom.Blockquote, atom.Figure, atom.Figcaption, atom.Pre, atom.Center, atom.Table, atom.Hr, atom.Body,
		atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Nav:
		return true
	}
	return isHeading(tag)
}

func isHeading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// longestSection is that of a bold line that is a heading, in characters.
const longestSection = 40

// flush ends a paragraph. tag is the element that ended.
func (r *reader) flush(tag atom.Atom) {
	text := collapse(r.text.String())
	bold := r.thick && !r.thin
	r.text.Reset()
	r.thick, r.thin = false, false
	if text == "" {
		return
	}
	short := utf8.RuneCountInString(text) <= longestSection && !strings.ContainsAny(text, "。！？；")
	switch {
	case isHeading(tag), bold && short && tag != atom.Tr && tag != atom.Figcaption:
		r.heading()
		r.pending = text
		return
	case tag == atom.Tr:
		r.append(news.Table, text)
	case tag == atom.Figcaption:
		r.append(news.Caption, text)
	default:
		r.append(news.Body, text)
	}
}

// heading keeps a heading without a text as a paragraph, so that nothing is lost.
func (r *reader) heading() {
	if r.pending != "" {
		text := r.pending
		r.pending = ""
		r.append(news.Body, text)
	}
}

func (r *reader) append(kind news.Kind, text string) {
	if r.pending != "" {
		r.section, r.pending = r.pending, ""
	}
	r.out = append(r.out, news.Paragraph{Section: r.section, Kind: kind, Text: text})
}

// collapse makes one space of white space, and nothing of a line break next to a Han character
// or a full-width sign.
func collapse(text string) string {
	var b strings.Builder
	var last rune
	gap, lineEnd, cell := false, false, false
	for _, c := range text {
		if unicode.IsSpace(c) {
			gap, lineEnd, cell = true, lineEnd || c == '\n' || c == '\r', cell || c == cellEnd
			continue
		}
		if gap && b.Len() > 0 && (cell || !lineEnd || !(isWide(last) || isWide(c))) {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
		last, gap, lineEnd, cell = c, false, false, false
	}
	return b.String()
}

func isWide(r rune) bool {
	return textnorm.IsHan(r) || r >= 0x3000 && r < 0x3040 || r >= 0xff00 && r < 0xff66
}
