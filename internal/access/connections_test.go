package access

import (
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
)

// queue is a listener of connections that a test makes.
type queue chan net.Conn

func (q queue) Accept() (net.Conn, error) {
	c, ok := <-q
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (q queue) Close() error   { return nil }
func (q queue) Addr() net.Addr { return &net.TCPAddr{} }

// from is a connection from an address.
type from struct {
	net.Conn
	address string
	closed  bool
}

func (c *from) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(c.address), 1234))
}
func (c *from) Close() error { c.closed = true; return nil }

// TestConnectionsAreBounded checks that an address gets its number of connections and
// another one its own, that those of a proxy are not bounded, and that closing one makes
// room.
func TestConnectionsAreBounded(t *testing.T) {
	var log notes
	q := make(queue, 2)
	l := Connections{
		PerAddress: 2, Total: 9, Exempt: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		Log: slog.New(slog.NewTextHandler(&log, nil)),
	}.Bound(q)
	var taken []net.Conn
	// probe makes a connection and reports whether it is accepted. One from a proxy follows,
	// which always is, so that Accept returns.
	probe := func(address string) bool {
		t.Helper()
		const proxy = "10.9.9.9"
		c := &from{address: address}
		q <- c
		q <- &from{address: proxy}
		got, _ := l.Accept()
		accepted := got.RemoteAddr().String() != proxy+":1234"
		if accepted {
			taken = append(taken, got)
			got, _ = l.Accept()
		} else if !c.closed {
			t.Errorf("a refused connection from %s is not closed", address)
		}
		got.Close()
		return accepted
	}
	for _, tc := range []struct {
		address string
		want    bool
	}{
		{"192.0.2.1", true}, {"192.0.2.1", true}, {"192.0.2.1", false}, {"::ffff:192.0.2.1", false},
		{"192.0.2.2", true}, {"2001:db8::1", true}, {"2001:db8::2", true}, {"2001:db8::3", false},
		{"10.1.1.1", true}, {"10.1.1.1", true}, {"10.1.1.1", true},
	} {
		if got := probe(tc.address); got != tc.want {
			t.Errorf("from %s: accepted %t, want %t", tc.address, got, tc.want)
		}
	}
	taken[0].Close()
	taken[0].Close() // counts once
	if !probe("192.0.2.1") || probe("192.0.2.1") {
		t.Error("a closed connection does not make room for one")
	}
	for _, c := range taken {
		c.Close()
	}
	if b := l.(*boundListener); b.total != 0 || len(b.open) != 0 {
		t.Errorf("%d connections are counted, %v", b.total, b.open)
	}
	if n := strings.Count(log.String(), "refused connections"); n != 1 || !strings.Contains(log.String(), "192.0.2.1") {
		t.Errorf("logged %d times: %s", n, log.String())
	}
}

// TestConnectionsOfAll checks the bound of all connections, with real ones.
func TestConnectionsOfAll(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer inner.Close()
	l := Connections{Total: 3, Log: slog.New(slog.DiscardHandler)}.Bound(inner)
	var wait sync.WaitGroup
	accepted := make(chan net.Conn, 3)
	wait.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			accepted <- c
		}
	})
	dial := func() net.Conn {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	var open []net.Conn
	for range 3 {
		dial()
		open = append(open, <-accepted)
	}
	if _, err := dial().Read(make([]byte, 1)); err == nil {
		t.Error("a fourth connection is served")
	}
	open[0].Close()
	dial()
	<-accepted
	inner.Close()
	wait.Wait()
}
