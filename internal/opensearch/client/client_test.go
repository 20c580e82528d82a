package client

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestUnreachableNodes checks that a request goes to a node that can be reached, if there is one, also the
// first.
func TestUnreachableNodes(t *testing.T) {
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("{}"))
	}))
	defer node.Close()
	addresses := []string{unreachable(t), unreachable(t), node.URL}
	for range addresses {
		c, err := Connect(Connection{Addresses: addresses})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Do(t.Context(), http.MethodDelete, "/index", nil, nil); err != nil {
			t.Errorf("with %v: %v", addresses, err)
		}
		_ = c.Close()
		addresses = append(addresses[1:], addresses[0])
	}
}

// unreachable returns an address at which nobody listens.
func unreachable(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// TestDeletingOutlivesAnother checks that an index that someone else deletes at the same time is no error, and that
// the others are deleted then.
func TestDeletingOutlivesAnother(t *testing.T) {
	t.Parallel()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodDelete { // the client library's own
			return
		}
		if asked++; asked == 1 {
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"error":{"type":"index_not_found_exception"}}`)
			return
		}
		fmt.Fprint(w, `{"acknowledged":true}`)
	}))
	defer server.Close()
	c, err := Connect(Connection{Addresses: []string{server.URL}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.DeleteIndexes(t.Context(), "a", "b"); err != nil || asked != 2 {
		t.Errorf("%v after %d requests", err, asked)
	}
}
