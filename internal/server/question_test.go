package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/search"
)

// TestAddressKeepsTheQuestion holds that a question's address asks the same
// question again: any view can be sent to a colleague.
func TestAddressKeepsTheQuestion(t *testing.T) {
	for _, query := range []string{
		"q=大桥",
		"q=%22北约 东扩%22&by=paragraph&sort=oldest&size=50",
		"q=a%2Bb%26c%3Dd%23e&cursor=x/y%2Bz%3D",
		"publication=临江日报&publication=青禾晚报&kind=body&kind=table&from=2025-01-01&to=2025-12-31",
		"section=早市：菜薹&page=A03&page_name=要闻 一&source=新华社",
	} {
		q := mustRead(t, query)
		_, again, _ := strings.Cut(q.address(resultsPath), "?")
		if got := mustRead(t, again); !reflect.DeepEqual(got, q) {
			t.Errorf("%s\nread  %+v\nagain %+v\nby    %s", query, q, got, again)
		}
	}
}

func mustRead(t *testing.T, query string) question {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	q, err := readQuestion(values)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestAddressesAreShort(t *testing.T) {
	q := mustRead(t, "q=大桥&by=article&sort=relevance&size=10&from=&publication=")
	if got, want := q.address(resultsPath), "/search?q="+url.QueryEscape("大桥"); got != want {
		t.Errorf("defaults are in the address: %s, want %s", got, want)
	}
}

func TestChangesLeaveTheQuestionAlone(t *testing.T) {
	q := mustRead(t, "q=大桥&publication=甲&publication=乙&publication=丙&cursor=c")
	before := q.address(resultsPath)
	q.without(filterFields[0], "甲")
	q.withoutFilters()
	q.withBy(search.ByParagraph)
	q.withSort(search.Newest)
	if after := q.address(resultsPath); after != before {
		t.Errorf("was %s\nis  %s", before, after)
	}
	got := q.without(filterFields[0], "乙")
	if want := []string{"甲", "丙"}; !reflect.DeepEqual(got.Filter.Publication, want) || got.Cursor != "" {
		t.Errorf("without 乙: %q, cursor %q", got.Filter.Publication, got.Cursor)
	}
}

func TestFilterAloneIsListedByDate(t *testing.T) {
	for query, want := range map[string]search.Sort{
		"publication=甲":                  search.Newest,
		"publication=甲&sort=oldest":      search.Oldest,
		"q=大桥&publication=甲":             search.ByRelevance,
		"q=大桥&publication=甲&sort=oldest": search.Oldest,
	} {
		q := mustRead(t, query)
		if got := q.request().Sort; got != want {
			t.Errorf("%s is sorted by %s, want %s", query, got, want)
		}
	}
}

// FuzzParameters holds that no address breaks the server: it is answered or
// refused, by the API and by the page alike.
func FuzzParameters(f *testing.F) {
	f.Add("q=大桥&by=paragraph&size=5")
	f.Add("q=%22&from=2025-13-01")
	f.Add("q=(a OR&publication=<b>&cursor=%00")
	f.Add("%zz;&&==&q")
	h := New(&canned{response: search.Response{Generation: "g", Relation: search.Eq, Hits: []search.Hit{{}}}}, Options{})
	f.Fuzz(func(t *testing.T, raw string) {
		for _, path := range []string{"/api/v1/search", "/search", "/articles/x"} {
			req := httptest.NewRequest(http.MethodGet, path, nil)
			req.URL.RawQuery = raw
			w := httptest.NewRecorder()
			h.ServeHTTP(w, req)
			if w.Code != http.StatusOK && w.Code != http.StatusBadRequest && w.Code != http.StatusFound {
				t.Errorf("%s?%s: %d %s", path, raw, w.Code, w.Body)
			}
		}
	})
}
