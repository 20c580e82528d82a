package opensearch

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/opensearch/opensearchtest"
	"xunwen/internal/search"
)

// lockedBuffer is a log.
type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// serveFolder serves what is published of a folder, through a client.
func serveFolder(t *testing.T, f *folder, c *client.Client) (*Live, *lockedBuffer) {
	t.Helper()
	log := &lockedBuffer{}
	l := Serve(t.Context(), c, f.name, LiveOptions{
		Log: slog.New(slog.NewTextHandler(log, nil)), Poll: 20 * time.Millisecond, Segmenter: analyzer.Builtin,
	})
	t.Cleanup(func() { l.Close() })
	return l, log
}

// proxied returns a client of the folder's cluster through a proxy.
func proxied(t *testing.T, f *folder) (*client.Client, *opensearchtest.Proxy) {
	t.Helper()
	proxy := opensearchtest.NewProxy(t, address(t, f.client))
	proxy.Start()
	return opensearchtest.Connect(t, proxy.URL), proxy
}

// An index that was deleted and made again under its name is not the one that is served: there is no answer from it,
// and it is not served either.
func TestIndexIsMadeAgain(t *testing.T) {
	c := testClient(t)
	f := newFolder(t, c, "again", buildtest.Generated(60))
	l, log := serveFolder(t, f, c)
	r := search.Request{Size: 5}
	first, err := l.Search(t.Context(), r)
	if err != nil || first.Total != 60 {
		t.Fatalf("%d articles: %v", first.Total, err)
	}
	if err := l.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	index := l.serving().index
	if err := c.DeleteIndexes(t.Context(), index); err != nil {
		t.Fatal(err)
	}
	body := layout.IndexBody(f.shape)
	body["aliases"] = object{f.name: object{}}
	if err := c.Do(t.Context(), http.MethodPut, client.Path(index), body, nil); err != nil {
		t.Fatal(err)
	}
	r.Cursor = first.Cursor
	if _, err := l.Search(t.Context(), r); !errors.Is(err, search.ErrCursorExpired) {
		t.Errorf("the next page of an index that was deleted: %v", err)
	}
	if strings.Contains(log.String(), "can't answer") {
		t.Errorf("a cursor that expired is logged as a fault of the cluster: %s", log)
	}
	l.reload(t.Context())
	if !strings.Contains(log.String(), "is not the one that was published") {
		t.Errorf("the log doesn't say why the index is not served: %s", log)
	}
	l.ready.at = time.Time{} // what was kept is out of date
	r.Cursor = ""
	res, searching := l.Search(t.Context(), r)
	for _, err := range []error{searching, l.Ready(t.Context())} {
		if !errors.Is(err, search.ErrUnavailable) {
			t.Errorf("another index of the same name answers: %d articles, %v", res.Total, err)
		}
	}
	if err := c.DeleteIndexes(t.Context(), index, layout.FilesIndex(index)); err != nil {
		t.Fatal(err)
	}
	f.publish(t)
	l.reload(t.Context())
	if res, err := l.Search(t.Context(), r); err != nil || res.Total != 60 {
		t.Errorf("published again: %d articles, %v", res.Total, err)
	}
}

// A node that is frozen makes searches fail before their time is over, and soon what asks whether they can be answered.
func TestNodeIsFrozen(t *testing.T) {
	f := newFolder(t, testClient(t), "frozen", buildtest.Generated(60))
	c, proxy := proxied(t, f)
	l, _ := serveFolder(t, f, c)
	if err := l.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	proxy.Set(hang)
	l.ready.at = time.Time{}
	if err := l.Ready(context.Background()); !errors.Is(err, search.ErrUnavailable) {
		t.Errorf("a frozen node is ready: %v", err)
	}
	var asked atomic.Int64
	proxy.Set(func(w http.ResponseWriter, r *http.Request, ask func() opensearchtest.Answer) {
		asked.Add(1)
		hang(w, r, ask)
	})
	l.ready.at = time.Now()
	if err := l.Ready(t.Context()); !errors.Is(err, search.ErrUnavailable) || asked.Load() > 0 {
		t.Errorf("%d requests for what is known: %v", asked.Load(), err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	if _, err := l.Search(ctx, search.Request{Size: 5}); !errors.Is(err, search.ErrUnavailable) {
		t.Errorf("a search of a frozen node: %v", err)
	}
	proxy.Set(edited(func(m map[string]any) { m["timed_out"] = true }))
	if _, err := l.Search(t.Context(), search.Request{Size: 5}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a search that takes too long: %v", err)
	}
	proxy.Set(nil)
	l.ready.at = time.Time{}
	if err := l.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// The next generation is served though a request for the alias has got no answer, and with the same dictionaries
// without reading them again.
func TestSwap(t *testing.T) {
	articles := buildtest.Generated(90)
	f := newFolder(t, testClient(t), "swap", articles[:60])
	c, proxy := proxied(t, f)
	l, log := serveFolder(t, f, c)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var asked, dictionaries atomic.Int64
	proxy.Set(func(w http.ResponseWriter, r *http.Request, ask func() opensearchtest.Answer) {
		switch {
		case strings.HasSuffix(r.URL.Path, "_alias") && asked.Add(1) == 1:
			select { // longer than the test, if the client waits
			case <-ctx.Done():
			case <-r.Context().Done():
			}
			return
		case strings.Contains(r.URL.Path, "-files/_doc/analyzer"):
			dictionaries.Add(1)
		}
		ask().Write(w)
	})
	var running sync.WaitGroup
	running.Go(func() { l.Run(ctx) })
	buildtest.Append(t, f.dir, articles[60:]...)
	f.publish(t)
	deadline := time.Now().Add(45 * time.Second) // less than a request may take that is not bounded by its caller
	for l.Status().Articles != len(articles) && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	cancel()
	running.Wait()
	if n := l.Status().Articles; n != len(articles) || dictionaries.Load() > 0 {
		t.Errorf("%d articles, %d parts of dictionaries read: %s", n, dictionaries.Load(), log)
	}
	if res, err := l.Search(t.Context(), search.Request{Size: 5}); err != nil || res.Total != len(articles) {
		t.Errorf("%d articles: %v", res.Total, err)
	}
}
