package publication

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"xunwen/internal/opensearch/client"
)

// Bounds of a bulk request.
const (
	bulkBytes   = 8 << 20
	bulkWorkers = 2 // requests at a time, and as many wait

	deletesAtOnce = 5_000
	bulkLeast     = 32 // documents, to which requests get smaller if the cluster doesn't answer in time
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
	client   *client.Client
	index    string // the alias of a draft
	replaces bool   // the index may have earlier versions of the documents

	mu       sync.Mutex
	sent     int64 // bytes
	most     int   // documents of a request; 0 for any number
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
	for len(batch) > 0 {
		n := b.atOnce(len(batch))
		if err := b.writeSince(ctx, batch[:n], time.Now()); err != nil {
			return err
		}
		batch = batch[n:]
	}
	return nil
}

// atOnce returns how many of n documents are sent with a request.
func (b *bulk) atOnce(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.most == 0 {
		return n
	}
	return min(n, b.most)
}

// sendLess has less than n documents sent with the next requests.
func (b *bulk) sendLess(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n = max(n/2, bulkLeast); b.most == 0 || n < b.most {
		b.most = n
	}
}

// writeSince is write for documents of which the cluster has taken none since some time. If it is too slow to answer
// for all of them within the time of a request, it gets one half after the other.
func (b *bulk) writeSince(ctx context.Context, batch []bulkItem, stuckSince time.Time) error {
	delay := client.RetryFirst
	for {
		left, err := b.send(ctx, batch)
		slow, large := client.IsNoAnswer(err), client.IsStatus(err, http.StatusRequestEntityTooLarge)
		until := stuckSince.Add(client.RetryTime)
		switch {
		case (slow && time.Now().Before(until) || large) && len(batch) > 1:
			if slow {
				b.client.WarnOfRetry(err, until)
				b.sendLess(len(batch))
			}
			half := len(batch) / 2
			if err := b.writeSince(ctx, batch[:half], stuckSince); err != nil {
				return err
			}
			batch, delay, stuckSince = batch[half:], client.RetryFirst, time.Now()
			continue
		case large:
			b.refuse(batch[0], fmt.Sprintf("%d bytes are more than the cluster takes at once (http.max_content_length)",
				len(batch[0].source)))
			return nil
		case err != nil && !client.IsTemporary(err):
			return err
		case err == nil && len(left) == 0:
			return nil
		case err == nil && len(left) < len(batch):
			batch, delay, stuckSince = left, client.RetryFirst, time.Now()
			until = stuckSince.Add(client.RetryTime)
		}
		if time.Now().After(until) {
			return fmt.Errorf("the cluster took no document for %s: %w", client.RetryTime, cause(err))
		}
		b.client.WarnOfRetry(cause(err), until)
		if err := client.Sleep(ctx, delay); err != nil {
			return err
		}
		delay = min(2*delay, client.RetryMost)
	}
}

var errThrottled = errors.New("it is too busy (status 429)")

func cause(err error) error {
	if err == nil {
		return errThrottled
	}
	return err
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
	path := client.Path(b.index, "_bulk") + "?require_alias=true&filter_path=errors,items.*.status,items.*.error"
	if err := b.client.Send(ctx, http.MethodPost, path, "application/x-ndjson", body.Bytes(), &answer); err != nil {
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
		case one.Error != nil && one.Error.Type == indexGone:
			return nil, errOther
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
