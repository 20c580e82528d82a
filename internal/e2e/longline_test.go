package e2e

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// dial opens a TCP connection to a server.
func dial(t *testing.T, base string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(waitTime))
	return conn
}

// TestLongRequestLine checks the documented limit of a request line: 16 KB are read,
// far more is rejected with 414 or 431, and the server keeps running.
func TestLongRequestLine(t *testing.T) {
	base := serveSamples(t)
	const (
		line   = "GET /api/v1/search?q=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
		header = "GET /api/v1/search?q=x HTTP/1.1\r\nHost: localhost\r\nX-Long: %s\r\n\r\n"
	)
	for _, tc := range []struct {
		request  string
		length   int
		accepted []int
	}{
		{line, 15 << 10, []int{400}}, // a query of over 512 characters
		{line, 64 << 10, []int{414, 431}},
		{line, 1 << 20, []int{414, 431}},
		{header, 15 << 10, []int{200}},
		{header, 64 << 10, []int{431}},
	} {
		conn := dial(t, base)
		go fmt.Fprintf(conn, tc.request, strings.Repeat("a", tc.length))
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Errorf("a request of %d bytes: %v", tc.length, err)
			continue
		}
		resp.Body.Close()
		if !slices.Contains(tc.accepted, resp.StatusCode) {
			t.Errorf("a request of %d bytes: %d, want %v", tc.length, resp.StatusCode, tc.accepted)
		}
	}
	if status, err := probe(t.Context(), base+overloadPaths[0]); status != 200 || err != nil {
		t.Errorf("afterwards: %d %v", status, err)
	}
}
