package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"xunwen/internal/news"
	"xunwen/internal/source/markup"
)

// boldLine matches a short line that is all bold and no sentence: the heading of a section, of a
// level below those of Markdown.
var boldLine = regexp.MustCompile(`^\s*<p><strong>([^<。！？；]{1,40})</strong></p>\s*$`)

const boldLevel = 7

var converter = goldmark.New(
	goldmark.WithExtensions(cellLimit{}, extension.Table, extension.Strikethrough),
	goldmark.WithRendererOptions(html.WithUnsafe()))

// split parses a text and cuts it at its headings.
func split(content string) []part {
	source := []byte(content)
	root := converter.Parser().Parse(text.NewReader(source))
	parts := []part{{line: 1}}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			line := parts[len(parts)-1].line
			if h.Lines().Len() > 0 {
				line = 1 + bytes.Count(source[:h.Lines().At(0).Start], []byte{'\n'})
			}
			parts = append(parts, part{level: h.Level, heading: markup.Line(render(n, source)), line: line})
			continue
		}
		last := &parts[len(parts)-1]
		if m := boldLine.FindStringSubmatch(render(n, source)); m != nil {
			parts = append(parts, part{level: boldLevel, heading: markup.Line(m[1]), line: last.line})
			continue
		}
		if link := original.FindStringSubmatch(render(n, source)); link != nil && last.url == "" {
			last.url = link[1]
			continue
		}
		last.paragraphs = append(last.paragraphs, paragraphs(n, source)...)
	}
	return parts
}

// render returns a block as HTML, the pictures and addresses of which are no text.
func render(n ast.Node, source []byte) string {
	var b bytes.Buffer
	if err := converter.Renderer().Render(&b, source, n); err != nil {
		return string(n.Lines().Value(source)) // a buffer takes everything, so this is never needed
	}
	return b.String()
}

// original matches a paragraph that is only a link to where the article comes from.
var original = regexp.MustCompile(
	`(?is)^\s*<p>\s*<a href="([^"]*)"[^>]*>\s*(?:阅读|查看|新闻)?(?:原文|来源|出处|链接|网址|source|original)(?:链接|地址)?\s*</a>\s*</p>\s*$`)

func paragraphs(n ast.Node, source []byte) []news.Paragraph {
	switch n.Kind() {
	case ast.KindThematicBreak:
		return nil
	case ast.KindHTMLBlock:
		var raw bytes.Buffer
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			raw.Write(line.Value(source))
		}
		block := n.(*ast.HTMLBlock)
		if block.HasClosure() {
			raw.Write(block.ClosureLine.Value(source))
		}
		return markup.Paragraphs(raw.String())
	}
	return markup.Paragraphs(render(n, source))
}
