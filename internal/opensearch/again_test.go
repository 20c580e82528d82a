package opensearch

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/query"
)

// damage is something that was done to a published index behind the program's back.
type damage struct {
	name string
	do   func(request func(method, path string, body any), name, news string)
}

var damages = []damage{
	{"an empty index with its name", func(request func(method, path string, body any), name, news string) {
		request(http.MethodDelete, "/"+news, nil)
		request(http.MethodPut, "/"+news, nil)
		request(http.MethodPut, "/"+news+"/_alias/"+name, nil)
	}},
	{"an article is deleted", func(request func(method, path string, body any), _, news string) {
		request(http.MethodPut, "/"+news+"/_settings", object{"index.blocks.write": nil})
		oldest := object{"query": object{"match_all": object{}}, "max_docs": 1}
		request(http.MethodPost, "/"+news+"/_delete_by_query?refresh=true", oldest)
	}},
	{"the lexicon is deleted", func(request func(method, path string, body any), _, news string) {
		part := client.Path(layout.FilesIndex(news), "_doc", index.LexiconFile+"#0")
		request(http.MethodDelete, part+"?refresh=true", nil)
	}},
	{"the files are deleted", func(request func(method, path string, body any), _, news string) {
		request(http.MethodDelete, "/"+layout.FilesIndex(news), nil)
	}},
}

// TestPublishRepairs checks that a published index that lacks something is listed as incomplete, and that publishing
// it again writes it again.
func TestPublishRepairs(t *testing.T) {
	c := testClient(t)
	local := openFolder(t, buildtest.New(t, buildtest.Generated(20)...))
	for _, damaged := range damages {
		t.Run(damaged.name, func(t *testing.T) {
			name := fmt.Sprint("again-", indexes.Add(1))
			sent := 0
			publish := func() {
				t.Helper()
				err := publication.Publish(t.Context(), c, local, publication.Publishing{
					Name: name, Shape: layout.Shape{Shards: 1}, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
					Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
					Sent:   func(publication.Sent) { sent++ },
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			incomplete := func(want bool) {
				t.Helper()
				all, err := publication.List(t.Context(), c, name)
				if err != nil || len(all) != 1 || all[0].Incomplete != want || !all[0].Current {
					t.Errorf("listed as %+v, %v, want incomplete %t", all, err, want)
				}
			}
			publish()
			incomplete(false)
			damaged.do(func(method, path string, body any) {
				if err := c.Do(t.Context(), method, path, body, nil); err != nil {
					t.Fatal(err)
				}
			}, name, layout.IndexName(name, local.Manifest.Generation))
			incomplete(true)
			publish()
			incomplete(false)
			publish()
			if sent != 2 {
				t.Errorf("sent %d times, want 2", sent)
			}
			remote := openNamed(t, c, name, Options{})
			if err := sameAnswer(t.Context(), local, remote, &query.Word{Text: frequent}); err != nil {
				t.Error(err)
			}
			deletePublished(t, c, name)
		})
	}
}

func deletePublished(t *testing.T, c *client.Client, name string) {
	t.Helper()
	if err := c.Do(t.Context(), http.MethodDelete, client.Path(name+"-*"), nil, nil); err != nil {
		t.Error(err)
	}
}

// TestPublishAtOnce publishes a generation twice at once over what an interrupted publication left: one of them
// publishes it, and the other one does too or says that another publication is under way.
func TestPublishAtOnce(t *testing.T) {
	c := testClient(t)
	local := openFolder(t, buildtest.New(t, buildtest.Generated(20)...))
	for range 5 {
		name := fmt.Sprint("at-once-", indexes.Add(1))
		news := layout.IndexName(name, local.Manifest.Generation)
		for _, left := range []string{news, layout.FilesIndex(news)} {
			if err := c.Do(t.Context(), http.MethodPut, client.Path(left), nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		var both sync.WaitGroup
		failed := make([]error, 2)
		for i := range failed {
			both.Go(func() {
				failed[i] = publication.Publish(t.Context(), c, local, publication.Publishing{
					Name: name, Shape: layout.Shape{Shards: 1},
					Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
				})
			})
		}
		both.Wait()
		for _, err := range failed {
			if err != nil && !strings.Contains(err.Error(), "another publication of the same generation") {
				t.Error(err)
			}
		}
		if failed[0] != nil && failed[1] != nil {
			t.Errorf("none was published: %v, %v", failed[0], failed[1])
			continue
		}
		remote := openNamed(t, c, name, Options{})
		if err := sameAnswer(t.Context(), local, remote, &query.Word{Text: frequent}); err != nil {
			t.Error(err)
		}
		deletePublished(t, c, name)
	}
}
