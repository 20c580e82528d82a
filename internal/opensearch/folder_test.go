package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/publication"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// folder is an index folder that is published under a name.
type folder struct {
	dir    string
	client *client.Client
	name   string
	shape  layout.Shape
}

// newFolder builds a folder of articles and publishes it.
func newFolder(t *testing.T, c *client.Client, name string, all []news.Article) *folder {
	t.Helper()
	f := &folder{buildtest.New(t, all...), c, fmt.Sprint(name, "-", indexes.Add(1)), layout.Shape{Shards: 2}}
	t.Cleanup(func() { c.Do(context.Background(), http.MethodDelete, client.Path(f.name+"-*"), nil, nil) })
	if sent := f.publish(t); sent.Cloned {
		t.Fatal("the first index is a clone")
	}
	return f
}

// openFolder opens the current generation of an index folder.
func openFolder(t *testing.T, dir string) *index.Generation {
	t.Helper()
	in := generation.In(dir)
	current, err := in.Current()
	if err != nil {
		t.Fatal(err)
	}
	g, err := index.Open(t.Context(), in, current, nil, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

// publishAs publishes the current generation under a name.
func (f *folder) publishAs(
	ctx context.Context, t *testing.T, c *client.Client, name string,
) (out publication.Sent, err error) {
	t.Helper()
	err = publication.Publish(ctx, c, openFolder(t, f.dir), publication.Publishing{
		Name: name, Shape: f.shape, Sent: func(s publication.Sent) { out = s },
		Reject: func(r publication.Reject) { t.Errorf("rejected: %+v", r) },
	})
	return out, err
}

func (f *folder) publish(t *testing.T) publication.Sent {
	t.Helper()
	sent, err := f.publishAs(t.Context(), t, f.client, f.name)
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

// remove removes articles from the folder.
func (f *folder) remove(t *testing.T, ids ...string) {
	t.Helper()
	if _, err := build.Remove(t.Context(), buildtest.Options(t, f.dir), ids); err != nil {
		t.Fatal(err)
	}
}

// sameAsLoaded compares the answers of what is served with those of an index into which all was loaded.
func (f *folder) sameAsLoaded(t *testing.T) {
	t.Helper()
	other := f.name + "-loaded"
	if sent, err := f.publishAs(t.Context(), t, f.client, other); err != nil || sent.Cloned {
		t.Fatalf("loading: %+v, %v", sent, err)
	}
	defer f.client.Do(context.Background(), http.MethodDelete, client.Path(other+"-*"), nil, nil)
	local := openFolder(t, f.dir)
	var served, loaded []*Generation
	for _, o := range []Options{{}, {Small: -1, Window: 5000}} {
		served = append(served, openNamed(t, f.client, f.name, o))
		loaded = append(loaded, openNamed(t, f.client, other, o))
	}
	for i, r := range requests(t, local) {
		want, got := answerOf(t, loaded[i%2], r), answerOf(t, served[i%2], r)
		if got != want {
			t.Errorf("%v by %s:\n%.2000s\nwant\n%.2000s", r.Query, r.By, got, want)
		}
	}
}

func openNamed(t *testing.T, c *client.Client, name string, o Options) *Generation {
	t.Helper()
	g, err := Open(t.Context(), c, name, analyzer.Builtin, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.Close)
	return g
}

// requests are many requests whose answers depend on all that an index has.
func requests(t *testing.T, g *index.Generation) []search.Request {
	t.Helper()
	queries := []query.Node{nil, &query.Word{Text: frequent}, &query.Phrase{Text: frequent}}
	step := max(1, g.Manifest.Articles/8)
	for i := 0; i < g.Manifest.Articles; i += step {
		a, err := g.Records.Get(i)
		if err != nil {
			t.Fatal(err)
		}
		text := []rune(a.Paragraphs[0].Text)
		queries = append(queries, &query.Word{Text: a.Title}, &query.Word{Text: string(text[:2])},
			&query.Phrase{Text: string(text[:4])})
	}
	var out []search.Request
	for i, q := range queries {
		r := search.Request{Query: q, Size: 10, Facets: &search.FacetRequest{}}
		r.Sort = []search.Sort{search.ByRelevance, search.Newest, search.Oldest}[i%3]
		r.Uncollapsed = i%4 == 3
		if i%5 == 4 {
			r.By = search.ByParagraph
		}
		out = append(out, r)
	}
	return out
}

func answerOf(t *testing.T, e search.Engine, r search.Request) string {
	t.Helper()
	res, err := e.Search(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	res.Cursor = "" // it has scores, which come from where documents are
	b, err := json.MarshalIndent(res, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (f *folder) total(t *testing.T, text string) int {
	t.Helper()
	res, err := openNamed(t, f.client, f.name, Options{}).Search(t.Context(), search.Request{
		Query: &query.Phrase{Text: text}, Size: 10, Uncollapsed: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}
