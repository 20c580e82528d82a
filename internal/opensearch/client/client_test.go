package client

import (
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
