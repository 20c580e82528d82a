package publication

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/opensearchtest"
)

// unwilling is a cluster that answers bulk requests in other ways than it should, one after another.
type unwilling struct {
	mu    sync.Mutex
	ways  []func(w http.ResponseWriter, ids []string)
	taken map[string]int
}

func (u *unwilling) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	defer u.mu.Unlock()
	var ids []string
	lines := bufio.NewScanner(r.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var action struct {
			Index struct {
				ID string `json:"_id"`
			} `json:"index"`
		}
		if err := json.Unmarshal(lines.Bytes(), &action); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		ids = append(ids, action.Index.ID)
		lines.Scan()
	}
	if len(u.ways) > 0 {
		way := u.ways[0]
		u.ways = u.ways[1:]
		way(w, ids)
		return
	}
	u.answer(w, ids, nil)
}

// answer takes all documents but those with a status of their own.
func (u *unwilling) answer(w http.ResponseWriter, ids []string, status map[string]int) {
	var items []string
	for _, id := range ids {
		switch s := status[id]; s {
		case 0:
			u.taken[id]++
			items = append(items, `{"index":{"status":201}}`)
		default:
			items = append(items,
				fmt.Sprintf(`{"index":{"status":%d,"error":{"type":"some_exception","reason":"because"}}}`, s))
		}
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"errors":true,"items":[%s]}`, strings.Join(items, ","))
}

// What a cluster can't take now is sent again, and what it refuses is reported; nothing is lost.
func TestBulkLosesNothing(t *testing.T) {
	t.Parallel()
	u := &unwilling{taken: map[string]int{}}
	u.ways = []func(http.ResponseWriter, []string){
		func(w http.ResponseWriter, _ []string) { http.Error(w, "busy", http.StatusTooManyRequests) },
		func(w http.ResponseWriter, _ []string) { http.Error(w, "starting", http.StatusServiceUnavailable) },
		func(w http.ResponseWriter, _ []string) { panic(http.ErrAbortHandler) }, // the connection is lost
		func(w http.ResponseWriter, ids []string) {
			u.answer(w, ids, map[string]int{"1": http.StatusTooManyRequests, "2": http.StatusBadRequest, "3": 500})
		},
		func(w http.ResponseWriter, ids []string) {
			u.answer(w, ids, map[string]int{"3": http.StatusTooManyRequests})
		},
	}
	server := httptest.NewServer(u)
	defer server.Close()
	var rejects []Reject
	b := &bulk{
		client: opensearchtest.Connect(t, server.URL), index: "news", replaces: true,
		reject: func(r Reject) { rejects = append(rejects, r) },
	}
	var batch []bulkItem
	for id := range 5 {
		batch = append(batch, bulkItem{fmt.Sprint(id), fmt.Sprintf("a<%d>", id), []byte(`{"title":"大桥"}`)})
	}
	if err := b.write(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"0", "1", "3", "4"} {
		if u.taken[id] != 1 {
			t.Errorf("document %s was taken %d times", id, u.taken[id])
		}
	}
	want := []Reject{{"a<2>", "some_exception: because"}}
	if !slices.Equal(rejects, want) || b.rejected != 1 {
		t.Errorf("rejects %+v, want %+v", rejects, want)
	}
	if len(b.stale) != 1 || b.stale[0].id != "2" || b.stale[0].source != nil {
		t.Errorf("stale %+v, want the earlier version of document 2", b.stale)
	}
}

// What is not there is deleted, and a deletion that the cluster can't do now is sent again.
func TestBulkDeletes(t *testing.T) {
	t.Parallel()
	answers := []string{
		`{"errors":true,"items":[{"delete":{"status":200}},{"delete":{"status":404}},{"delete":{"status":429}}]}`,
		`{"errors":false,"items":[{"delete":{"status":200}}]}`,
	}
	var bodies []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		bodies = append(bodies, string(body))
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, answers[len(bodies)-1])
	}))
	defer server.Close()
	b := &bulk{
		client: opensearchtest.Connect(t, server.URL), index: "news", reject: func(Reject) { t.Error("a reject") },
	}
	if err := b.remove(t.Context(), []bulkItem{{id: "1"}, {id: "2"}, {id: "3"}}); err != nil {
		t.Fatal(err)
	}
	one := func(id string) string { return `{"delete":{"_id":"` + id + `"}}` + "\n" }
	if want := []string{one("1") + one("2") + one("3"), one("3")}; !slices.Equal(bodies, want) {
		t.Errorf("sent %q, want %q", bodies, want)
	}
}

// A document that is larger than the cluster takes is a reject, and the others are written.
func TestBulkSplitsBatches(t *testing.T) {
	t.Parallel()
	u := &unwilling{taken: map[string]int{}}
	large := func(w http.ResponseWriter, ids []string) {
		if len(ids) > 1 || ids[0] == "2" {
			http.Error(w, "large", http.StatusRequestEntityTooLarge)
			return
		}
		u.answer(w, ids, nil)
	}
	u.ways = slices.Repeat([]func(http.ResponseWriter, []string){large}, 20)
	server := httptest.NewServer(u)
	defer server.Close()
	var rejects []Reject
	b := &bulk{
		client: opensearchtest.Connect(t, server.URL), index: "news",
		reject: func(r Reject) { rejects = append(rejects, r) },
	}
	var batch []bulkItem
	for id := range 5 {
		batch = append(batch, bulkItem{fmt.Sprint(id), fmt.Sprint("a", id), []byte(`{}`)})
	}
	if err := b.write(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if len(u.taken) != 4 || len(rejects) != 1 || rejects[0].Article != "a2" {
		t.Errorf("taken %v, rejected %+v", u.taken, rejects)
	}
}

// Documents of an index that another publication deleted are no rejects: writing ends.
func TestBulkEndsWithItsIndex(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Query().Get("require_alias") != "true" {
			t.Errorf("%s may make an index", r.URL)
		}
		fmt.Fprint(w, `{"errors":true,"items":[{"index":{"status":404,"error":{"type":"index_not_found_exception"}}}]}`)
	}))
	defer server.Close()
	b := &bulk{
		client: opensearchtest.Connect(t, server.URL), index: "news", reject: func(Reject) { t.Error("a reject") },
	}
	if err := b.write(t.Context(), []bulkItem{{"1", "a", []byte(`{}`)}}); err != errOther {
		t.Errorf("%v, want %v", err, errOther)
	}
}

// A request that the cluster refuses as a whole ends the build.
func TestBulkEndsWhereNothingHelps(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"error":{"type":"security_exception","reason":"no permissions"}}`)
	}))
	defer server.Close()
	b := &bulk{
		client: opensearchtest.Connect(t, server.URL), index: "news", reject: func(Reject) { t.Error("a reject") },
	}
	err := b.write(t.Context(), []bulkItem{{"1", "a", []byte(`{}`)}})
	if err == nil || !strings.Contains(err.Error(), "no permissions") {
		t.Errorf("error %v", err)
	}
}

