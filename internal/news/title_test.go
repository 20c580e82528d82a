package news_test

import (
	"strings"
	"testing"

	"xunwen/internal/news"
)

func TestTitleOfArticleWithoutTitle(t *testing.T) {
	line := strings.Repeat("江", 40)
	text := func(texts ...string) []news.Paragraph {
		var out []news.Paragraph
		for _, s := range texts {
			out = append(out, news.Paragraph{Kind: news.Body, Text: s})
		}
		return out
	}
	for _, tc := range []struct {
		name             string
		article          news.Article
		display, opening string
		headings         [3]string
	}{
		{
			name:     "title",
			article:  news.Article{Title: "渡口停航", Kicker: "江上纪事", Subtitle: "老船工收缆", Paragraphs: text("正文。")},
			display:  "渡口停航",
			headings: [3]string{"渡口停航", "江上纪事", "老船工收缆"},
		},
		{
			name:     "title on two lines",
			article:  news.Article{Title: "渡口\u3000停航\n  老船工收缆"},
			display:  "渡口 停航 老船工收缆",
			headings: [3]string{"渡口\u3000停航\n  老船工收缆"},
		},
		{
			name:     "kicker instead of title",
			article:  news.Article{Title: " \u3000", Kicker: "江上纪事", Subtitle: "老船工收缆", Paragraphs: text("正文。")},
			display:  "江上纪事",
			headings: [3]string{"江上纪事", "", "老船工收缆"},
		},
		{
			name:     "subtitle instead of title",
			article:  news.Article{Subtitle: "老船工收缆", Paragraphs: text("正文。")},
			display:  "老船工收缆",
			headings: [3]string{"老船工收缆"},
		},
		{
			name:    "first paragraph with text",
			article: news.Article{Paragraphs: text(" ", "渡口昨天\n起停航。", "第二段。")},
			display: "渡口昨天 起停航。",
			opening: "渡口昨天 起停航。",
		},
		{
			name:    "a line is not cut",
			article: news.Article{Paragraphs: text(line)},
			display: line,
			opening: line,
		},
		{
			name:    "more than a line is cut",
			article: news.Article{Paragraphs: text(line + "水")},
			display: line + "…",
			opening: line + "…",
		},
		{name: "nothing at all"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			title, kicker, subtitle := tc.article.Headings()
			if got := [3]string{title, kicker, subtitle}; got != tc.headings {
				t.Errorf("Headings() = %q, want %q", got, tc.headings)
			}
			if got := tc.article.DisplayTitle(); got != tc.display {
				t.Errorf("DisplayTitle() = %q, want %q", got, tc.display)
			}
			if got := tc.article.Opening(); got != tc.opening {
				t.Errorf("Opening() = %q, want %q", got, tc.opening)
			}
		})
	}
}

// TestOpeningIsCutLikeAWhole compares the beginning of a text with the same of the whole
// text in one line.
func TestOpeningIsCutLikeAWhole(t *testing.T) {
	full := strings.Repeat("渡", 40)
	for _, text := range []string{
		"", " \t", "渡口", " 渡口　自下月起\n停航 ", full[3:], full, full + "口", full[3:] + " 口", full + " \n", full + " 口",
		strings.Repeat("a b  ", 40),
	} {
		want := strings.Join(strings.Fields(text), " ")
		if runes := []rune(want); len(runes) > 40 {
			want = strings.TrimRight(string(runes[:40]), " ") + "…"
		}
		a := news.Article{Paragraphs: []news.Paragraph{{Text: text}}}
		if got := a.Opening(); got != want {
			t.Errorf("%q begins with %q, want %q", text, got, want)
		}
	}
}
