package engine

import (
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// What is marked is what takes part in the relation, to the character.
func TestRelationMarks(t *testing.T) {
	a := news.Article{
		ID:    "a",
		Title: "北约与欧盟",
		Paragraphs: []news.Paragraph{
			{Text: "北约说，俄罗斯不同意；俄罗斯说，北约东扩了。北约很远很远很远很远很远。"},
			{Text: "欧盟开会。"},
			{Text: "散会。"},
			{Text: "俄罗斯没有来。"},
		},
	}
	words := openAnalyzer(t)
	m := newMemory(words, []news.Article{a}, alone)
	e := New("one", m, m, m.columns, words, Options{})
	word := func(text string) query.Node { return &query.Word{Text: text} }
	for _, c := range []struct {
		query query.Node
		want  string
	}{
		{&query.Proximity{Left: word("北约"), Right: word("俄罗斯"), Relation: query.Within, Distance: 2},
			"【北约】说，【俄罗斯】不同意；【俄罗斯】说，【北约】东扩了。北约很远很远很远很远很远。"},
		{&query.Proximity{Left: word("北约"), Right: word("俄罗斯"), Relation: query.Before, Distance: 2},
			"【北约】说，【俄罗斯】不同意；俄罗斯说，北约东扩了。北约很远很远很远很远很远。"},
		{&query.Proximity{Left: &query.Phrase{Text: "东扩了。"}, Right: word("俄罗斯"), Relation: query.SameSentence},
			"北约说，【俄罗斯】不同意；【俄罗斯】说，北约【东扩了。】北约很远很远很远很远很远。"},
		{&query.Proximity{Left: word("北约"), Right: word("东扩"), Relation: query.SameSentence},
			"【北约】说，俄罗斯不同意；俄罗斯说，【北约东扩】了。北约很远很远很远很远很远。"},
		{&query.Proximity{Left: word("不同意"), Right: word("欧盟"), Relation: query.SameParagraph, Distance: 1},
			"北约说，俄罗斯【不同意】；俄罗斯说，北约东扩了。北约很远很远很远很远很远。|【欧盟】开会。"},
		{&query.Proximity{Left: word("欧盟"), Right: word("俄罗斯"), Relation: query.SameParagraph, Distance: 2},
			"北约说，【俄罗斯】不同意；【俄罗斯】说，北约东扩了。北约很远很远很远很远很远。" +
				"|【欧盟】开会。|【俄罗斯】没有来。"},
		{&query.Proximity{Left: word("散会"), Right: word("俄罗斯"), Relation: query.SameParagraph, Distance: 1},
			"【散会】。|【俄罗斯】没有来。"},
		{&query.Proximity{Left: word("北约"), Right: word("欧盟"), Relation: query.SameParagraph}, "【北约】与【欧盟】"},
		{&query.Occurrences{Node: word("俄罗斯"), Min: 3},
			"北约说，【俄罗斯】不同意；【俄罗斯】说，北约东扩了。北约很远很远很远很远很远。|【俄罗斯】没有来。"},
		// Only the side of an "or" that the article matched is marked.
		{&query.Or{Nodes: []query.Node{&query.Occurrences{Node: word("俄罗斯"), Min: 4}, word("散会")}}, "【散会】。"},
		{&query.Or{Nodes: []query.Node{
			&query.Proximity{Left: word("散会"), Right: word("北约"), Relation: query.SameParagraph, Distance: 1},
			word("开会"),
		}}, "欧盟【开会】。"},
	} {
		got, err := e.Article(t.Context(), search.ArticleRequest{ID: "a", Query: c.query})
		if err != nil {
			t.Fatal(err)
		}
		if text := markedArticle(got); text != c.want {
			t.Errorf("%s: %s, want %s", c.query, text, c.want)
		}
	}
}

// markedArticle writes the texts with marks, the marks in 【】.
func markedArticle(a search.MarkedArticle) string {
	var out []string
	add := func(text string, marks []search.Span) {
		var b strings.Builder
		at := 0
		for _, m := range marks {
			b.WriteString(text[at:m.Start] + "【" + text[m.Start:m.End] + "】")
			at = m.End
		}
		if at > 0 {
			out = append(out, b.String()+text[at:])
		}
	}
	add(a.Article.Title, a.Title)
	for i, p := range a.Article.Paragraphs {
		add(p.Section, a.Sections[i])
		add(p.Text, a.Paragraphs[i])
	}
	return strings.Join(out, "|")
}
