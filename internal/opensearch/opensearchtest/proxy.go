package opensearchtest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Proxy is a reverse proxy of a node. It answers some requests itself, as a broken or a guarded node would.
type Proxy struct {
	*httptest.Server
	node string

	mu     sync.Mutex
	answer Answerer
}

// Answerer answers a request. ask gets the node's answer.
type Answerer func(w http.ResponseWriter, r *http.Request, ask func() Answer)

// Answer is what a node answers.
type Answer struct {
	Status      int
	ContentType string
	Body        []byte
}

// Write sends an answer.
func (a Answer) Write(w http.ResponseWriter) {
	if a.ContentType != "" {
		w.Header().Set("Content-Type", a.ContentType)
	}
	w.WriteHeader(a.Status)
	w.Write(a.Body) // the client may have gone
}

// NewProxy returns a proxy in front of a node that ends with the test; it is not started.
func NewProxy(t testing.TB, node string) *Proxy {
	t.Helper()
	p := &Proxy{node: node}
	p.Server = httptest.NewUnstartedServer(p)
	t.Cleanup(p.Close)
	return p
}

// Set sets the Answerer; with nil, the node answers.
func (p *Proxy) Set(a Answerer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = a
}

// ServeHTTP implements http.Handler.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	p.mu.Lock()
	answer := p.answer
	p.mu.Unlock()
	ask := func() Answer { return p.ask(r, body) }
	if answer == nil {
		ask().Write(w)
		return
	}
	answer(w, r, ask)
}

// ask sends a request to the node, without credentials.
func (p *Proxy) ask(r *http.Request, body []byte) Answer {
	request, err := http.NewRequestWithContext(r.Context(), r.Method, p.node+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if t := r.Header.Get("Content-Type"); t != "" {
		request.Header.Set("Content-Type", t)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(http.ErrAbortHandler) // the client gave up
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return Answer{answer.StatusCode, answer.Header.Get("Content-Type"), content}
}
