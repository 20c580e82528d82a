package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/opensearch-project/opensearch-go/v4"
)

// Connection says where a cluster is and how to sign in.
type Connection struct {
	Addresses []string // of nodes, as URLs
	Username  string
	Password  string
	APIKey    string // sent as Authorization: ApiKey; instead of a name and password
	CACert    []byte // PEM; nil for the system's

	Log *slog.Logger // of requests that are sent again; nil for none
}

// Performer sends a request: the part of the client library that is used.
type Performer interface {
	Perform(*http.Request) (*http.Response, error)
}

var errNoAnswer = fmt.Errorf("no answer within %s", requestTime)

// Client sends requests to a cluster. It is safe for concurrent use.
type Client struct {
	transport   Performer
	close       func() error
	nodes       int    // addresses
	credentials string // what they are, for messages; "" for none
	retries     retryLog
}

// requestTime bounds one attempt of a request.
const requestTime = time.Minute

// Connect returns a Client. It sends nothing yet.
func Connect(c Connection) (*Client, error) {
	off := false
	header := http.Header{}
	if c.APIKey != "" {
		header.Set("Authorization", "ApiKey "+c.APIKey)
	}
	client, err := opensearch.NewClient(opensearch.Config{
		Addresses:            c.Addresses,
		Username:             c.Username,
		Password:             c.Password,
		Header:               header,
		CACert:               c.CACert,
		RequestTimeout:       requestTime,
		DiscoverNodesOnStart: &off, // a node may publish an address that can't be reached from here
		DisableRetry:         true, // what is sent again is decided here
	})
	if err != nil {
		return nil, fmt.Errorf("connecting to OpenSearch: %w", err)
	}
	out := Over(client)
	out.close, out.nodes = client.Close, len(c.Addresses)
	out.retries.log, out.retries.addresses = c.Log, c.Addresses
	switch {
	case c.APIKey != "":
		out.credentials = "the API key"
	case c.Username != "":
		out.credentials = "the user name and password"
	}
	return out, nil
}

// Over returns a Client that sends its requests through something other than a connection, such as another
// Client's Transport.
func Over(transport Performer) *Client {
	return &Client{transport: transport, close: func() error { return nil }, nodes: 1}
}

// Transport returns what sends the requests.
func (c *Client) Transport() Performer { return c.transport }

// Close ends the client's connections.
func (c *Client) Close() error { return c.close() }

// StatusError is an answer of the cluster that reports a failure.
type StatusError struct {
	Method, Path string
	Status       int
	Type, Reason string // as the cluster says, "" if it doesn't
}

// Error implements error.
func (e *StatusError) Error() string {
	text := fmt.Sprintf("OpenSearch answered %s %s with status %d", e.Method, e.Path, e.Status)
	for _, more := range []string{e.Type, e.Reason} {
		if more != "" {
			text += ": " + more
		}
	}
	return text
}

// IsStatus reports whether an error is an answer with a status.
func IsStatus(err error, status int) bool {
	var answer *StatusError
	return errors.As(err, &answer) && answer.Status == status
}

// maxAnswer bounds an answer in bytes.
const maxAnswer = 1 << 30

// Do sends a request with body as JSON, nil for none, and decodes the answer into out, nil to drop it.
func (c *Client) Do(ctx context.Context, method, path string, body, out any) error {
	var encoded []byte
	if body != nil {
		var err error
		if encoded, err = json.Marshal(body); err != nil {
			return err
		}
	}
	return c.Send(ctx, method, path, "application/json", encoded, out)
}

// Send is Do for an encoded body.
func (c *Client) Send(ctx context.Context, method, path, contentType string, body []byte, out any) error {
	answer, err := c.perform(ctx, method, path, contentType, body)
	if err != nil {
		return fmt.Errorf("OpenSearch, %s %s: %w", method, path, explained(err))
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("OpenSearch, %s %s: %w", method, path, &lostError{err})
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		return c.statusError(method, path, answer.StatusCode, content)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(content, out); err != nil {
		return fmt.Errorf("OpenSearch, %s %s: %w: %w", method, path, errUnreadable, err)
	}
	return nil
}

// perform sends a request to a node, and to another one if that can't be reached.
func (c *Client) perform(
	ctx context.Context, method, path, contentType string, body []byte,
) (*http.Response, error) {
	for attempt := 1; ; attempt++ {
		request, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		if len(body) > 0 {
			request.Header.Set("Content-Type", contentType)
		}
		answer, err := c.transport.Perform(request)
		var connecting *net.OpError
		switch {
		case err == nil:
			return answer, nil
		case attempt < c.nodes && ctx.Err() == nil && errors.As(err, &connecting) && connecting.Op == "dial":
			continue
		case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
			return nil, &lostError{errNoAnswer} // only this attempt timed out, so the caller may ask again
		}
		return nil, &lostError{err}
	}
}

func (c *Client) statusError(method, path string, status int, content []byte) error {
	out := &StatusError{Method: method, Path: path, Status: status}
	var failed struct {
		Error reported `json:"error"`
	}
	if json.Unmarshal(content, &failed) == nil {
		cause := failed.Error.first()
		out.Type, out.Reason = cause.Type, cause.Reason
	}
	if status == http.StatusBadRequest && bytes.Contains(content, []byte("HTTP request to an HTTPS server")) {
		out.Reason = "it takes encrypted requests only: use https:// in --url"
	}
	if status == http.StatusUnauthorized {
		out.Reason = "it takes no requests without a user name and password or an API key"
		if c.credentials != "" {
			out.Reason = "it refused " + c.credentials
		}
	}
	return out
}

// explained adds advice to an error of a connection.
func explained(err error) error {
	var authority x509.UnknownAuthorityError
	var plain tls.RecordHeaderError
	switch {
	case errors.As(err, &authority):
		return fmt.Errorf("%w: name the file with that authority's certificate with --ca-cert", err)
	case errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Errorf("%w: it is not encrypted: use http:// in --url", err)
	}
	return err
}

// Path returns a path of escaped parts.
func Path(parts ...string) string {
	path := ""
	for _, p := range parts {
		path += "/" + url.PathEscape(p)
	}
	return path
}

// object is a JSON object.
type object = map[string]any
