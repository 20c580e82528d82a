package highlight

import (
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"xunwen/internal/search"
)

// Piece is a part of a text, matched or not.
type Piece struct {
	Text string
	Mark bool
	N    int // number of the mark on its page, from 1; 0 if marks are not numbered
}

// Pieces splits a text at its spans. The pieces always add up to the text, whatever the
// spans: spans are clipped to the text, extended to whole characters, and merged if they
// overlap.
func Pieces(text string, spans []search.Span) []Piece {
	return appendPieces(make([]Piece, 0, 2*len(spans)+1), text, spans)
}

func appendPieces(out []Piece, text string, spans []search.Span) []Piece {
	done := 0
	for _, s := range normalize(text, spans) {
		if s.Start > done {
			out = append(out, Piece{Text: text[done:s.Start]})
		}
		out = append(out, Piece{Text: text[s.Start:s.End], Mark: true})
		done = s.End
	}
	if done < len(text) {
		out = append(out, Piece{Text: text[done:]})
	}
	return out
}

// normalize returns the spans sorted, merged where they overlap, and clipped to whole
// characters of the text. Spans that only touch stay separate: they are two words.
func normalize(text string, spans []search.Span) []search.Span {
	kept := make([]search.Span, 0, len(spans))
	for _, s := range spans {
		s.Start, s.End = min(max(s.Start, 0), len(text)), min(max(s.End, 0), len(text))
		if s.Start >= s.End {
			continue
		}
		for s.Start > 0 && !utf8.RuneStart(text[s.Start]) {
			s.Start--
		}
		for s.End < len(text) && !utf8.RuneStart(text[s.End]) {
			s.End++
		}
		kept = append(kept, s)
	}
	slices.SortFunc(kept, func(a, b search.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	out := kept[:0]
	for _, s := range kept {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// HTML returns a text as HTML in which the spans are the only elements.
func HTML(text string, spans []search.Span) string {
	if len(spans) == 0 {
		return html.EscapeString(text)
	}
	return piecesHTML(Pieces(text, spans))
}

func piecesHTML(all []Piece) string {
	const begin, end = "<mark>", "</mark>"
	size := 0
	for _, p := range all {
		size += len(begin) + len(p.Text) + len(end)
	}
	var b strings.Builder
	b.Grow(size)
	for _, p := range all {
		switch {
		case !p.Mark:
		case p.N == 0:
			b.WriteString(begin)
		default:
			b.WriteString(`<mark id="m`)
			b.WriteString(strconv.Itoa(p.N))
			b.WriteString(`">`)
		}
		b.WriteString(html.EscapeString(p.Text))
		if p.Mark {
			b.WriteString(end)
		}
	}
	return b.String()
}

// TemplateHTML returns pieces as HTML in which the marks are the only elements, for templates: to
// write each piece by a template takes ten times as long.
func TemplateHTML(all []Piece) template.HTML { return template.HTML(piecesHTML(all)) }

// Ellipsis marks text of the paragraph that a snippet leaves out.
const Ellipsis = "…"

// SnippetPieces splits a snippet's fragments at their marks, with an ellipsis between
// fragments and at each end where text was left out.
func SnippetPieces(s search.Snippet) []Piece {
	size := 1
	for _, f := range s.Fragments {
		size += 2 * (1 + len(f.Marks))
	}
	out := make([]Piece, 0, size)
	for i, f := range s.Fragments {
		if i > 0 || s.Before {
			out = append(out, Piece{Text: Ellipsis})
		}
		out = appendPieces(out, f.Text, f.Marks)
	}
	if s.After {
		out = append(out, Piece{Text: Ellipsis})
	}
	return out
}

// SnippetHTML returns a snippet as HTML in which the marks are the only elements.
func SnippetHTML(s search.Snippet) string { return piecesHTML(SnippetPieces(s)) }
