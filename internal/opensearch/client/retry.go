package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// How long a request that the cluster can't take is tried again, doubling each time.
const (
	RetryFirst = 100 * time.Millisecond
	RetryMost  = 15 * time.Second
	RetryTime  = 10 * time.Minute // without any document accepted
)

// Insist sends a request, which must be one that may be repeated, until the cluster answers it: again after
// temporary errors, for as long as RetryTime.
func (c *Client) Insist(ctx context.Context, method, path string, body, out any) error {
	return c.InsistFor(ctx, RetryTime, method, path, body, out)
}

// InsistFor is Insist for another time.
func (c *Client) InsistFor(ctx context.Context, most time.Duration, method, path string, body, out any) error {
	return c.Retry(ctx, most, func() error { return c.Do(ctx, method, path, body, out) })
}

// Retry calls a function that sends requests, again after temporary errors, for some time.
func (c *Client) Retry(ctx context.Context, most time.Duration, send func() error) error {
	until := time.Now().Add(most)
	for delay := RetryFirst; ; delay = min(2*delay, RetryMost) {
		err := send()
		if err == nil || !IsTemporary(err) {
			return err
		}
		if time.Now().After(until) {
			return fmt.Errorf("tried for %s: %w", most, err)
		}
		c.WarnOfRetry(err, until)
		if err := Sleep(ctx, delay); err != nil {
			return err
		}
	}
}

// retryLog logs that requests are sent again.
type retryLog struct {
	log       *slog.Logger // nil for none
	addresses []string

	mu   sync.Mutex
	last time.Time
}

// warnEvery is the least time between two warnings.
const warnEvery = 30 * time.Second

// WarnOfRetry logs that a request failed and will be sent again until some time, unless that was logged less than
// warnEvery ago.
func (c *Client) WarnOfRetry(err error, until time.Time) {
	l := &c.retries
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := time.Now(); l.log != nil && now.Sub(l.last) >= warnEvery {
		l.last = now
		l.log.Warn("the cluster can't take a request, which is sent again", "addresses", l.addresses,
			"gives_up", until.UTC().Truncate(time.Second), "error", err)
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

// lostError is the error of a request without an answer: the connection was lost, or there is none yet.
type lostError struct{ err error }

func (e *lostError) Error() string { return e.err.Error() }
func (e *lostError) Unwrap() error { return e.err }

// errUnreadable reports an answer that does not come from OpenSearch.
var errUnreadable = errors.New("the answer can't be read")

// IsUnreadable reports whether an error is about an answer that is no JSON, as of another server.
func IsUnreadable(err error) bool { return errors.Is(err, errUnreadable) }

// IsNoAnswer reports whether an error is that a node took a request, and did not answer it in time.
func IsNoAnswer(err error) bool { return errors.Is(err, errNoAnswer) }

// IsTemporary reports whether a request may succeed if it is sent again.
func IsTemporary(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var lost *lostError
	if errors.As(err, &lost) {
		return !isRefusedConnection(err)
	}
	var answer *StatusError
	if !errors.As(err, &answer) {
		return false
	}
	switch answer.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return slices.Contains(lostNode, answer.Type)
}

// isRefusedConnection reports whether one of the two sides does not accept the other one's certificate, or whether
// encryption is what only one of them expects.
func isRefusedConnection(err error) bool {
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var plain tls.RecordHeaderError
	var alert *net.OpError
	return errors.As(err, &certificate) || errors.As(err, &authority) || errors.As(err, &plain) ||
		errors.Is(err, http.ErrSchemeMismatch) ||
		errors.As(err, &alert) && (alert.Op == "remote error" || alert.Op == "local error") // as crypto/tls names them
}

// lostNode are the types of errors, with status 500, where a node has lost another one.
var lostNode = []string{
	"connect_transport_exception", "no_shard_available_action_exception", "node_closed_exception",
	"node_disconnected_exception", "node_not_connected_exception", "receive_timeout_transport_exception",
}
