package page

import (
	"slices"
	"strconv"

	"xunwen/internal/citation"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

const (
	// contextSide is how many characters are shown on each side of a match: more
	// than fits on a line.
	contextSide = 40
	// hitContexts is how many matches of one hit are listed. The others are one
	// click away.
	hitContexts = 20
	// inByline is in place of a paragraph's number.
	inByline = -1
)

// contextLine is a match in its context.
type contextLine struct {
	Anchor             string // id of the hit, on its first line
	Link               string // to the paragraph
	Where              []richText
	Title              string
	Paragraph          string // 第3段, 标题
	Left, Match, Right string
}

// contextHit has the lines of one hit.
type contextHit struct {
	Lines []contextLine
	More  *choice // link to further matches; nil for none
}

// newContextHits lists the matches of hits. It leaves out hits without marks, such
// as those of a search by filters alone.
func newContextHits(w *wording.Words, q param.Search, hits []search.Hit) []contextHit {
	var out []contextHit
	seen := map[string]bool{}
	for _, h := range hits {
		v := newContextHit(w, q, h)
		if len(v.Lines) == 0 {
			continue
		}
		if !seen[h.Article.ID] {
			seen[h.Article.ID] = true
			v.Lines[0].Anchor = hitAnchor(h.Article.ID)
		}
		out = append(out, v)
	}
	return out
}

func newContextHit(w *wording.Words, q param.Search, h search.Hit) contextHit {
	link := q.Article(h.Article.ID)
	where := nonEmpty(uiText(h.Article.Date), sourceText(h.Article.Publication))
	title, _ := listHeading(w, h)
	if len(where) == 0 {
		where = []richText{sourceText(title)}
	}
	var v contextHit
	count := 0
	byline := search.Marked{N: inByline, Text: h.Article.Byline, Marks: h.BylineMarks}
	for _, m := range append(slices.Clone(h.MarkedTexts), byline) {
		count += len(m.Marks)
		for _, mark := range m.Marks[:min(len(m.Marks), hitContexts-len(v.Lines))] {
			k := highlight.InContext(m, mark, contextSide)
			line := contextLine{
				Link:      link,
				Where:     where,
				Title:     title,
				Paragraph: w.Results.InTitle,
				Left:      k.Left,
				Match:     k.Match,
				Right:     k.Right,
			}
			switch {
			case m.N == inByline:
				line.Paragraph = w.Results.InByline
			case m.N > 0:
				line.Link, line.Paragraph = paragraphLink(q, h.Article.ID, m.N), w.Paragraph(m.N)
			}
			v.Lines = append(v.Lines, line)
		}
	}
	if rest := count - len(v.Lines); rest > 0 {
		v.More = &choice{Label: uiText(w.MoreMatches(rest)), Link: link}
	}
	return v
}

// exports returns links to all hits of a search as files, with contexts if the
// page shows them.
func exports(q param.Search) []choice {
	context := ""
	if q.View == param.ContextView {
		context = "&context=" + strconv.Itoa(contextSide)
	}
	q.View, q.Size, q.Cursor = "", param.DefaultSize, ""
	address := q.Address(param.ExportPath)
	list := []choice{
		{Label: uiText("CSV"), Link: address + "&format=csv" + context},
		{Label: uiText("JSON Lines"), Link: address + "&format=jsonl" + context},
	}
	list = append(list, choice{Label: uiText("Parquet"), Link: address + "&format=parquet" + context})
	if q.By == search.ByParagraph || context != "" {
		return list
	}
	for _, f := range []struct {
		name  string
		style citation.Style
	}{{"BibTeX", citation.StyleBibTeX}, {"RIS", citation.StyleRIS}, {"CSL-JSON", citation.StyleCSL}} {
		list = append(list, choice{Label: uiText(f.name), Link: address + "&format=" + string(f.style)})
	}
	return list
}
