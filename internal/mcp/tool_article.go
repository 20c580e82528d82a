package mcp

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

type articleInput struct {
	ID            string `json:"id" jsonschema:"id of the article, from search or another tool"`
	Paragraph     int    `json:"paragraph,omitempty" jsonschema:"first paragraph (起始段落), from 1; next_paragraph of the answer before"`
	Offset        int    `json:"offset,omitempty" jsonschema:"characters of that paragraph to leave out; next_offset of the answer before"`
	MaxCharacters int    `json:"max_characters,omitempty" jsonschema:"most characters of text (字数上限) in this answer"`
}

type articleOutput struct {
	articleRef
	Kicker        string      `json:"kicker" jsonschema:"引题"`
	Subtitle      string      `json:"subtitle" jsonschema:"副题"`
	Citation      string      `json:"citation" jsonschema:"reference by GB/T 7714-2015"`
	Generation    string      `json:"generation"`
	Characters    int         `json:"characters" jsonschema:"length of the whole article (全文字数)"`
	Count         int         `json:"paragraph_count" jsonschema:"paragraphs of the whole article (段落数)"`
	Paragraphs    []paragraph `json:"paragraphs"`
	NextParagraph int         `json:"next_paragraph" jsonschema:"where the text goes on; 0 at its end"`
	NextOffset    int         `json:"next_offset"`
}

type paragraph struct {
	N       int    `json:"n" jsonschema:"number, from 1"`
	Section string `json:"section" jsonschema:"section heading (小标题) above it"`
	Kind    string `json:"kind" jsonschema:"body (正文), caption (图片说明) or table (表格)"`
	Text    string `json:"text"`
}

// Lengths of a text in an answer, in characters.
const (
	articleCharacters    = 10_000
	maxArticleCharacters = 50_000
	maxHeading           = 500
)

func (s *Server) addArticle() {
	add(s, tool{
		name:  "article",
		title: "全文 Article",
		description: "Read an article (阅读全文) by its id: headings, newspaper, date, page, citation by GB/T 7714, link, " +
			"and its numbered paragraphs. A long text comes in parts: repeat with paragraph and offset from next_*.",
		bounds: bounds{
			"paragraph":      between(1, maxParagraph, 1),
			"offset":         between(0, maxParagraph, 0),
			"max_characters": between(100, maxArticleCharacters, articleCharacters),
		},
	}, s.article)
}

// maxParagraph bounds numbers of paragraphs and offsets.
const maxParagraph = 1 << 30

func (s *Server) article(ctx context.Context, in articleInput) (articleOutput, string, error) {
	marked, err := s.engine.Article(ctx, search.ArticleRequest{ID: in.ID})
	if err != nil {
		return articleOutput{}, "", err
	}
	a := marked.Article
	if in.Paragraph > max(len(a.Paragraphs), 1) {
		return articleOutput{}, "", bad("paragraph", fmt.Sprintf("the article has %d", len(a.Paragraphs)))
	}
	out := articleOutput{
		articleRef: s.newRef(ctx, a, ""),
		Kicker:     shortened(a.Kicker, maxHeading),
		Subtitle:   shortened(a.Subtitle, maxHeading),
		Generation: marked.Generation,
		Characters: a.Characters(),
		Count:      len(a.Paragraphs),
	}
	out.Citation = s.cite(a, out.articleRef)
	out.Paragraphs, out.NextParagraph, out.NextOffset = partOf(a, in)
	return out, out.text(), nil
}

// partOf returns the paragraphs that fit, and where the text goes on.
func partOf(a news.Article, in articleInput) (part []paragraph, next, offset int) {
	part = []paragraph{}
	left := in.MaxCharacters
	skip := in.Offset
	for i := in.Paragraph - 1; i < len(a.Paragraphs); i++ {
		if left == 0 {
			return part, i + 1, 0
		}
		p := a.Paragraphs[i]
		text := p.Text[len(firstCharacters(p.Text, skip)):]
		first := firstCharacters(text, left)
		count := utf8.RuneCountInString(first)
		part = append(part, paragraph{i + 1, shortened(p.Section, maxHeading), kindOf(p.Kind), first})
		if len(first) < len(text) {
			return part, i + 1, skip + count
		}
		left, skip = left-count, 0
	}
	return part, 0, 0
}

func (out articleOutput) text() string {
	var b strings.Builder
	for _, line := range []string{out.Kicker, out.heading(), out.Subtitle, out.Byline, out.Citation} {
		if line != "" {
			b.WriteString(line + "\n")
		}
	}
	writeLink(&b, "", out.Link)
	writeParagraphs(&b, out.Paragraphs)
	if out.NextParagraph > 0 {
		fmt.Fprintf(&b, "\nIt goes on: repeat with paragraph %d, offset %d.\n", out.NextParagraph, out.NextOffset)
	}
	return b.String()
}

// writeParagraphs writes numbered paragraphs below their section headings.
func writeParagraphs(b *strings.Builder, list []paragraph) {
	section := ""
	for _, p := range list {
		if p.Section != section {
			section = p.Section
			if section != "" {
				b.WriteString("\n【" + section + "】\n")
			}
		}
		fmt.Fprintf(b, "\n¶%d %s\n", p.N, p.Text)
	}
}
