package server

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/engine"
	"xunwen/internal/memindex"
	"xunwen/internal/news"
	"xunwen/internal/search"
)

// storyEngine serves a story of three versions and two other articles.
func storyEngine(t *testing.T) search.Engine {
	t.Helper()
	var list []memindex.Article
	for i, a := range []struct{ id, publication, date, page, text, group string }{
		{"late", "江畔周刊", "2026-01-13", "2", "青禾大桥今天上午通车。首批通过的是50辆公交车。", "g"},
		{"a/1", "临江日报", "2026-01-10", "1", "青禾大桥今天上午通车。首批通过的是三十辆公交车。没有发生一起事故。", "g"},
		{"copy", "青禾晚报", "2026-01-11", "3", "青禾大桥今天上午通车。首批通过的是三十辆公交车。没有发生一起事故。", "g"},
		{"early", "临江日报", "2026-01-02", "1", "青禾大桥即将通车。", ""},
		{"alone", "临江日报", "2026-01-09", "4", "大桥桥头的渡口停航。", ""},
	} {
		list = append(list, memindex.Article{Sequence: uint32(i), Group: a.group, Article: news.Article{
			ID: a.id, Publication: a.publication, Date: a.date, Page: a.page, Title: "=大桥通车",
			Paragraphs: []news.Paragraph{{Text: a.text}},
		}})
	}
	words := analyzertest.Open(t)
	x := memindex.New(words, list)
	return engine.New("g1", x, x, x.Columns, words, engine.Options{Analyzer: "default", Cache: engine.DefaultCache})
}

