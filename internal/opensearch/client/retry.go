package client

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"
)

// How long a request that the cluster can't take is tried again, doubling each time.
const (
	RetryFirst = 100 * time.Millisecond
	RetryMost  = 15 * time.Second
	RetryTime  = 10 * time.Minute // without any document accepted
)

// Insist sends a request, which must be one that may be repeated, until the cluster answers it: again after
// temporary errors, for as long as retryTime.
func (c *Client) Insist(ctx context.Context, method, path string, body, out any) error {
	began := time.Now()
	for delay := RetryFirst; ; delay = min(2*delay, RetryMost) {
		err := c.Do(ctx, method, path, body, out)
		if err == nil || !IsTemporary(err) || time.Since(began) > RetryTime {
			return err
		}
		if err := Sleep(ctx, delay); err != nil {
			return err
		}
	}
}

// Sleep waits about so long, unless ctx ends.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d/2 + rand.N(d))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// IsTemporary reports whether a request may succeed if it is sent again.
func IsTemporary(err error) bool {
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
