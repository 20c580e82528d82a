package opensearch

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/query"
)

// interrupted calls a function before one of the requests that change something.
type interrupted struct {
	client.Performer
	left int
	call func()
	last string
}

func (i *interrupted) Perform(r *http.Request) (*http.Response, error) {
	// Parts of the files are written one after another: they count once.
	kind, _, _ := strings.Cut(r.Method+" "+r.URL.Path, "/_doc/analyzer")
	if r.Method != http.MethodGet && !strings.HasSuffix(r.URL.Path, "_search") && kind != i.last {
		i.last = kind
		if i.left--; i.left == -1 {
			i.call()
		}
	}
	return i.Performer.Perform(r)
}

// TestPublishTwice publishes the same generation a second time, and a second time while it is published the first
// time, before each request of that: what is served is whole, nothing else is left, and the first one succeeds or
// says that another one was under way.
func TestPublishTwice(t *testing.T) {
	c := testClient(t)
	dir := buildtest.New(t, buildtest.Generated(20)...)
	local := openFolder(t, dir)
	for n, ended := 0, false; !ended; n++ {
		name := fmt.Sprint("twice-", indexes.Add(1))
		sent := 0
		publish := func(by *client.Client) error {
			return publication.Publish(t.Context(), by, local, publication.Publishing{
				Name: name, Shape: layout.Shape{Shards: 1},
				Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
				Sent:   func(publication.Sent) { sent++ },
			})
		}
		ended = true
		first := publish(client.Over(&interrupted{Performer: c.Transport(), left: n, call: func() {
			ended = false
			if err := publish(c); err != nil {
				t.Errorf("the other one, before request %d: %v", n, err)
			}
		}}))
		if first != nil && !strings.Contains(first.Error(), "another publication of the same generation") {
			t.Errorf("interrupted before request %d: %v", n, first)
		}
		before := sent
		if err := publish(c); err != nil || sent != before {
			t.Errorf("again after request %d: %v, sent %d times", n, err, sent-before)
		}
		remote := openNamed(t, c, name, Options{})
		for _, q := range []query.Node{nil, &query.Word{Text: frequent}} {
			if err := sameAnswer(t.Context(), local, remote, q); err != nil {
				t.Errorf("interrupted before request %d: %v", n, err)
			}
		}
		var indexes map[string]any
		path := client.Path(name + "-*")
		if err := c.Do(t.Context(), http.MethodGet, path, nil, &indexes); err != nil || len(indexes) != 2 {
			t.Errorf("interrupted before request %d: %d indexes, %v", n, len(indexes), err)
		}
		c.Do(context.Background(), http.MethodDelete, path, nil, nil)
	}
}
