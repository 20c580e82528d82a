package opensearch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/opensearchtest"
	"xunwen/internal/search"
)

// fault is a way in which a cluster may fail.
type fault struct {
	name   string
	answer opensearchtest.Answerer

	// What may be the error, if the answer isn't right in spite of it.
	means []error
	// harmless faults change no answer.
	harmless bool
}

// faults are all faults that are tried.
func faults() []fault {
	out := []fault{
		{name: "connection closed", answer: func(http.ResponseWriter, *http.Request, func() opensearchtest.Answer) {
			panic(http.ErrAbortHandler)
		}},
		{name: "connection reset", answer: reset},
		{name: "no HTTP", answer: raw("SSH-2.0-OpenSSH_9.6\r\n")},
		{name: "headers cut off", answer: raw("HTTP/1.1 200 OK\r\nContent-Le")},
		{name: "fewer bytes than announced", answer: raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"took\":1")},
		{name: "chunks cut off", answer: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"took\":1\r\n")},
		{name: "not compressed as announced", answer: raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" +
			"Content-Length: 2\r\n\r\n{}")},
		{name: "hangs", answer: hang, means: late},
		{name: "hangs after the headers", answer: hangInBody, means: late},
		{name: "slow", answer: slow, harmless: true},
		{name: "gateway's error page", answer: always(http.StatusBadGateway, "text/html", "<html>bad gateway</html>")},
		{name: "gateway's time-out", answer: always(http.StatusGatewayTimeout, "text/html", "<html>time-out</html>")},
		{name: "portal", answer: always(http.StatusOK, "text/html", "<html>sign in</html>")},
		{name: "no content", answer: always(http.StatusNoContent, "", "")},
	}
	for name, body := range map[string]string{
		"empty": "", "empty object": "{}", "null": "null", "list": "[]", "text": `"ok"`, "number": "1",
		"error with status 200": `{"error":{"type":"some_exception"},"status":503}`,
		"two objects":           `{"took":1}{"took":1}`,
		"of no shards":          `{"_shards":{"total":0,"successful":0},"hits":{"total":{"value":0},"hits":[]}}`,
	} {
		out = append(out, fault{name: "answer: " + name, answer: always(http.StatusOK, jsonType, body)})
	}
	for name, edit := range map[string]func(members map[string]any){
		"a shard failed": func(m map[string]any) {
			m["_shards"].(map[string]any)["failed"] = 1
			m["_shards"].(map[string]any)["failures"] = []any{map[string]any{
				"reason": map[string]any{"type": "node_closed_exception", "reason": "node closed"}}}
		},
		"a shard is missing": func(m map[string]any) { m["_shards"].(map[string]any)["successful"] = 1 },
		"no shards":          func(m map[string]any) { delete(m, "_shards") },
		"no hits":            func(m map[string]any) { delete(m, "hits") },
		"an error": func(m map[string]any) {
			clear(m)
			m["error"] = map[string]any{"type": "search_phase_execution_exception", "reason": "all shards failed"}
			m["status"] = http.StatusServiceUnavailable
		},
	} {
		out = append(out, fault{name: "answer with: " + name, answer: edited(edit)})
	}
	out = append(out,
		fault{name: "answer cut off", answer: cutOff},
		fault{
			name:   "a shard timed out",
			answer: edited(func(m map[string]any) { m["timed_out"] = true }), means: []error{context.DeadlineExceeded},
		},
		fault{
			name:   "members that are new",
			answer: edited(func(m map[string]any) { m["profile"] = []any{} }), harmless: true,
		},
	)
	return append(out, statusFaults()...)
}

