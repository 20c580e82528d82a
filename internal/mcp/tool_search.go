package mcp

import (
	"context"
	"fmt"
	"strings"

	"xunwen/internal/search"
)

type searchInput struct {
	Query string `json:"query,omitempty" jsonschema:"what to look for (检索词), in Chinese as newspapers write: 大桥 通车 (both words), \"北约东扩\" (phrase), A OR B, A NOT B, title:… (标题), lead:… (导语), byline:… (作者), 甲 /NEAR 10 乙; may be empty if there is a filter"`
	Filters
	Matching
	Sort   string `json:"sort,omitempty" jsonschema:"relevance (相关度), newest (最新) or oldest (最早)"`
	Size   int    `json:"size,omitempty" jsonschema:"hits in this answer"`
	Cursor string `json:"cursor,omitempty" jsonschema:"the cursor of the answer before, with the same other arguments, for the next hits"`
}

type searchOutput struct {
	Total         int    `json:"total" jsonschema:"all hits (命中篇数)"`
	TotalRelation string `json:"total_relation" jsonschema:"eq: exactly total; gte: at least"`
	Understood    string `json:"understood" jsonschema:"how the query was read"`
	DidYouMean    string `json:"did_you_mean" jsonschema:"a corrected query that has hits, or empty"`
	Generation    string `json:"generation" jsonschema:"state of the archive"`
	Link          string `json:"link" jsonschema:"page of these results, for people"`
	Cursor        string `json:"cursor" jsonschema:"for the next hits; empty after the last one"`
	Hits          []hit  `json:"hits"`
}

type hit struct {
	articleRef
	Snippets   []snippet `json:"snippets" jsonschema:"what matches, with … where text is left out"`
	CopyCount  int       `json:"near_duplicates" jsonschema:"how many copies (转载) collapse into this hit"`
	CopyListed []copyRef `json:"near_duplicate_list" jsonschema:"the first of them"`
}

type snippet struct {
	Paragraph int    `json:"paragraph" jsonschema:"number of the paragraph, from 1"`
	Section   string `json:"section" jsonschema:"section heading (小标题) above it"`
	Text      string `json:"text"`
}

// Sizes of the answer of search.
const (
	searchSize    = 10
	maxSearchSize = 50
)

func (s *Server) addSearch() {
	add(s, tool{
		name:  "search",
		title: "检索 Search",
		description: "Search the newspaper archive (全文检索). Returns articles with title, newspaper, date, page, " +
			"snippets, a stable id and a link; total counts all hits. Use cursor for more, and article for the full text.",
		bounds: matchingBounds.with(bounds{
			"sort": oneOf("relevance", "newest", "oldest"),
			"size": between(1, maxSearchSize, searchSize),
		}),
	}, s.search)
}

func (s *Server) search(ctx context.Context, in searchInput) (searchOutput, string, error) {
	v := in.values()
	in.addTo(v)
	v.Set("sort", in.Sort)
	v.Set("cursor", in.Cursor)
	q, err := readSearch(in.Query, v, in.Size)
	if err != nil {
		return searchOutput{}, "", err
	}
	resp, err := q.Find(ctx, s.engine)
	if err != nil {
		return searchOutput{}, "", err
	}
	out := searchOutput{
		Total:         resp.Total,
		TotalRelation: string(resp.Relation),
		DidYouMean:    resp.DidYouMean,
		Generation:    resp.Generation,
		Cursor:        resp.Cursor,
		Hits:          make([]hit, 0, len(resp.Hits)),
	}
	if q.Query != nil {
		out.Understood = q.Query.String()
	}
	if base := s.baseOf(ctx); base != "" {
		out.Link = base + q.Results()
	}
	for _, h := range resp.Hits {
		out.Hits = append(out.Hits, s.newHit(ctx, h))
	}
	return out, out.text(), nil
}

func (s *Server) newHit(ctx context.Context, h search.Hit) hit {
	out := hit{
		articleRef: s.newRef(ctx, h.Article, h.Opening),
		Snippets:   make([]snippet, 0, len(h.Paragraphs)),
		CopyCount:  len(h.NearDuplicates),
		CopyListed: newCopies(h.NearDuplicates),
	}
	for _, m := range h.Paragraphs {
		out.Snippets = append(out.Snippets, snippet{m.N, shortened(m.Section, maxValue), snippetText(m.Snippet)})
	}
	return out
}

func (out searchOutput) text() string {
	var b strings.Builder
	b.WriteString(counted(out.Total, search.Relation(out.TotalRelation), "hits"))
	if out.DidYouMean != "" {
		b.WriteString("; did you mean: " + out.DidYouMean)
	}
	b.WriteByte('\n')
	if out.Total == 0 {
		b.WriteString(tryOther)
	}
	for i, h := range out.Hits {
		fmt.Fprintf(&b, "\n%d. %s\n", i+1, h.heading())
		for _, sn := range h.Snippets {
			fmt.Fprintf(&b, "   ¶%d %s\n", sn.Paragraph, sn.Text)
		}
		if h.CopyCount > 0 {
			fmt.Fprintf(&b, "   copies (转载): %d\n", h.CopyCount)
		}
		writeLink(&b, "   ", h.Link)
	}
	if out.Cursor != "" {
		b.WriteString("\nFor more, repeat with cursor: " + out.Cursor + "\n")
	}
	return b.String()
}

// tryOther says what to do if nothing is found.
const tryOther = "Try fewer or other words, match anywhere, or fewer filters.\n"

func writeLink(b *strings.Builder, indent, link string) {
	if link != "" {
		b.WriteString(indent + link + "\n")
	}
}
