package param

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/search"
)

// TestAddressKeepsTheSearch checks that the address of a search is read as the same
// search: any view can be sent to a colleague.
func TestAddressKeepsTheSearch(t *testing.T) {
	for _, query := range []string{
		"q=大桥",
		"q=%22北约 东扩%22&by=paragraph&sort=oldest&size=50",
		"q=平台经济&match=anywhere&collapse=0",
		"q=a%2Bb%26c%3Dd%23e&cursor=x/y%2Bz%3D",
		"publication=临江日报&publication=青禾晚报&kind=body&kind=table&from=2025-01-01&to=2025-12-31",
		"section=早市：菜薹&page=A03&page_name=要闻 一&source=新华社",
	} {
		q := mustRead(t, query)
		_, again, _ := strings.Cut(q.Address(ResultsPath), "?")
		if got := mustRead(t, again); !reflect.DeepEqual(got, q) {
			t.Errorf("%s\nread  %+v\nagain %+v\nby    %s", query, q, got, again)
		}
	}
}

func mustRead(t *testing.T, query string) Search {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	q, err := ReadSearch(values)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestAddressesAreShort(t *testing.T) {
	q := mustRead(t, "q=大桥&by=article&sort=relevance&size=10&match=together&from=&publication=")
	if got, want := q.Address(ResultsPath), "/search?q="+url.QueryEscape("大桥"); got != want {
		t.Errorf("defaults are in the address: %s, want %s", got, want)
	}
}

func TestChangesReturnCopies(t *testing.T) {
	q := mustRead(t, "q=大桥&publication=甲&publication=乙&publication=丙&cursor=c")
	before := q.Address(ResultsPath)
	q.Without(FilterFields[0], "甲")
	q.WithoutFilters()
	q.WithBy(search.ByParagraph)
	q.WithSort(search.Newest)
	if after := q.Address(ResultsPath); after != before {
		t.Errorf("was %s\nis  %s", before, after)
	}
	got := q.Without(FilterFields[0], "乙")
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
		if got := q.Request().Sort; got != want {
			t.Errorf("%s is sorted by %s, want %s", query, got, want)
		}
	}
}