// statusFaults are answers with a status of a failure.
func statusFaults() []fault {
	var out []fault
	for _, s := range []struct {
		status int
		kind   string
		means  error
	}{
		{http.StatusTooManyRequests, "rejected_execution_exception", nil},
		{http.StatusTooManyRequests, "circuit_breaking_exception", nil},
		{http.StatusServiceUnavailable, "search_phase_execution_exception", nil},
		{http.StatusServiceUnavailable, "cluster_block_exception", nil},
		{http.StatusServiceUnavailable, "no_shard_available_action_exception", nil},
		{http.StatusInternalServerError, "node_disconnected_exception", nil},
		{http.StatusInternalServerError, "task_cancelled_exception", nil},
		{http.StatusInternalServerError, "time_exceeded_exception", nil},
		{http.StatusServiceUnavailable, "too_many_buckets_exception", search.ErrUnsupported},
		{http.StatusBadRequest, "too_many_clauses", search.ErrUnsupported},
		{http.StatusBadRequest, "too_many_nested_clauses", search.ErrUnsupported},
		{http.StatusNotFound, "index_not_found_exception", client.ErrDeleted},
		{http.StatusBadRequest, "index_closed_exception", client.ErrDeleted},
		{http.StatusInternalServerError, "null_pointer_exception", errAny},
		{http.StatusBadRequest, "parsing_exception", errAny},
		{http.StatusForbidden, "security_exception", errAny},
		{http.StatusUnauthorized, "", errAny},
		{http.StatusMovedPermanently, "", errAny},
		{http.StatusRequestEntityTooLarge, "", errAny},
	} {
		f := fault{name: fmt.Sprintf("status %d %s", s.status, s.kind)}
		if s.means != nil {
			f.means = []error{s.means}
		}
		if s.means == client.ErrDeleted {
			f.means = append(f.means, search.ErrCursorExpired)
		}
		f.answer = always(s.status, jsonType, fmt.Sprintf(`{"error":{"root_cause":[{"type":%q,"reason":"because"}],`+
			`"type":%q,"reason":"because"},"status":%d}`, s.kind, s.kind, s.status))
		out = append(out, f)
	}
	return out
}

// late are the errors of a search of a node that doesn't answer; the other one if there was hardly any time left.
var late = []error{search.ErrUnavailable, context.DeadlineExceeded}

// errAny stands for every error.
var errAny = errors.New("any error")

// allows reports whether an error says of a fault what it is.
func (f *fault) allows(err error) bool {
	means := f.means
	if means == nil {
		means = []error{search.ErrUnavailable}
	}
	for _, m := range means {
		if m == errAny || errors.Is(err, m) {
			return true
		}
	}
	return false
}

const jsonType = "application/json; charset=UTF-8"

func always(status int, contentType, body string) opensearchtest.Answerer {
	return func(w http.ResponseWriter, _ *http.Request, _ func() opensearchtest.Answer) {
		opensearchtest.Answer{Status: status, ContentType: contentType, Body: []byte(body)}.Write(w)
	}
}

// edited changes the members of the node's answer, or of the last one of several.
func edited(edit func(members map[string]any)) opensearchtest.Answerer {
	return func(w http.ResponseWriter, _ *http.Request, ask func() opensearchtest.Answer) {
		a := ask()
		members := map[string]any{}
		decoder := json.NewDecoder(bytes.NewReader(a.Body))
		decoder.UseNumber()
		if err := decoder.Decode(&members); err != nil {
			panic(err)
		}
		if several, ok := members["responses"].([]any); ok {
			edit(several[len(several)-1].(map[string]any))
		} else {
			edit(members)
		}
		var err error
		if a.Body, err = json.Marshal(members); err != nil {
			panic(err)
		}
		a.Write(w)
	}
}

// cutOff sends half of the node's answer as if it were all.
func cutOff(w http.ResponseWriter, _ *http.Request, ask func() opensearchtest.Answer) {
	a := ask()
	a.Body = a.Body[:len(a.Body)/2]
	a.Write(w)
}

// raw answers with bytes and closes the connection.
func raw(content string) opensearchtest.Answerer {
	return func(w http.ResponseWriter, _ *http.Request, _ func() opensearchtest.Answer) {
		if c := hijacked(w); c != nil {
			c.Write([]byte(content))
			c.Close()
		}
	}
}

func hijacked(w http.ResponseWriter) net.Conn {
	c, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return nil
	}
	return c
}

func reset(w http.ResponseWriter, _ *http.Request, _ func() opensearchtest.Answer) {
	if c := hijacked(w); c != nil {
		c.(*net.TCPConn).SetLinger(0) // it is closed with RST
		c.Close()
	}
}

func hang(_ http.ResponseWriter, r *http.Request, _ func() opensearchtest.Answer) {
	<-r.Context().Done()
}

func hangInBody(w http.ResponseWriter, r *http.Request, _ func() opensearchtest.Answer) {
	w.Header().Set("Content-Length", "1000")
	w.Write([]byte(`{"took":`))
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

// slow sends half of an answer, and the rest after a while.
func slow(w http.ResponseWriter, _ *http.Request, ask func() opensearchtest.Answer) {
	a := ask()
	w.WriteHeader(a.Status)
	half := len(a.Body) / 2
	w.Write(a.Body[:half])
	w.(http.Flusher).Flush()
	time.Sleep(20 * time.Millisecond)
	w.Write(a.Body[half:])
}
