package mcp

import (
	"context"
	"fmt"
	"strings"

	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
)

type contextInput struct {
	Query string `json:"query" jsonschema:"the word or phrase (检索词) to see in its contexts"`
	Filters
	Matching
	Sort       string `json:"sort,omitempty" jsonschema:"relevance (相关度), newest (最新) or oldest (最早)"`
	Size       int    `json:"size,omitempty" jsonschema:"articles in this answer"`
	Characters int    `json:"characters,omitempty" jsonschema:"characters on each side of a match (左右字数)"`
	Cursor     string `json:"cursor,omitempty" jsonschema:"the cursor of the answer before, with the same other arguments, for the next articles"`
}

type contextOutput struct {
	Total         int           `json:"total" jsonschema:"all articles that match (命中篇数)"`
	TotalRelation string        `json:"total_relation" jsonschema:"eq: exactly total; gte: at least"`
	Generation    string        `json:"generation"`
	Cursor        string        `json:"cursor" jsonschema:"for the next articles; empty after the last one"`
	Articles      []contextHits `json:"articles"`
}

type contextHits struct {
	articleRef
	Lines   []contextLine `json:"lines"`
	Omitted int           `json:"omitted" jsonschema:"further matches in this article"`
}

type contextLine struct {
	Paragraph int    `json:"paragraph" jsonschema:"number of the paragraph, from 1; 0 in the title"`
	Left      string `json:"left"`
	Match     string `json:"match"`
	Right     string `json:"right"`
}

// Bounds of context.
const (
	contextSize       = 10 // articles
	maxContextSize    = 20
	contextCharacters = 40
	maxContext        = 200
	maxContextLines   = 10  // of one article
	maxMatch          = 200 // characters of a match
)

func (s *Server) addContext() {
	add(s, tool{
		name:  "context",
		title: "上下文 Context",
		description: "Show each match of a query in its context (关键词居中, KWIC concordance): what is left and right of " +
			"it. For how a word is used, and by whom.",
		bounds: matchingBounds.with(bounds{
			"sort":       oneOf("relevance", "newest", "oldest"),
			"size":       between(1, maxContextSize, contextSize),
			"characters": between(5, maxContext, contextCharacters),
		}),
	}, s.context)
}

func (s *Server) context(ctx context.Context, in contextInput) (contextOutput, string, error) {
	if err := needQuery(in.Query); err != nil {
		return contextOutput{}, "", err
	}
	v := in.values()
	in.addTo(v)
	v.Set("sort", in.Sort)
	v.Set("cursor", in.Cursor)
	v.Set("view", param.ContextView)
	q, err := readSearch(in.Query, v, in.Size)
	if err != nil {
		return contextOutput{}, "", err
	}
	resp, err := q.Find(ctx, s.engine)
	if err != nil {
		return contextOutput{}, "", err
	}
	out := contextOutput{
		Total:         resp.Total,
		TotalRelation: string(resp.Relation),
		Generation:    resp.Generation,
		Cursor:        resp.Cursor,
		Articles:      make([]contextHits, 0, len(resp.Hits)),
	}
	for _, h := range resp.Hits {
		lines, omitted := newContextLines(h, in.Characters)
		out.Articles = append(out.Articles, contextHits{s.newRef(ctx, h.Article, h.Opening), lines, omitted})
	}
	return out, out.text(), nil
}

// newContextLines returns the first matches of a hit, and how many more there are.
func newContextLines(h search.Hit, characters int) (lines []contextLine, omitted int) {
	lines = []contextLine{}
	for _, m := range h.MarkedTexts {
		for _, mark := range m.Marks {
			if len(lines) == maxContextLines {
				omitted++
				continue
			}
			k := highlight.InContext(m, mark, characters)
			lines = append(lines, contextLine{m.N, k.Left, shortened(k.Match, maxMatch), k.Right})
		}
	}
	return lines, omitted
}

func (out contextOutput) text() string {
	var b strings.Builder
	b.WriteString(counted(out.Total, search.Relation(out.TotalRelation), "articles") + "\n")
	for _, h := range out.Articles {
		b.WriteString("\n" + h.heading() + "\n")
		for _, l := range h.Lines {
			fmt.Fprintf(&b, "   ¶%d %s【%s】%s\n", l.Paragraph, oneLine(l.Left), l.Match, oneLine(l.Right))
		}
		if h.Omitted > 0 {
			fmt.Fprintf(&b, "   and %d more\n", h.Omitted)
		}
	}
	if out.Cursor != "" {
		b.WriteString("\nFor more, repeat with cursor: " + out.Cursor + "\n")
	}
	return b.String()
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