// slow is a transport to a cluster that doesn't answer in time for more than some documents.
type slow struct {
	client.Performer
	most int
	sent []int // documents of each request
}

func (s *slow) Perform(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	n := bytes.Count(body, []byte("\n")) / 2
	s.sent = append(s.sent, n)
	if n > s.most {
		return nil, context.DeadlineExceeded
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return s.Performer.Perform(r)
}

// TestBulkHalvesWhatIsSlow checks that a cluster that is too slow for a batch gets smaller ones, then and later, and
// each document once more at most.
func TestBulkHalvesWhatIsSlow(t *testing.T) {
	t.Parallel()
	u := &unwilling{taken: map[string]int{}}
	server := httptest.NewServer(u)
	defer server.Close()
	to := &slow{Performer: opensearchtest.Connect(t, server.URL).Transport(), most: 60}
	b := &bulk{client: client.Over(to), index: "news", reject: func(Reject) { t.Error("a reject") }}
	var batch []bulkItem
	for id := range 200 {
		batch = append(batch, bulkItem{fmt.Sprint(id), fmt.Sprint("a", id), []byte(`{}`)})
	}
	for _, part := range [][]bulkItem{batch[:100], batch[100:]} {
		if err := b.write(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	if want := []int{100, 50, 50, 50, 50}; !slices.Equal(to.sent, want) || len(u.taken) != 200 {
		t.Errorf("requests with %d documents, want %d; %d were taken", to.sent, want, len(u.taken))
	}
}
