package opensearch

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// A generation is published next to one that is served.
func TestPublishAnother(t *testing.T) {
	c := testClient(t)
	t.Run("what differs", func(t *testing.T) { sendsWhatDiffers(t, c) })
	t.Run("groups", func(t *testing.T) { sendsChangedGroups(t, c) })
	t.Run("all", func(t *testing.T) { loadsAll(t, c) })
	t.Run("killed", func(t *testing.T) { isKilled(t, c) })
}

// What is sent after a change is what changed, and the answers are those of an index into which all was loaded.
func sendsWhatDiffers(t *testing.T, c *client.Client) {
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

	items := buildtest.RoundUp("brief", all[3].Paragraphs[0].Text, all[4].Paragraphs[1].Text, all[5].Paragraphs[2].Text,
		all[6].Paragraphs[1].Text)
	buildtest.Append(t, f.dir, items)
	want("a round-up", 4)
	items.Paragraphs = slices.Clone(items.Paragraphs[:3])
	buildtest.Append(t, f.dir, items)
	want("a round-up with less items", 3)
}

// An article is written again if its group of near-duplicates changed, and nothing else is.
func sendsChangedGroups(t *testing.T, c *client.Client) {
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

// All articles are loaded if the index can't be made of the one that is served.
func loadsAll(t *testing.T, c *client.Client) {
	all := buildtest.Generated(60)
	f := newFolder(t, c, "all", all[:30])
	loaded := func(why string) {
		t.Helper()
		if sent := f.publish(t); sent.Cloned || sent.Roots < 30 {
			t.Errorf("%s: sent %+v", why, sent)
		}
		for _, q := range []query.Node{nil, &query.Word{Text: frequent}} {
			if err := sameAnswer(t.Context(), openFolder(t, f.dir), openNamed(t, c, f.name, Options{}), q); err != nil {
				t.Error(err)
			}
		}
	}
	buildtest.Append(t, f.dir, all[30:31]...)
	f.shape.Shards = 3
	loaded("another number of shards")

	buildtest.Append(t, f.dir, all[31:32]...)
	allowed := f.client
	f.client = client.Over(refusing{c.Transport()})
	loaded("a user that may not clone")
	f.client = allowed

	buildtest.Rebuild(t, f.dir, all[20:]...)
	loaded("most articles differ")

	buildtest.Append(t, f.dir, all[:1]...)
	served, err := c.Aliased(t.Context(), f.name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := layout.ReadManifest(t.Context(), c, served[0])
	if err != nil {
		t.Fatal(err)
	}
	m.Segmentation = "another"
	path := client.Path(layout.FilesIndex(served[0]), "_doc", layout.ManifestID)
	if err := c.Do(t.Context(), http.MethodPut, path, object{"manifest": m}, nil); err != nil {
		t.Fatal(err)
	}
	loaded("other dictionaries")
}

// refusing is a cluster in which the user may not clone an index.
type refusing struct{ client.Performer }

func (r refusing) Perform(request *http.Request) (*http.Response, error) {
	if !strings.Contains(request.URL.Path, "/_clone/") {
		return r.Performer.Perform(request)
	}
	body := io.NopCloser(strings.NewReader(`{"error":{"type":"security_exception","reason":"no permissions"}}`))
	return &http.Response{StatusCode: http.StatusForbidden, Body: body}, nil
}

// killing ends a context before one of the requests that change something.
type killing struct {
	client.Performer
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
	return k.Performer.Perform(r)
}

// A publication that is killed at any point leaves what was served as it was, and the next one ends well.
func isKilled(t *testing.T, c *client.Client) {
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
		killer := &killing{Performer: c.Transport(), left: n, kill: kill}
		_, err := f.publishAs(ctx, t, client.Over(killer), f.name)
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
