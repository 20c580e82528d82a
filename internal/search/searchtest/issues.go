package searchtest

import (
	"fmt"
	"slices"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// issues checks publications, the days of their issues and the pages of an issue.
func issues(t *testing.T, serve Factory) {
	article := func(id, publication, date, page, name, title, text string) news.Article {
		return news.Article{
			ID:          id,
			Publication: publication,
			Date:        date,
			Page:        page,
			PageName:    name,
			Title:       title,
			Paragraphs:  []news.Paragraph{{Text: text, Kind: news.Body}},
		}
	}
	e := serve(t, []news.Article{
		article("a", "临江日报", "2026-01-10", "10", "", "天气", "多云。"),
		article("b", "临江日报", "2026-01-10", "2", "", "渡口", "停航。"),
		article("c", "临江日报", "2026-01-10", "2", "本地", "", "桥头加开一班车。"),
		article("d", "临江日报", "2026-01-10", "A1", "特刊", "茶节", "开幕。"),
		article("e", "临江日报", "2026-01-08", "1", "", "早", "一。"),
		article("f", "临江日报", "2026-02-01", "1", "", "晚", "二。"),
		article("g", "临江日报", "", "1", "", "无日", "三。"),
		article("h", "", "2026-01-10", "", "", "无报", "四。"),
		article("i", "临江日报", "2026-01-10", "", "", "无版", "五。"),
	})
	all, err := e.Publications(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []search.Publication{
		{Value: "临江日报", Count: 8, From: "2026-01-08", To: "2026-02-01"},
		{Count: 1, From: "2026-01-10", To: "2026-01-10"},
	}
	if !slices.Equal(all.List, want) || all.Generation != e.Generation() {
		t.Errorf("publications %+v, want %+v", all, want)
	}
	days, err := e.Issues(t.Context(), "临江日报")
	if err != nil {
		t.Fatal(err)
	}
	wantDays := []search.IssueDate{
		{Date: "2026-01-08", Count: 1},
		{Date: "2026-01-10", Count: 5},
		{Date: "2026-02-01", Count: 1},
	}
	if !slices.Equal(days.List, wantDays) {
		t.Errorf("issues %+v, want %+v", days.List, wantDays)
	}
	for _, c := range []struct {
		r    search.IssueRequest
		want string
	}{
		{search.IssueRequest{Publication: "临江日报", Date: "2026-01-10"},
			"[{2 本地 [{b 渡口} {c 桥头加开一班车。}]} {10  [{a 天气}]} {A1 特刊 [{d 茶节}]} {  [{i 无版}]}] 2026-01-08 2026-02-01"},
		{search.IssueRequest{Publication: "临江日报", Date: "2026-01-09"}, "[] 2026-01-08 2026-01-10"},
		{search.IssueRequest{Publication: "临江日报", Date: "2026-02-01"}, "[{1  [{f 晚}]}] 2026-01-10 "},
		{search.IssueRequest{Date: "2026-01-10"}, "[{  [{h 无报}]}]  "},
		{search.IssueRequest{Publication: "临江", Date: "2026-01-10"}, "[]  "},
	} {
		got, err := e.Issue(t.Context(), c.r)
		if err != nil {
			t.Fatal(err)
		}
		if s := fmt.Sprintf("%v %s %s", got.Pages, got.Previous, got.Next); s != c.want {
			t.Errorf("issue %+v: %s, want %s", c.r, s, c.want)
		}
	}
}
