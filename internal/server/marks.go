package server

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/search"
)

// piece is a part of a text, matched or not.
type piece struct {
	Text string
	Mark bool
	N    int // of a mark among those of a page, from 1; 0 where they are not counted
}

// pieces cuts a text at its spans. Joined, the pieces are the text again,
// whatever the spans: what reaches outside is cut off, what begins or ends
// inside a character takes all of it, what overlaps becomes one.
func pieces(text string, spans []search.Span) []piece {
	var out []piece
	done := 0
	for _, s := range tidy(text, spans) {
		if s.Start > done {
			out = append(out, piece{Text: text[done:s.Start]})
		}
		out = append(out, piece{Text: text[s.Start:s.End], Mark: true})
		done = s.End
	}
	if done < len(text) {
		out = append(out, piece{Text: text[done:]})
	}
	return out
}

// tidy returns the spans sorted, apart, inside the text and on its characters'
// bounds. Spans that only touch stay two: they are two words.
func tidy(text string, spans []search.Span) []search.Span {
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

// markHTML writes a text as HTML in which only the spans are elements.
func markHTML(text string, spans []search.Span) string { return piecesHTML(pieces(text, spans)) }

func piecesHTML(all []piece) string {
	var b strings.Builder
	for _, p := range all {
		if p.Mark {
			b.WriteString("<mark>" + html.EscapeString(p.Text) + "</mark>")
		} else {
			b.WriteString(html.EscapeString(p.Text))
		}
	}
	return b.String()
}

// ellipsis stands where a snippet leaves text of its paragraph out.
const ellipsis = "…"

// snippetPieces cuts a snippet's fragments at their marks, with an ellipsis
// between them and at each end that was cut.
func snippetPieces(s search.Snippet) []piece {
	var out []piece
	for i, f := range s.Fragments {
		if i > 0 || s.Before {
			out = append(out, piece{Text: ellipsis})
		}
		out = append(out, pieces(f.Text, f.Marks)...)
	}
	if s.After {
		out = append(out, piece{Text: ellipsis})
	}
	return out
}

func snippetHTML(s search.Snippet) string { return piecesHTML(snippetPieces(s)) }
