package opensearch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Bounds of a bulk request.
const (
	bulkBytes   = 8 << 20
	bulkWorkers = 2 // requests at a time, and as many wait

	deletesAtOnce = 5_000
)

// How long a request that the cluster can't take is tried again, doubling each time.
const (
	retryFirst = 100 * time.Millisecond
	retryMost  = 15 * time.Second
	retryTime  = 10 * time.Minute // without any document accepted
)

// Reject is a document that the cluster refused for what it is.
type Reject struct {
	Article string // its id
	Reason  string
}

// bulkItem is a document to be written or deleted.
type bulkItem struct {
	id      string
	article string // for messages
	source  []byte // nil to delete it, if it is there
}

// bulk writes batches of documents to an index. It is safe for concurrent use.
type bulk struct {
	client   *Client
	index    string
	replaces bool // the index may have earlier versions of the documents

	mu       sync.Mutex
	sent     int64 // bytes
	rejected int
	stale    []bulkItem   // deletions of the earlier versions of refused documents, if it replaces
	reject   func(Reject) // called by one goroutine at a time
}

// refuse reports a document that the cluster refused.
func (b *bulk) refuse(i bulkItem, reason string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rejected++
	if b.replaces {
		b.stale = append(b.stale, bulkItem{id: i.id, article: i.article})
	}
	b.reject(Reject{i.article, reason})
}

// count adds to the bytes that were sent.
func (b *bulk) count(bytes int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent += int64(bytes)
}

// remove deletes documents.
func (b *bulk) remove(ctx context.Context, all []bulkItem) error {
	for batch := range slices.Chunk(all, deletesAtOnce) {
		if err := b.write(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// write writes a batch, and what the cluster can't take now again later.
func (b *bulk) write(ctx context.Context, batch []bulkItem) error {
	delay, stuckSince := retryFirst, time.Now()
	for {
		left, err := b.send(ctx, batch)
		switch {
		case isStatus(err, http.StatusRequestEntityTooLarge) && len(batch) > 1:
			half := len(batch) / 2
			if err := b.write(ctx, batch[:half]); err != nil {
				return err
			}
			batch = batch[half:]
			continue
		case isStatus(err, http.StatusRequestEntityTooLarge):
			b.refuse(batch[0], fmt.Sprintf("%d bytes are more than the cluster takes at once (http.max_content_length)",
				len(batch[0].source)))
			return nil
		case err != nil && !isTemporary(err):
			return err
		case err == nil && len(left) == 0:
			return nil
		case err == nil && len(left) < len(batch):
			batch, delay, stuckSince = left, retryFirst, time.Now()
		}
		if time.Since(stuckSince) > retryTime {
			return fmt.Errorf("the cluster took no document for %s: %w", retryTime, cause(err))
		}
		if err := sleep(ctx, delay); err != nil {
			return err
		}
		delay = min(2*delay, retryMost)
	}
}

var errThrottled = errors.New("it is too busy (status 429)")

func cause(err error) error {
	if err == nil {
		return errThrottled
	}
	return err
}

// sleep waits about so long, unless ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d/2 + rand.N(d))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// isTemporary reports whether a request may succeed if it is sent again.
func isTemporary(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var answer *StatusError
	if !errors.As(err, &answer) {
		return true // no answer: the connection was lost, or there is none yet
	}
	switch answer.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return slices.Contains(lostNode, answer.Type)
}

// lostNode are the types of errors, with status 500, where a node has lost another one.
var lostNode = []string{
	"connect_transport_exception", "no_shard_available_action_exception", "node_closed_exception",
	"node_disconnected_exception", "node_not_connected_exception", "receive_timeout_transport_exception",
}

// send sends a batch once, and returns the documents that have to be sent again.
func (b *bulk) send(ctx context.Context, batch []bulkItem) (again []bulkItem, err error) {
	var body bytes.Buffer
	for _, i := range batch {
		if i.source == nil {
			fmt.Fprintf(&body, `{"delete":{"_id":%s}}`+"\n", strconv.Quote(i.id))
			continue
		}
		fmt.Fprintf(&body, `{"index":{"_id":%s}}`+"\n", strconv.Quote(i.id))
		body.Write(i.source)
		body.WriteByte('\n')
	}
	b.count(body.Len())
	var answer struct {
		Errors bool                        `json:"errors"`
		Items  []map[string]bulkItemAnswer `json:"items"`
	}
	path := pathOf(b.index, "_bulk") + "?filter_path=errors,items.*.status,items.*.error"
	if err := b.client.send(ctx, http.MethodPost, path, "application/x-ndjson", body.Bytes(), &answer); err != nil {
		return nil, err
	}
	if len(answer.Items) != len(batch) {
		return nil, fmt.Errorf("the cluster answered for %d documents of %d", len(answer.Items), len(batch))
	}
	for n, item := range answer.Items {
		one, deletion := item["index"], batch[n].source == nil
		if deletion {
			one = item["delete"]
		}
		switch {
		case one.Status < http.StatusMultipleChoices && one.Status >= http.StatusOK:
		case deletion && one.Status == http.StatusNotFound:
		case one.Status == http.StatusTooManyRequests || one.Status >= http.StatusInternalServerError:
			again = append(again, batch[n])
		case deletion:
			return nil, fmt.Errorf("the cluster did not delete document %s: %s", batch[n].id, one.reason())
		default:
			b.refuse(batch[n], one.reason())
		}
	}
	return again, nil
}

// bulkItemAnswer is the answer for one document.
type bulkItemAnswer struct {
	Status int `json:"status"`
	Error  *struct {
		Type     string `json:"type"`
		Reason   string `json:"reason"`
		CausedBy *struct {
			Reason string `json:"reason"`
		} `json:"caused_by"`
	} `json:"error"`
}

func (a bulkItemAnswer) reason() string {
	if a.Error == nil {
		return fmt.Sprintf("status %d", a.Status)
	}
	reason := a.Error.Type + ": " + a.Error.Reason
	if a.Error.CausedBy != nil {
		reason += ": " + a.Error.CausedBy.Reason
	}
	return reason
}

// encode returns a root document as JSON.
func (r *root) encode() ([]byte, error) { return json.Marshal(r) }
