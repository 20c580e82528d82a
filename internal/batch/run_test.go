package batch

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/engine"
	"xunwen/internal/memindex"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// archive has four articles about a ferry and one about a bridge.
func archive(t *testing.T) search.Engine {
	t.Helper()
	articles := make([]memindex.Article, 0, 5)
	for i, a := range []struct{ publication, date, text string }{
		{"临江日报", "2022-01-05", "渡口今天开放，市民排队过江。"},
		{"临江日报", "2022-03-09", "渡口因大雾停航三小时。"},
		{"江畔周刊", "2024-07-01", "老渡口的摆渡人讲起往事。"},
		{"", "", "渡口旧照征集启事。"},
		{"江畔周刊", "2024-07-08", "大桥通车，车流平稳。"},
	} {
		articles = append(articles, memindex.Article{Sequence: uint32(i), Article: news.Article{
			ID: fmt.Sprintf("a%d", i), Publication: a.publication, Date: a.date, Title: "标题" + fmt.Sprint(i),
			Paragraphs: []news.Paragraph{{Text: a.text}},
		}})
	}
	words := analyzertest.Open(t)
	x := memindex.New(words, articles)
	return engine.New("g1", x, x, x.Columns, words, engine.Options{Analyzer: "default", Cache: engine.DefaultCache})
}

// rows is a Writer that keeps what it gets.
type rows struct {
	head Head
	list []Row
}

func (r *rows) Begin(h Head) error  { r.head = h; return nil }
func (r *rows) Write(row Row) error { r.list = append(r.list, row); return nil }

