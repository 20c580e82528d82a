package mcp

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/news"
)

func TestPassages(t *testing.T) {
	cs := connect(t, archive(t))
	got, _ := ask[passagesOutput](t, cs, "passages", args{"query": "大桥 投资", "publication": []string{"临江日报"}})
	if got.Total != 1 {
		t.Errorf("in one newspaper: %+v", got)
	}
	got, _ = ask[passagesOutput](t, cs, "passages", args{"query": "大桥 投资"})
	if got.By != "paragraph" || got.Total != 2 || len(got.Passages) != 1 || got.Copies != 1 {
		t.Fatalf("%+v", got)
	}
	got, text := ask[passagesOutput](t, cs, "passages", args{"query": "大桥 投资", "to": "2025-09-18"})
	p := got.Passages[0]
	if p.ID != "a/1" || !strings.HasPrefix(p.Citation, "陆知夏. 青禾大桥合龙[N/OL]. 临江日报, 2025-09-18(1)[2026-03-09].") ||
		p.Link != "https://news.example/articles/a%2F1" {
		t.Errorf("%+v", p)
	}
	if len(p.Paragraphs) != 2 || p.Paragraphs[0].N != 3 || p.Paragraphs[0].Match || p.Paragraphs[1].N != 4 ||
		!p.Paragraphs[1].Match {
		t.Errorf("the match and its neighbour are %+v", p.Paragraphs)
	}
	if !strings.Contains(text, p.Citation) || !strings.Contains(text, "投资三十亿元") {
		t.Errorf("the text is %s", text)
	}
	got, _ = ask[passagesOutput](t, cs, "passages", args{"query": "观看 三十亿"})
	if got.By != "article" || len(got.Passages) != 1 || len(got.Passages[0].Paragraphs) < 2 {
		t.Errorf("words of two paragraphs: %+v", got)
	}
	if got, _ = ask[passagesOutput](t, cs, "passages", args{"query": "飞船"}); got.Total != 0 || len(got.Passages) != 0 {
		t.Errorf("for nothing: %+v", got)
	}
}

// TestPassagesKeepTheirBudget checks that texts never exceed the budget, that no paragraph
// comes twice, and that a larger budget brings no less.
func TestPassagesKeepTheirBudget(t *testing.T) {
	var list []news.Article
	for i := range 30 {
		a := news.Article{ID: fmt.Sprint(i), Title: fmt.Sprint("第", i, "期"), Date: "2025-01-01"}
		for j := range 6 {
			a.Paragraphs = append(a.Paragraphs,
				news.Paragraph{Text: fmt.Sprintf("第%d条大桥消息%s%d。", i, strings.Repeat("经过", 5+7*j), j)})
		}
		list = append(list, a)
	}
	cs := connect(t, memoryEngine(t, list))
	before := 0
	for _, budget := range []int{200, 500, 2000, 10_000, 30_000} {
		got, _ := ask[passagesOutput](t, cs, "passages", args{"query": "大桥", "budget": budget, "neighbours": 2})
		count := 0
		seen := map[string]bool{}
		for _, p := range got.Passages {
			matches := 0
			for _, x := range p.Paragraphs {
				count += utf8.RuneCountInString(x.Text)
				if seen[x.Text] {
					t.Errorf("budget %d: twice: %s", budget, x.Text)
				}
				seen[x.Text] = true
				if x.Match {
					matches++
				}
			}
			if matches == 0 || matches > 3 {
				t.Errorf("budget %d: %d matches of one article", budget, matches)
			}
		}
		if count != got.Characters || count > budget || count < before || len(got.Passages) == 0 {
			t.Errorf("budget %d: %d characters, said %d, before %d", budget, count, got.Characters, before)
		}
		before = count
	}
}

