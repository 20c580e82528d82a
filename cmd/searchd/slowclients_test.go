package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// dial connects to a server by hand.
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

// stalled are requests that stop before their end.
var stalled = map[string]string{
	"sends nothing":        "",
	"never ends its line":  "GET /api/v1/sea",
	"never ends a header":  "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
	"never sends its body": "POST /api/v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n",
}

// TestSlowSendersAreDisconnected checks that the connection of a client is closed that
// doesn't finish its request. Timeouts are a hundredth of those of searchd.
func TestSlowSendersAreDisconnected(t *testing.T) {
	base := serveImpatiently(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusRequestTimeout)
		}
	}))
	for name, sent := range stalled {
		t.Run(name, func(t *testing.T) {
			conn := dial(t, base)
			if _, err := io.WriteString(conn, sent); err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, conn); err != nil { // ends when the server closes it
				t.Errorf("it was not closed: %v", err)
			}
		})
	}
	t.Run("sends a header a byte at a time", func(t *testing.T) {
		conn := dial(t, base)
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n")
		end := time.Now().Add(waitTime)
		for err := os.ErrDeadlineExceeded; errors.Is(err, os.ErrDeadlineExceeded); {
			if time.Now().After(end) {
				t.Fatal("it was not closed")
			}
			io.WriteString(conn, "X")
			conn.SetReadDeadline(time.Now().Add(time.Millisecond)) // the pace
			_, err = conn.Read(make([]byte, 1))
		}
	})
}

// TestSlowReadersAreDisconnected requests far more than the buffers of a connection
// hold and reads nothing: the handler must not block forever.
func TestSlowReadersAreDisconnected(t *testing.T) {
	failed := make(chan error, 1)
	base := serveImpatiently(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		piece := make([]byte, 1<<20)
		for range 1 << 10 {
			if _, err := w.Write(piece); err != nil {
				failed <- err
				return
			}
		}
		failed <- errors.New("a gigabyte was written although nobody reads")
	}))
	conn := dial(t, base)
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	var timeout net.Error
	if err := receive(t, failed, "the handler is still writing"); !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("%v", err)
	}
}

// serveImpatiently serves h as searchd does, but with a hundredth of the timeouts.
func serveImpatiently(t *testing.T, h http.Handler) (base string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := newServer(h, quiet)
	for _, d := range []*time.Duration{&srv.ReadHeaderTimeout, &srv.ReadTimeout, &srv.WriteTimeout, &srv.IdleTimeout} {
		*d /= 100
	}
	var wait sync.WaitGroup
	wait.Go(func() { srv.Serve(listener) })
	t.Cleanup(func() {
		srv.Close()
		waitFor(t, &wait)
	})
	return "http://" + listener.Addr().String()
}