func listOf(t *testing.T, lines ...string) []Query {
	t.Helper()
	list, err := ReadText(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var everything = Request{Counts: []Dimension{ByYear, ByMonth, ByPublication}, Hits: 2}

// TestRun checks that each row has the numbers of a search, and that queries that can't be
// answered keep none of the others from being.
func TestRun(t *testing.T) {
	e, out := archive(t), &rows{}
	if err := Run(t.Context(), e, listOf(t, "渡口", "大桥 OR", "！", "date:2024", "没有的词"), everything, out); err != nil {
		t.Fatal(err)
	}
	wantHead := Head{Queries: 5, Generation: "g1", Total: 5, Values: map[Dimension][]string{
		ByYear: {"2022", "2024"}, ByMonth: {"2022-01", "2022-03", "2024-07"}, ByPublication: {"临江日报", "江畔周刊"},
	}}
	if !reflect.DeepEqual(out.head, wantHead) {
		t.Errorf("head %+v, want %+v", out.head, wantHead)
	}
	if len(out.list) != 5 {
		t.Fatalf("%d rows", len(out.list))
	}
	ferry := out.list[0]
	want := map[Dimension][]Count{
		ByYear:        {{"2022", 2}, {"2024", 1}},
		ByMonth:       {{"2022-01", 1}, {"2022-03", 1}, {"2024-07", 1}},
		ByPublication: {{"临江日报", 2}, {"江畔周刊", 1}},
	}
	if ferry.Total != 4 || !reflect.DeepEqual(ferry.Counts, want) {
		t.Errorf("渡口: %d %v, want 4 %v", ferry.Total, ferry.Counts, want)
	}
	res, err := e.Search(t.Context(), search.Request{Query: &query.Word{Text: "渡口"}, Size: 2})
	if err != nil || len(ferry.Hits) != 2 || ferry.Hits[0].Article.ID != res.Hits[0].Article.ID ||
		ferry.Hits[1].Article.ID != res.Hits[1].Article.ID {
		t.Errorf("渡口: hits %v, a search finds %v, %v", ferry.Hits, res.Hits, err)
	}
	var bad *query.Error
	if !errors.As(out.list[1].Err, &bad) || !errors.Is(out.list[2].Err, errNoWord) {
		t.Errorf("errors %v and %v", out.list[1].Err, out.list[2].Err)
	}
	if y := out.list[3]; y.Err != nil || y.Total != 2 || y.Line != 4 {
		t.Errorf("date:2024: %+v", y)
	}
	if n := out.list[4]; n.Err != nil || n.Total != 0 || len(n.Counts[ByYear]) != 0 || len(n.Hits) != 0 {
		t.Errorf("an unknown word: %+v", n)
	}
}

// TestFilterNarrowsAll checks that the filter holds for rows and columns.
func TestFilterNarrowsAll(t *testing.T) {
	r, out := everything, &rows{}
	r.Search.Filter = search.Filter{Publication: []string{"江畔周刊"}}
	if err := Run(t.Context(), archive(t), listOf(t, "渡口"), r, out); err != nil {
		t.Fatal(err)
	}
	if out.head.Total != 2 || out.list[0].Total != 1 || !slices.Equal(out.head.Values[ByYear], []string{"2024"}) {
		t.Errorf("%+v %+v", out.head, out.list[0])
	}
}

func TestSheet(t *testing.T) {
	var b bytes.Buffer
	r := Request{Counts: []Dimension{ByYear, ByPublication}, Hits: 1}
	f := NewFormat(CSV, &b, r)
	if err := Run(t.Context(), archive(t), listOf(t, "大桥", "-大桥", "渡口 停航"), r, f); err != nil {
		t.Fatal(err)
	}
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	reason := got[2][4]
	want := [][]string{
		{"line", "query", "total", "total_relation", "error", "2022", "2024", "临江日报", "江畔周刊",
			"hit_1_article_id", "hit_1_date", "hit_1_publication", "hit_1_title"},
		{"1", "大桥", "1", "eq", "", "0", "1", "0", "1", "a4", "2024-07-08", "江畔周刊", "标题4"},
		{"2", "'-大桥", "", "", reason, "", "", "", "", "", "", "", ""},
		{"3", "渡口 停航", "1", "eq", "", "1", "0", "1", "0", "a1", "2022-03-09", "临江日报", "标题1"},
	}
	if !reflect.DeepEqual(got, want) || reason == "" {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestLines(t *testing.T) {
	var b bytes.Buffer
	f := NewFormat(JSONLines, &b, everything)
	if err := Run(t.Context(), archive(t), listOf(t, "渡口", "大桥 OR"), everything, f); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 3 || lines[0] != `{"queries":2,"generation":"g1","total":5}` {
		t.Fatalf("%q", lines)
	}
	var good, bad rowLine
	if err := errors.Join(json.Unmarshal([]byte(lines[1]), &good), json.Unmarshal([]byte(lines[2]), &bad)); err != nil {
		t.Fatal(err)
	}
	if good.Total != 4 || len(good.ByYear) != 2 || len(good.Hits) != 2 || good.Error != "" || good.Understood != "渡口" {
		t.Errorf("%+v", good)
	}
	if bad.Line != 2 || bad.Error == "" || strings.Contains(lines[2], "null") {
		t.Errorf("%s", lines[2])
	}
}

// failing answers only requests without a query, and others with an error each.
type failing struct {
	search.Engine
	errs []error
}

func (e *failing) Pin(ctx context.Context, do func(context.Context, search.Engine) error) error {
	return do(ctx, e)
}

func (e *failing) Search(_ context.Context, r search.Request) (search.Response, error) {
	if r.Query == nil || len(e.errs) == 0 {
		return search.Response{Total: 1}, nil
	}
	err := e.errs[0]
	e.errs = e.errs[1:]
	return search.Response{Total: 1}, err
}

// TestErrors checks which errors are a row's, which are waited for, and which end everything.
func TestErrors(t *testing.T) {
	e, out := &failing{errs: []error{search.ErrTooBroad, search.ErrBusy, nil, context.DeadlineExceeded}}, &rows{}
	if err := Run(t.Context(), e, listOf(t, "a*", "b", "c", "d"), Request{}, out); err != nil {
		t.Fatal(err)
	}
	for i, want := range []error{search.ErrTooBroad, nil, context.DeadlineExceeded, nil} {
		if got := out.list[i].Err; !errors.Is(got, want) || (Reason(got) == "") != (want == nil) {
			t.Errorf("row %d: %v, want %v", i+1, got, want)
		}
	}
	e = &failing{errs: []error{nil, search.ErrDamaged}}
	if err := Run(t.Context(), e, listOf(t, "a", "b", "c"), Request{}, &rows{}); !errors.Is(err, search.ErrDamaged) {
		t.Errorf("%v, want ErrDamaged", err)
	}
}