// TestVersionsAPI checks who printed a story first and what the others changed, as JSON and as CSV.
func TestVersionsAPI(t *testing.T) {
	e := storyEngine(t)
	var got versionsAnswer
	w := get(t, e, "/api/v1/articles/late/versions")
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	if got.Total != 3 || got.Newspapers != 3 || got.LeftOut != 0 || got.Generation != "g1" || len(got.Versions) != 3 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []version{
		{ID: "a/1", First: true, Compared: compared{33, 0, 0, true}},
		{ID: "copy", Days: 1, Compared: compared{33, 0, 0, true}},
		{ID: "late", Days: 3, Compared: compared{22, 11, 2, true}},
	} {
		if got.Versions[i] != want {
			t.Errorf("version %d: %+v, want %+v", i, got.Versions[i], want)
		}
	}
	w = get(t, e, "/api/v1/articles/a%2F1/versions?format=csv")
	rows := strings.Split(strings.TrimSpace(w.Body.String()), "\r\n")
	if want := "late,2026-01-13,3,false,江畔周刊,2,,'=大桥通车,,,22,11,2,true"; len(rows) != 4 || rows[3] != want {
		t.Errorf("CSV: %q, want %q", rows, want)
	}
	if kind := w.Header().Get("Content-Disposition"); !strings.Contains(kind, "xunwen-versions-") {
		t.Errorf("the file is called %q", kind)
	}
	for path, want := range map[string]int{
		"/api/v1/articles/none/versions":                http.StatusNotFound,
		"/api/v1/articles/late/versions?format=xlsx":    http.StatusBadRequest,
		"/api/v1/articles/late/versions?q=x":            http.StatusBadRequest,
		"/api/v1/articles/late/differences":             http.StatusBadRequest,
		"/api/v1/articles/late/differences?with=none":   http.StatusNotFound,
		"/api/v1/articles/late/differences?with=a&of=b": http.StatusBadRequest,
		"/articles/late/versions?with=none":             http.StatusNotFound,
		"/articles/none/versions":                       http.StatusNotFound,
	} {
		if w := get(t, e, path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

type versionsAnswer struct {
	Generation string
	Total      int
	Newspapers int
	LeftOut    int `json:"left_out"`
	Versions   []version
}

type version struct {
	ID       string `json:"article_id"`
	First    bool
	Days     int
	Compared compared
}

type compared struct {
	Kept, Cut, Added int
	Complete         bool
}

// TestDifferencesAPI checks that two articles stand side by side, the earlier one first, also if
// they are no near-duplicates.
func TestDifferencesAPI(t *testing.T) {
	e := storyEngine(t)
	got := get(t, e, "/api/v1/articles/late/differences?with=a%2F1").Body.String()
	for _, want := range []string{
		`{"first":{"article_id":"a/1",`, `"next":{"article_id":"late",`,
		`"kept":22,"cut":11,"added":2,"complete":true,`,
		`{"part":"title","first":[{"pieces":[{"change":"same","text":"=大桥通车"}]}]`,
		`{"change":"cut","text":"三十"}`, `{"change":"added","text":"50"}`,
		`{"change":"cut","text":"没有发生一起事故。"}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	if got := get(t, e, "/api/v1/articles/late/differences?with=early").Body.String(); !strings.HasPrefix(got,
		`{"first":{"article_id":"early",`) {
		t.Errorf("an earlier article: %s", got)
	}
}

// TestVersionsPage checks what the page shows in both languages, and that articles, hits and the page
// itself link to it.
func TestVersionsPage(t *testing.T) {
	e := storyEngine(t)
	page := get(t, e, "/articles/late/versions").Body.String()
	for _, want := range []string{
		`“<span lang="zh-CN">=大桥通车</span>”的各报版本`, "3 个版本，3 家报纸", "最早", "&#43;3 天", "<td>22</td><td>11</td><td>2</td>",
		`href="/articles/late/versions?with=a%2F1#differences"`, `href="/articles/late/versions?with=copy#differences"`,
		"是<del>三十</del>辆", "是<ins>50</ins>辆", "<del>没有发生一起事故。</del>", "相同 22 字，删去 11 字，增加 2 字。",
		`href="/api/v1/articles/late/versions?format=csv"`, `href="/api/v1/articles/late/differences?with=a%2F1"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(page, "没有比对") || strings.Contains(page, "只比对了") {
		t.Error("the page says that something was left out")
	}
	// The first version is compared with the next one that differs.
	if page := get(t, e, "/articles/a%2F1/versions").Body.String(); !strings.Contains(page, "<ins>50</ins>") {
		t.Error("the first version is not compared with one that differs")
	}
	if page := get(t, e, "/articles/a%2F1/versions?with=copy").Body.String(); !strings.Contains(page, "正文相同。") {
		t.Error("nothing says that the texts are the same")
	}
	if page := get(t, e, "/articles/alone/versions").Body.String(); !strings.Contains(page, "只有这一个版本") ||
		strings.Contains(page, "differences") {
		t.Error("nothing says that there is one version only")
	}
	for _, path := range []string{"/articles/late", "/search?q=大桥"} {
		if page := get(t, e, path).Body.String(); !strings.Contains(page, "/versions\">各报版本与删改</a>") {
			t.Errorf("%s does not link to the versions", path)
		}
	}
	if page := get(t, e, "/articles/alone").Body.String(); strings.Contains(page, "/versions") {
		t.Error("an article without near-duplicates links to its versions")
	}
}

// TestMostReprinted checks the order by the number of near-duplicates in the API, an export and the page,
// which offers it where near-duplicates collapse.
func TestMostReprinted(t *testing.T) {
	e := storyEngine(t)
	var got struct {
		Hits []struct {
			ID     string `json:"article_id"`
			Copies int    `json:"near_duplicates"`
		}
	}
	if err := json.Unmarshal(get(t, e, "/api/v1/search?q=大桥&sort=reprinted").Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range got.Hits {
		ids = append(ids, h.ID)
	}
	if !slices.Equal(ids, []string{"a/1", "early", "alone"}) || got.Hits[0].Copies != 2 {
		t.Errorf("%+v", got.Hits)
	}
	export := get(t, e, "/api/v1/export?q=大桥&sort=reprinted").Body.String()
	if rows := strings.Split(export, "\r\n"); len(rows) != 5 || !strings.HasPrefix(rows[1], "1,a/1,2026-01-10,") {
		t.Errorf("the export is %q", rows)
	}
	page := get(t, e, "/search?q=大桥&sort=reprinted").Body.String()
	for _, want := range []string{
		`aria-current="true">转载最多</a>`, "另有 2 份相同稿件",
		`<a href="/search?q=%E5%A4%A7%E6%A1%A5&amp;by=paragraph&amp;sort=oldest">段落</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, path := range []string{"/search?q=大桥&by=paragraph", "/search?q=大桥&collapse=0"} {
		if page := get(t, e, path).Body.String(); strings.Contains(page, "转载最多") {
			t.Errorf("%s offers an order by near-duplicates", path)
		}
	}
}
