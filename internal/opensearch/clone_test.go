package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// folder is an index folder that is published under a name.
type folder struct {
	dir    string
	client *Client
	name   string
	shape  Shape
}

// newFolder builds a folder of articles and publishes it.
func newFolder(t *testing.T, c *Client, name string, all []news.Article) *folder {
	t.Helper()
	f := &folder{buildtest.New(t, all...), c, fmt.Sprint(name, "-", indexes.Add(1)), Shape{Shards: 2}}
	t.Cleanup(func() { c.do(context.Background(), http.MethodDelete, pathOf(f.name+"-*"), nil, nil) })
	if sent := f.publish(t); sent.Cloned {
		t.Fatal("the first index is a clone")
	}
	return f
}

// open opens the folder's current generation.
func (f *folder) open(t *testing.T) *index.Generation {
	t.Helper()
	in := generation.In(f.dir)
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
func (f *folder) publishAs(ctx context.Context, t *testing.T, c *Client, name string) (out Sent, err error) {
	t.Helper()
	err = Publish(ctx, c, f.open(t), Publishing{
		Name: name, Shape: f.shape, Sent: func(s Sent) { out = s },
		Reject: func(r Reject) { t.Errorf("rejected: %+v", r) },
	})
	return out, err
}

func (f *folder) publish(t *testing.T) Sent {
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

// sameAsLoaded compares the answers of what is served with those of an index that is loaded anew.
func (f *folder) sameAsLoaded(t *testing.T) {
	t.Helper()
	other := f.name + "-loaded"
	if sent, err := f.publishAs(t.Context(), t, f.client, other); err != nil || sent.Cloned {
		t.Fatalf("loading: %+v, %v", sent, err)
	}
	defer f.client.do(context.Background(), http.MethodDelete, pathOf(other+"-*"), nil, nil)
	local := f.open(t)
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

func openNamed(t *testing.T, c *Client, name string, o Options) *Generation {
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

// roundUp is an article with several items.
func roundUp(id string, items ...string) news.Article {
	a := buildtest.Text(id, "国际简讯")
	for i, text := range items {
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Section: fmt.Sprint("第", i, "条"), Text: text})
	}
	return a
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

// What is sent after a change is what changed, and the answers are those of an index that is loaded anew.
func TestPublishSendsWhatDiffers(t *testing.T) {
	c := testClient(t)
	all := buildtest.Generated(100)
	f := newFolder(t, c, "differs", all[:80])

	want := func(what string, roots int) {
		t.Helper()
		sent := f.publish(t)
		if !sent.Cloned || sent.Roots != roots || roots > 0 && sent.Bytes == 0 {
			t.Errorf("%s: sent %+v, want %d root documents", what, sent, roots)
		}
		f.sameAsLoaded(t)
	}
	buildtest.Append(t, f.dir, all[80:90]...)
	want("ten more", 10)
	f.remove(t, all[0].ID, all[85].ID)
	want("two less", 0)

	changed := all[7]
	changed.Paragraphs = slices.Clone(changed.Paragraphs)
	changed.Paragraphs[1].Text += "大雪封山。"
	buildtest.Append(t, f.dir, changed)
	want("a changed one", 1)
	if n := f.total(t, "大雪封山"); n != 1 {
		t.Errorf("%d articles have what was changed", n)
	}

	items := roundUp("brief", all[3].Paragraphs[0].Text, all[4].Paragraphs[1].Text, all[5].Paragraphs[2].Text,
		all[6].Paragraphs[1].Text)
	buildtest.Append(t, f.dir, items)
	want("a round-up", 4)
	items.Paragraphs = slices.Clone(items.Paragraphs[:3])
	buildtest.Append(t, f.dir, items)
	want("a round-up with less items", 3)
}

// An article is written again if its group of near-duplicates changed, and nothing else is.
func TestPublishSendsChangedGroups(t *testing.T) {
	c := testClient(t)
	all := buildtest.Generated(100)
	f := newFolder(t, c, "groups", all)
	copied := all[50]
	copied.ID, copied.Date = "copy", "2024-12-30"
	buildtest.Append(t, f.dir, copied)
	if sent := f.publish(t); !sent.Cloned || sent.Roots != 2 {
		t.Errorf("a near-duplicate: sent %+v, want it and the other one of its group", sent)
	}
	f.sameAsLoaded(t)
	related, err := openNamed(t, c, f.name, Options{}).NearDuplicates(t.Context(), all[50].ID)
	if err != nil || len(related.Hits) != 1 {
		t.Errorf("near-duplicates: %+v, %v", related, err)
	}
	f.remove(t, "copy")
	if sent := f.publish(t); !sent.Cloned || sent.Roots != 1 {
		t.Errorf("without it: sent %+v, want the other one", sent)
	}
	f.sameAsLoaded(t)
}

// An index is loaded anew if it can't be made of the one that is served.
func TestPublishLoadsAnew(t *testing.T) {
	c := testClient(t)
	all := buildtest.Generated(60)
	f := newFolder(t, c, "anew", all[:30])
	anew := func(why string) {
		t.Helper()
		if sent := f.publish(t); sent.Cloned || sent.Roots < 30 {
			t.Errorf("%s: sent %+v", why, sent)
		}
		for _, q := range []query.Node{nil, &query.Word{Text: frequent}} {
			if err := sameAnswer(t.Context(), f.open(t), openNamed(t, c, f.name, Options{}), q); err != nil {
				t.Error(err)
			}
		}
	}
	buildtest.Append(t, f.dir, all[30:31]...)
	f.shape.Shards = 3
	anew("another number of shards")

	buildtest.Rebuild(t, f.dir, all[20:]...)
	anew("most articles differ")

	buildtest.Append(t, f.dir, all[:1]...)
	served, err := c.aliased(t.Context(), f.name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.readManifest(t.Context(), served[0])
	if err != nil {
		t.Fatal(err)
	}
	m.Segmentation = "another"
	if err := c.putDocument(t.Context(), filesIndex(served[0]), manifestID, object{"manifest": m}); err != nil {
		t.Fatal(err)
	}
	anew("other dictionaries")
}

// killing ends a context before one of the requests that change something.
type killing struct {
	performer
	left   int
	kill   context.CancelFunc
	last   string
	cloned bool
}

func (k *killing) Perform(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodGet && !strings.HasSuffix(r.URL.Path, "_search") {
		if k.left--; k.left < 0 {
			k.kill()
			return nil, context.Canceled
		}
		k.cloned = k.cloned || strings.Contains(r.URL.Path, "/_clone/")
		k.last = r.Method + " " + r.URL.Path
	}
	return k.performer.Perform(r)
}

// A publication that is killed at any point leaves what was served as it was, and the next one ends well.
func TestPublishIsKilled(t *testing.T) {
	c := testClient(t)
	all := buildtest.Generated(40)
	f := newFolder(t, c, "killed", all[:30])
	before := openNamed(t, c, f.name, Options{})
	request := search.Request{Query: &query.Word{Text: textnorm.First(all[35].Paragraphs[1].Text, 2)}, Size: 10}
	want := answerOf(t, before, request)
	buildtest.Append(t, f.dir, all[30:]...)
	f.remove(t, all[1].ID)
	cloned := false
	for n := 0; ; n++ {
		ctx, kill := context.WithCancel(t.Context())
		killer := &killing{performer: c.transport, left: n, kill: kill}
		_, err := f.publishAs(ctx, t, &Client{transport: killer}, f.name)
		kill()
		if cloned = cloned || killer.cloned; err == nil {
			break
		}
		if got := answerOf(t, openNamed(t, c, f.name, Options{}), request); got != want {
			t.Errorf("killed after %s, answers changed:\n%s\nwant\n%s", killer.last, got, want)
		}
	}
	if !cloned {
		t.Error("nothing was cloned")
	}
	f.sameAsLoaded(t)
}
