package searchtest

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// trends holds that each number is the total of a search within its period.
func trends(t *testing.T, serve Factory) {
	e := serve(t, archive())
	word := &query.Word{Text: "客流"}
	for _, r := range []search.TrendsRequest{
		{Queries: []query.Node{&query.Word{Text: "大桥"}, word}, Interval: search.Month},
		{Queries: []query.Node{&query.Word{Text: "大桥"}, nil}, Interval: search.Day, NoFold: true},
		{Queries: []query.Node{word}, Interval: search.Year, By: search.ByParagraph},
		{Queries: []query.Node{word}, Filter: search.Filter{Publication: []string{"青禾晚报"}, From: "2026-01-15"}},
	} {
		got, err := e.Trends(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Periods) == 0 || got.Generation != e.Generation() || r.Interval != "" && got.Interval != r.Interval {
			t.Errorf("%+v: %+v", r, got)
		}
		total := func(q query.Node, p search.TrendPeriod) int {
			f := r.Filter
			f.From, f.To = max(f.From, p.From), p.To
			res, err := e.Search(t.Context(), search.Request{Query: q, By: r.By, Size: 1, Filter: f, NoFold: r.NoFold})
			if err != nil {
				t.Fatal(err)
			}
			return res.Total
		}
		for i, p := range got.Periods {
			if want := total(nil, p); p.Total != want {
				t.Errorf("%+v: %s to %s: %d in all, want %d", r, p.From, p.To, p.Total, want)
			}
			for n, q := range r.Queries {
				if want := total(q, p); p.Counts[n] != want {
					t.Errorf("%v: %s to %s: %d, want %d", q, p.From, p.To, p.Counts[n], want)
				}
			}
			if i > 0 && p.From != dayAfter(t, got.Periods[i-1].To) {
				t.Errorf("%+v: %s does not follow %s", r, p.From, got.Periods[i-1].To)
			}
		}
	}
	none, err := e.Trends(t.Context(), search.TrendsRequest{Queries: []query.Node{word}, Filter: search.Filter{Page: []string{"99"}}})
	if err != nil || len(none.Periods) != 0 {
		t.Errorf("trends of nothing: %+v, %v", none, err)
	}
}

// issues holds that publications, their days and each day's pages are those of
// the articles, in order.
func issues(t *testing.T, serve Factory) {
	article := func(id, publication, date, page, name, title, text string) news.Article {
		return news.Article{ID: id, Publication: publication, Date: date, Page: page, PageName: name, Title: title,
			Paragraphs: []news.Paragraph{{Text: text, Kind: news.Body}}}
	}
	e := serve(t, []news.Article{
		article("a", "临江日报", "2026-01-10", "10", "", "天气", "多云。"), article("b", "临江日报", "2026-01-10", "2", "", "渡口", "停航。"),
		article("c", "临江日报", "2026-01-10", "2", "本地", "", "桥头加开一班车。"), article("d", "临江日报", "2026-01-10", "A1", "特刊", "茶节", "开幕。"),
		article("e", "临江日报", "2026-01-08", "1", "", "早", "一。"), article("f", "临江日报", "2026-02-01", "1", "", "晚", "二。"),
		article("g", "临江日报", "", "1", "", "无日", "三。"), article("h", "", "2026-01-10", "", "", "无报", "四。"),
		article("i", "临江日报", "2026-01-10", "", "", "无版", "五。"),
	})
	all, err := e.Publications(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []search.Publication{{Value: "临江日报", Count: 8, From: "2026-01-08", To: "2026-02-01"}, {Count: 1, From: "2026-01-10", To: "2026-01-10"}}
	if !slices.Equal(all.List, want) || all.Generation != e.Generation() {
		t.Errorf("publications %+v, want %+v", all, want)
	}
	days, err := e.Issues(t.Context(), "临江日报")
	if err != nil {
		t.Fatal(err)
	}
	if want := []search.IssueDate{{Date: "2026-01-08", Count: 1}, {Date: "2026-01-10", Count: 5}, {Date: "2026-02-01", Count: 1}}; !slices.Equal(days.List, want) {
		t.Errorf("issues %+v, want %+v", days.List, want)
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

// sink gathers an export; stop ends it after so many hits, -1 never.
type sink struct {
	origin search.Origin
	hits   []search.Hit
	marked [][]search.Marked
	stop   int
}

var errStop = fmt.Errorf("enough")

func (s *sink) Begin(o search.Origin) error { s.origin = o; return nil }

func (s *sink) Take(h search.Hit, m []search.Marked) error {
	if len(s.hits) == s.stop {
		return errStop
	}
	s.hits, s.marked = append(s.hits, h), append(s.marked, m)
	return nil
}

// exports holds that an export is what the cursor walks, and ends when its sink
// has had enough.
func exports(t *testing.T, serve Factory) {
	e := serve(t, archive())
	for _, r := range []search.Request{
		{Query: &query.Word{Text: "渡口"}}, {Query: &query.Word{Text: "渡口"}, NoFold: true}, {Query: &query.Phrase{Text: "水位"}, By: search.ByParagraph},
		{Filter: search.Filter{Publication: []string{"临江日报"}}, Sort: search.Oldest}, {Query: &query.Word{Text: "无关之事"}},
	} {
		r.Size = 5
		var want []search.Hit
		Walk(t, e, r, func(res search.Response) bool { want = append(want, res.Hits...); return true })
		got := &sink{stop: -1}
		if err := e.Export(t.Context(), search.ExportRequest{Search: r}, got); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.hits, want) {
			t.Errorf("%+v: %d hits, a walk sees %d, or others", r, len(got.hits), len(want))
		}
		if o := got.origin; o.Generation != e.Generation() || o.Total != len(want) || o.Analyzer == "" {
			t.Errorf("%+v: origin %+v", r, o)
		}
	}
	all := search.ExportRequest{Search: search.Request{Query: &query.Word{Text: "水位"}, NoFold: true}, Marks: true}
	got := &sink{stop: -1}
	if err := e.Export(t.Context(), all, got); err != nil {
		t.Fatal(err)
	}
	marks := 0
	for _, texts := range got.marked {
		for _, m := range texts {
			for _, s := range m.Marks {
				if marks++; m.Text[s.Start:s.End] != "水位" {
					t.Errorf("marked is %q", m.Text[s.Start:s.End])
				}
			}
		}
	}
	if marks == 0 {
		t.Error("nothing is marked")
	}
	few := &sink{stop: 3}
	if err := e.Export(t.Context(), all, few); err != errStop || len(few.hits) != 3 {
		t.Errorf("a sink that has enough after 3: %d hits, %v", len(few.hits), err)
	}
}