// TestLongParagraphIsCut checks that a paragraph beyond the budget is cut around its match.
func TestLongParagraphIsCut(t *testing.T) {
	filler := strings.Repeat("江水东流去。", 1000)
	cs := connect(t, memoryEngine(t, []news.Article{
		{ID: "1", Title: "江", Paragraphs: []news.Paragraph{{Text: filler + "大桥通车。" + filler}}},
	}))
	got, _ := ask[passagesOutput](t, cs, "passages", args{"query": "大桥", "budget": 200})
	p := got.Passages[0].Paragraphs[0]
	if !p.Cut || utf8.RuneCountInString(p.Text) != 200 || !strings.Contains(p.Text, "大桥通车") {
		t.Errorf("%+v", p)
	}
}

func TestTrends(t *testing.T) {
	cs := connect(t, archive(t))
	got, text := ask[trendsOutput](t, cs, "trends", args{"queries": []string{"大桥", "渡口"}, "interval": "month"})
	if got.Interval != "month" || len(got.Periods) != 2 || got.Periods[0].From != "2025-09-01" ||
		got.Sums[0] != 2 || got.Sums[1] != 1 {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(text, "大桥\t渡口") {
		t.Errorf("the text is %s", text)
	}
}

// TestTrendsAreBounded checks that an answer with too many periods is an error that says
// how to get a shorter one.
func TestTrendsAreBounded(t *testing.T) {
	cs := connect(t, memoryEngine(t, []news.Article{
		{ID: "1", Title: "大桥开工", Date: "2001-01-01", Paragraphs: []news.Paragraph{{Text: "大桥。"}}},
		{ID: "2", Title: "大桥通车", Date: "2003-01-01", Paragraphs: []news.Paragraph{{Text: "大桥。"}}},
	}))
	got := callTool(t, cs, "trends", args{"queries": []string{"大桥"}, "interval": "day"})
	if !got.IsError {
		t.Error("two years of days are no error")
	}
	if years, _ := ask[trendsOutput](t, cs, "trends", args{"queries": []string{"大桥"}}); len(years.Periods) == 0 {
		t.Errorf("%+v", years)
	}
}

func TestContext(t *testing.T) {
	cs := connect(t, archive(t))
	got, text := ask[contextOutput](t, cs, "context", args{"query": "大桥", "sort": "oldest", "characters": 5})
	if got.Total != 2 || len(got.Articles) != 2 {
		t.Fatalf("%+v", got)
	}
	if line, want := got.Articles[1].Lines[0], (contextLine{1, "，旅客改走", "大桥", "。"}); line != want {
		t.Errorf("%+v, want %+v", line, want)
	}
	if got.Articles[0].Lines[0].Paragraph != 0 {
		t.Errorf("the title is not first: %+v", got.Articles[0].Lines)
	}
	if !strings.Contains(text, "【大桥】") {
		t.Errorf("the text is %s", text)
	}
}

func TestSimilar(t *testing.T) {
	cs := connect(t, archive(t))
	got, text := ask[similarOutput](t, cs, "similar", args{"id": "a/1"})
	if got.CopyCount != 1 || got.Copies[0].ID != "b-1" || len(got.Similar) != 1 || got.Similar[0].ID != "c-1" {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(text, "b-1") {
		t.Errorf("the text is %s", text)
	}
}

func TestIssues(t *testing.T) {
	cs := connect(t, archive(t))
	got, _ := ask[issuesOutput](t, cs, "issues", nil)
	if len(got.Publications) != 2 || got.Publications[0].Name != "临江日报" || got.Publications[0].Count != 2 {
		t.Errorf("newspapers: %+v", got)
	}
	got, _ = ask[issuesOutput](t, cs, "issues", args{"publication": "临江日报", "from": "2025-10-01"})
	if len(got.Days) != 1 || got.Days[0].Date != "2025-10-02" {
		t.Errorf("days: %+v", got)
	}
	got, text := ask[issuesOutput](t, cs, "issues", args{"publication": "临江日报", "date": "2025-09-18"})
	if len(got.Pages) != 1 || got.Pages[0].Articles[0].ID != "a/1" || got.Next != "2025-10-02" {
		t.Errorf("pages: %+v", got)
	}
	if !strings.Contains(text, "id: a/1") {
		t.Errorf("the text is %s", text)
	}
}
