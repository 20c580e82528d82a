package publication

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/news"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/opensearchtest"
)

// scripted is a cluster that answers requests by method and path, each time with the next answer and at last
// with the same one.
type scripted struct {
	answers map[string][]string // as status and body
	sent    []string
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request := r.Method + " " + r.URL.Path
	if request == "GET /" && s.answers[request] == nil { // may be the client library's own
		fmt.Fprint(w, `{"version":{"number":"3.8.0"}}`)
		return
	}
	s.sent = append(s.sent, request)
	answers := s.answers[request]
	if len(answers) == 0 {
		answers = []string{"200 {}"}
	}
	if len(answers) > 1 {
		s.answers[request] = answers[1:]
	}
	var status int
	text, body, _ := strings.Cut(answers[0], " ")
	if _, err := fmt.Sscan(text, &status); err != nil {
		panic(err)
	}
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

func scriptedCluster(t *testing.T, answers map[string][]string) (cluster, *scripted) {
	t.Helper()
	s := &scripted{answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return cluster{opensearchtest.Connect(t, server.URL), slog.New(slog.DiscardHandler)}, s
}

const exists = `400 {"error":{"type":"resource_already_exists_exception","reason":"it exists"}}`

// TestCheck checks that what keeps a generation from being published is found before anything is built.
func TestCheck(t *testing.T) {
	const put, remove = "PUT /news-check", "DELETE /news-check"
	for _, c := range []struct {
		name    string
		answers map[string][]string
		want    string
		sent    []string
	}{
		{"allowed", nil, "", []string{put, remove}},
		{"busy", map[string][]string{put: {"503 ", "200 {}"}}, "", []string{put, put, remove}},
		{"left by another", map[string][]string{put: {exists}}, "", []string{put, remove}},
		{"another server", map[string][]string{"GET /": {"200 <html>"}}, "not OpenSearch", []string{"GET /"}},
		{"something with JSON", map[string][]string{"GET /": {`200 {"status":"ok"}`}}, "not OpenSearch",
			[]string{"GET /"}},
		{"may not ask for the version", map[string][]string{"GET /": {"403 "}}, "", []string{"GET /", put, remove}},
		{"wrong password", map[string][]string{put: {"401 "}}, "user name", []string{put}},
		{"may not make indexes", map[string][]string{put: {`403 {"error":{"type":"security_exception"}}`}},
			"security_exception", []string{put}},
		{"may not delete them", map[string][]string{remove: {`403 {"error":{"type":"security_exception"}}`}},
			"security_exception", []string{put, remove}},
	} {
		t.Run(c.name, func(t *testing.T) {
			to, s := scriptedCluster(t, c.answers)
			err := Check(t.Context(), to.Client, "news")
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if !slices.Equal(s.sent, c.sent) {
				t.Errorf("sent %q, want %q", s.sent, c.sent)
			}
		})
	}
}

// TestCreateKnowsItsOwn checks that an index that is there already is taken for one's own only if it is.
func TestCreateKnowsItsOwn(t *testing.T) {
	d := newDraft("news-20260312t081500")
	for owner, want := range map[string]error{
		fmt.Sprintf(`200 {%q:{"aliases":{%q:{}}}}`, d.index, d.alias): nil, // the answer to the first attempt was lost
		"404 {}": errOther,
	} {
		c, _ := scriptedCluster(t, map[string][]string{
			"PUT /" + d.index: {"503 ", exists}, "GET /" + d.alias + "/_alias": {owner},
		})
		if err := c.create(t.Context(), d, "/"+d.index, object{}); err != want {
			t.Errorf("alias: %s: %v, want %v", owner, err, want)
		}
	}
}

// TestMergingOutlivesANode checks that segments are merged again if the node that knew of the task is lost.
func TestMergingOutlivesANode(t *testing.T) {
	d := newDraft("news")
	c, s := scriptedCluster(t, map[string][]string{
		"POST /" + d.alias + "/_forcemerge": {`200 {"task":"lost:1"}`, `200 {"task":"other:2"}`},
		"GET /_tasks/lost:1":                {`404 {"error":{"type":"resource_not_found_exception"}}`},
		"GET /_tasks/other:2":               {`200 {"completed":true}`},
	})
	if err := c.compact(t.Context(), d); err != nil || s.sent[len(s.sent)-1] != "GET /_tasks/other:2" {
		t.Errorf("%v, sent %q", err, s.sent)
	}
}

// TestCountIsAwaited checks that an index is counted again while a lost node's shards are taken over.
func TestCountIsAwaited(t *testing.T) {
	d := newDraft("news")
	counts := []string{
		`200 {"count":1,"_shards":{"failed":1}}`, `200 {"count":2,"_shards":{"failed":0}}`,
		`200 {"count":3,"_shards":{"failed":0}}`,
	}
	c, _ := scriptedCluster(t, map[string][]string{"GET /" + d.alias + "/_count": counts})
	if err := c.checkCount(t.Context(), d, 3); err != nil {
		t.Error(err)
	}
	if err := c.checkCount(t.Context(), d, 2); !errors.Is(err, errCount) {
		t.Errorf("one document too many: %v", err)
	}
}

// TestWaitForReplicasEnds checks that a copy that is never ready keeps no generation from being served.
func TestWaitForReplicasEnds(t *testing.T) {
	c, _ := scriptedCluster(t, map[string][]string{
		"GET /_cluster/health/news": {`200 {"status":"yellow","initializing_shards":1}`},
	})
	var log bytes.Buffer
	c.log = slog.New(slog.NewTextHandler(&log, nil))
	err := c.waitForReplicas(t.Context(), "news", time.Millisecond)
	if err != nil || !strings.Contains(log.String(), "not ready") {
		t.Errorf("%v, logged %s", err, log.String())
	}
}

// TestLoadPanicsAsItsArticles checks that a panic while articles are read is the caller's.
func TestLoadPanicsAsItsArticles(t *testing.T) {
	c, _ := scriptedCluster(t, nil)
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("panic %v", p)
		}
	}()
	var articles iter.Seq2[*layout.Article, error] = func(yield func(*layout.Article, error) bool) {
		yield(&layout.Article{Article: news.Article{ID: "a"}}, nil)
		panic("broken")
	}
	err := Load(context.Background(), c.Client, "news", layout.Shape{Shards: 1}, analyzertest.Open(t), articles, nil)
	t.Errorf("%v", err)
}

// TestReadingInsists checks that a publication doesn't end because the cluster is busy for a moment when it reads.
func TestReadingInsists(t *testing.T) {
	c, _ := scriptedCluster(t, map[string][]string{
		"GET /news/_alias":                {"503 {}", `200 {"news-1":{"aliases":{"news":{}}}}`},
		"GET /news-1-files/_doc/manifest": {"429 {}", `200 {"_source":{"manifest":{"articles":7}}}`},
	})
	indexes, err := c.aliased(t.Context(), "news")
	if err != nil || !slices.Equal(indexes, []string{"news-1"}) {
		t.Errorf("%v, %v", indexes, err)
	}
	if m, err := c.readManifest(t.Context(), "news-1"); err != nil || m.Articles != 7 {
		t.Errorf("%+v, %v", m, err)
	}
}
