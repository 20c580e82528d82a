package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Client calls the API of one server. It is safe for concurrent use.
type Client struct {
	base    *url.URL
	http    *http.Client
	key     string
	agent   string
	retries int
	maxWait time.Duration
}

// Option changes how a client calls a server.
type Option func(*Client)

// WithKey sends an API key with each request.
func WithKey(key string) Option { return func(c *Client) { c.key = key } }

// WithHTTPClient uses another client of HTTP, for its proxy, certificates or timeouts. A timeout
// ends exports too.
func WithHTTPClient(h *http.Client) Option { return func(c *Client) { c.http = h } }

// WithRetries repeats a request at most n times, if the server has no time for it (429 or 503).
func WithRetries(n int) Option { return func(c *Client) { c.retries = n } }

// WithMaxWait waits at most so long before it repeats a request. If the server asks for more, its
// answer is returned instead.
func WithMaxWait(d time.Duration) Option { return func(c *Client) { c.maxWait = d } }

// WithUserAgent names the program that calls.
func WithUserAgent(agent string) Option { return func(c *Client) { c.agent = agent } }

// Defaults of the options.
const (
	defaultRetries = 5
	defaultMaxWait = time.Minute
)

// New returns a client of the server at an address such as https://news.example.org.
func New(address string, options ...Option) (*Client, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("address of the server: %w", err)
	}
	if base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, fmt.Errorf("address of the server: %q is not like https://news.example.org", address)
	}
	c := &Client{
		base: base, http: http.DefaultClient, agent: "xunwen-go", retries: defaultRetries, maxWait: defaultMaxWait,
	}
	for _, set := range options {
		set(c)
	}
	return c, nil
}

// Paths of the API.
const (
	searchPath   = "/api/v1/search"
	articlesPath = "/api/v1/articles/"
	suggestPath  = "/api/v1/suggest"
	trendsPath   = "/api/v1/trends"
	issuesPath   = "/api/v1/issues"
	exportPath   = "/api/v1/export"
	batchPath    = "/api/v1/batch"
	readyPath    = "/readyz"
	healthPath   = "/healthz"
)

// getJSON decodes the answer to a GET request.
func getJSON[T any](ctx context.Context, c *Client, path string, values url.Values) (*T, error) {
	resp, err := c.send(ctx, http.MethodGet, path, values, nil)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer := new(T)
	if err := json.NewDecoder(resp.Body).Decode(answer); err != nil {
		return nil, fmt.Errorf("answer of %s: %w", path, err)
	}
	return answer, nil
}

// send sends a request, again while the server has no time for it, and returns an answer with
// status 200. path is percent-encoded, body is JSON or nil.
func (c *Client) send(
	ctx context.Context, method, path string, values url.Values, body []byte,
) (*http.Response, error) {
	for attempt := 0; ; attempt++ {
		resp, err := c.sendOnce(ctx, method, path, values, body)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusOK {
			return resp, nil
		}
		problem := readProblem(resp)
		wait := problem.wait(attempt)
		if !problem.temporary() || attempt >= c.retries || wait > c.maxWait {
			return nil, problem
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, fmt.Errorf("%w while waiting after: %w", ctx.Err(), problem)
		}
	}
}

func (c *Client) sendOnce(
	ctx context.Context, method, path string, values url.Values, body []byte,
) (*http.Response, error) {
	address := strings.TrimSuffix(c.base.String(), "/") + path
	if len(values) > 0 {
		address += "?" + values.Encode()
	}
	var reader io.Reader
	if body != nil {
		reader = strings.NewReader(string(body))
	}
	req, err := http.NewRequestWithContext(ctx, method, address, reader)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.agent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	return c.http.Do(req)
}

// retryAfter reads how long a server asks to wait.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}
