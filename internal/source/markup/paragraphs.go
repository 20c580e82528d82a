package markup

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

var breaks = regexp.MustCompile(`(?i)<(?:p|br|div|h[1-6]|li|dd|dt|tr|section|article|blockquote)(?:\s[^<>]*)?/?>`)

// Paragraphs reads a text with tags. Headings, and short bold lines that aren't sentences,
// become sections; rows of tables and captions become paragraphs of their kind. Scripts, styles
// and comments are left out, unless they don't end: then they are no such thing.
func Paragraphs(text string) []news.Paragraph {
	r := reader{lines: !breaks.MatchString(text)}
	z := dom.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		raw := ""
		if kind != dom.TextToken && bytes.ContainsFunc(z.Raw(), textnorm.IsHan) {
			raw = string(z.Raw()) // before TagName changes it
		}
		switch kind {
		case dom.ErrorToken:
			r.unclosed()
			r.add(raw)
			r.flush(atom.P)
			r.heading() // without a text
			return r.out
		case dom.TextToken:
			r.add(string(z.Text()))
		case dom.CommentToken:
			if !isComment(raw) {
				r.add(raw)
			}
		default:
			r.tag(z, raw, kind)
		}
	}
}

// isComment reports whether what the tokenizer takes for a comment is one, an instruction to a
// program or a condition of an office program, or has no Han character. It also takes <!甲> for
// one, and what follows a beginning without an end.
func isComment(raw string) bool {
	switch {
	case strings.HasPrefix(raw, "<!--"):
		return strings.HasSuffix(raw, "-->")
	}
	return raw == "" || strings.HasPrefix(raw, "<![") || strings.HasPrefix(raw, "<?")
}

// tag reads a tag; raw is "" if it has no Han character.
func (r *reader) tag(z *dom.Tokenizer, raw string, kind dom.TokenType) {
	name, more := z.TagName()
	text := bytes.ContainsFunc(name, textnorm.IsHan)
	for raw != "" && more && !text {
		var key []byte
		key, _, more = z.TagAttr()
		text = bytes.ContainsFunc(key, textnorm.IsHan)
	}
	switch {
	case text: // <a甲>, 3<b 甲>
		r.add(raw)
	case kind == dom.EndTagToken:
		r.end(atom.Lookup(name))
	default:
		r.start(atom.Lookup(name), kind == dom.SelfClosingTagToken)
	}
}

// unclosed ends a script or style that has no end, and takes its text for one.
func (r *reader) unclosed() {
	if r.hidden > 0 {
		r.hidden = 0
		r.add(r.script.String())
	}
}

type reader struct {
	out     []news.Paragraph
	section string
	pending string // a heading whose text has not come yet
	text    strings.Builder
	lines   bool            // line breaks end paragraphs, since no tag does
	hidden  int             // within script, style
	script  strings.Builder // their text
	bold    int             // within b, strong
	thin    bool            // some of the text isn't bold
	thick   bool
	row     int // within tr
}

func (r *reader) add(text string) {
	if r.hidden > 0 {
		r.script.WriteString(text)
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

func (r *reader) start(tag atom.Atom, closed bool) {
	switch tag {
	case atom.Script, atom.Style:
		if !closed {
			r.hidden++
			r.script.Reset()
		}
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
