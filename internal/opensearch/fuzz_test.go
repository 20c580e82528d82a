package opensearch

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/engine"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// anyAnswer is a cluster that answers each request alike, up to a number of requests.
type anyAnswer struct {
	content  []byte
	requests int
}

var errEnough = errors.New("enough requests")

func (a *anyAnswer) Perform(*http.Request) (*http.Response, error) {
	if a.requests--; a.requests < 0 {
		return nil, errEnough
	}
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(a.content))}, nil
}

// FuzzAnswers has a cluster answer anything: a search ends with hits or an error.
func FuzzAnswers(f *testing.F) {
	for _, content := range []string{
		``, `null`, `[]`, `{"timed_out":true}`, `{"_shards":{"failed":1,"failures":[{"reason":{"type":"x"}}]}}`,
		`{"hits":{"total":{"value":-1},"hits":[{"_source":{"record":{"id":"a","title":"大桥"},"article":"a"},"sort":[1,"a"]}]}}`,
		`{"hits":{"total":{"value":1},"hits":[{"_source":{"member":-9,"items":1000000000,"first":true}}]},` +
			`"aggregations":{"date":{"buckets":[{"key":"x","doc_count":-1}]},"publication":{"doc_count":2}}}`,
		`{"responses":[{"hits":{"hits":[{"_source":null,"sort":[null]}]}}],"alone":{},"others":{}}`,
		`{"index":{"aliases":{}},"_source":{"data":"////","files":[{"path":"../x","parts":9}]}}`,
	} {
		f.Add([]byte(content), "大桥 -\"通车 典礼\" title:青禾")
	}
	words := analyzertest.Open(f)
	f.Fuzz(func(t *testing.T, content []byte, text string) {
		node, err := query.Parse(text)
		if err != nil {
			return
		}
		answers := &anyAnswer{content, 60}
		client := client.Over(answers)
		if g, err := Open(t.Context(), client, "news", analyzer.Builtin, Options{}); err == nil {
			g.Close()
		}
		sizes := engine.Sizes{Articles: 3, Items: 3, Documents: 9}
		e := newEngine(client, "news", "g", words, sizes, Options{})
		answers.requests = 60
		response, err := e.Search(t.Context(), search.Request{Query: node, Size: 2, Facets: &search.FacetRequest{}})
		if err == nil && len(response.Hits) > 2 {
			t.Errorf("%d hits of 2", len(response.Hits))
		}
		answers.requests = 20
		e.Article(t.Context(), search.ArticleRequest{ID: "a", Query: node})
		answers.requests = 20
		e.Similar(t.Context(), search.SimilarRequest{ID: "a", Size: 3})
		answers.requests = 20
		e.Export(t.Context(), search.ExportRequest{Search: search.Request{Query: node}}, noSink{})
	})
}

// noSink takes hits and drops them.
type noSink struct{}

func (noSink) Begin(search.Origin) error               { return nil }
func (noSink) Write(search.Hit, []search.Marked) error { return nil }
