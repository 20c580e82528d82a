package mcp

import (
	"context"
	"fmt"
	"strings"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

type passagesInput struct {
	Query string `json:"query" jsonschema:"the question's words (检索词), in Chinese as newspapers write: 大桥 通车 投资; \"…\" is a phrase"`
	Filters
	Match      string `json:"match,omitempty" jsonschema:"together: the words of a name are next to each other or near (默认); anywhere: in any places, finds more"`
	Budget     int    `json:"budget,omitempty" jsonschema:"most characters of text (字数预算) in this answer"`
	Neighbours int    `json:"neighbours,omitempty" jsonschema:"paragraphs before and after each match (前后段落) that are added"`
	PerArticle int    `json:"per_article,omitempty" jsonschema:"most matching paragraphs of one article"`
}

type passagesOutput struct {
	Total      int       `json:"total" jsonschema:"all matching paragraphs, or articles if by is article"`
	By         string    `json:"by" jsonschema:"paragraph: a paragraph has all that the query asks for; article: none has, but articles do"`
	DidYouMean string    `json:"did_you_mean" jsonschema:"a corrected query that has hits, or empty"`
	Generation string    `json:"generation"`
	Characters int       `json:"characters" jsonschema:"length of the texts below"`
	Omitted    int       `json:"omitted" jsonschema:"further matching paragraphs that were found but didn't fit"`
	Copies     int       `json:"copies" jsonschema:"paragraphs left out because another article has the same text (转载)"`
	Passages   []passage `json:"passages" jsonschema:"the best first, by article"`
}

// passage is what is shown of an article.
type passage struct {
	articleRef
	Citation   string             `json:"citation" jsonschema:"reference by GB/T 7714-2015"`
	Paragraphs []passageParagraph `json:"paragraphs" jsonschema:"in the order of the article; gaps in n are left out"`
}

type passageParagraph struct {
	paragraph
	Match bool `json:"match" jsonschema:"it matches; else it is a neighbour"`
	Cut   bool `json:"cut" jsonschema:"only a part is shown, since the whole exceeds the budget"`
}

// Bounds of passages.
const (
	passageBudget    = 4000 // characters
	minPassageBudget = 200
	maxPassageBudget = 30_000
	maxNeighbours    = 3
	maxPerArticle    = 10
	// passageCharacters is about the length of a paragraph, from which follows how many
	// are looked at.
	passageCharacters = 100
	minPassageHits    = 10
)

func (s *Server) addPassages() {
	add(s, tool{
		name:  "passages",
		title: "段落 Passages",
		description: "Find the best paragraphs for a question (按段落取证) within a budget of characters, each with its " +
			"neighbours, its article's citation (GB/T 7714) and link. Copies of a text come once. For answers with sources.",
		bounds: bounds{
			"match":       oneOf("together", "anywhere"),
			"budget":      between(minPassageBudget, maxPassageBudget, passageBudget),
			"neighbours":  between(0, maxNeighbours, 1),
			"per_article": between(1, maxPerArticle, 3),
		},
	}, s.passages)
}

func (s *Server) passages(ctx context.Context, in passagesInput) (passagesOutput, string, error) {
	if err := needQuery(in.Query); err != nil {
		return passagesOutput{}, "", err
	}
	v := in.values()
	v.Set("match", in.Match)
	v.Set("by", string(search.ByParagraph))
	q, err := readSearch(in.Query, v, min(max(in.Budget/passageCharacters, minPassageHits), search.MaxSize))
	if err != nil {
		return passagesOutput{}, "", err
	}
	resp, by, err := s.findPassages(ctx, q)
	if err != nil {
		return passagesOutput{}, "", err
	}
	c := &collector{
		read: func(id string) (search.MarkedArticle, error) {
			return s.engine.Article(ctx, search.ArticleRequest{ID: id})
		},
		left:       in.Budget,
		neighbours: in.Neighbours,
		perArticle: in.PerArticle,
	}
	for _, h := range resp.Hits {
		if err := c.add(h); err != nil {
			return passagesOutput{}, "", err
		}
	}
	out := passagesOutput{
		Total:      resp.Total,
		By:         string(by),
		DidYouMean: resp.DidYouMean,
		Generation: resp.Generation,
		Characters: in.Budget - c.left,
		Omitted:    c.omitted,
		Copies:     c.copies,
		Passages:   make([]passage, 0, len(c.chosen)),
	}
	for _, x := range c.chosen {
		ref := s.newRef(ctx, x.article, "")
		out.Passages = append(out.Passages, passage{ref, s.cite(x.article, ref), x.paragraphs()})
	}
	return out, out.text(), nil
}

// findPassages looks for paragraphs, and if no paragraph has all that the query asks for,
// for articles, whose best paragraphs they come with.
func (s *Server) findPassages(ctx context.Context, q param.Search) (search.Response, search.By, error) {
	resp, err := q.Find(ctx, s.engine)
	if err != nil || resp.Total > 0 {
		return resp, search.ByParagraph, err
	}
	resp, err = new(q.WithBy(search.ByArticle)).Find(ctx, s.engine)
	return resp, search.ByArticle, err
}

func (out passagesOutput) text() string {
	var b strings.Builder
	unit := "matching paragraphs"
	if out.By == string(search.ByArticle) && out.Total > 0 {
		unit = "matching articles (no single paragraph has all the words)"
	}
	fmt.Fprintf(&b, "%d %s; %d characters below", out.Total, unit, out.Characters)
	if out.Omitted > 0 {
		fmt.Fprintf(&b, "; %d more found that don't fit", out.Omitted)
	}
	if out.DidYouMean != "" {
		b.WriteString("; did you mean: " + out.DidYouMean)
	}
	b.WriteByte('\n')
	if out.Total == 0 {
		b.WriteString(tryOther)
	}
	for i, p := range out.Passages {
		fmt.Fprintf(&b, "\n[%d] %s\n%s\n", i+1, p.heading(), p.Citation)
		writeLink(&b, "", p.Link)
		list := make([]paragraph, len(p.Paragraphs))
		for j, x := range p.Paragraphs {
			list[j] = x.paragraph
		}
		writeParagraphs(&b, list)
	}
	return b.String()
}
