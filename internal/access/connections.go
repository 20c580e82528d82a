package access

import (
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// Connections bounds how many connections are open at once. Each one takes a file handle
// and some 18 KB, also while it is idle.
type Connections struct {
	// PerAddress bounds those of one address, or of one IPv6 /64; 0 for no bound.
	PerAddress int
	// Total bounds those of all addresses; 0 for no bound.
	Total int
	// Exempt are the proxies: a connection from one of them counts towards Total only,
	// since its requests are those of many clients.
	Exempt []netip.Prefix
	Log    *slog.Logger
	// Refused is called with the bound of each connection that is refused, "address" or "total";
	// nil for nothing.
	Refused func(bound string)
}

// logRefusals is how often refused connections are logged.
const logRefusals = time.Minute

// Bound returns a listener that closes connections beyond the bounds when they are made.
func (c Connections) Bound(l net.Listener) net.Listener {
	return &boundListener{Listener: l, bounds: c, open: map[netip.Prefix]int{}}
}

type boundListener struct {
	net.Listener
	bounds Connections

	mu      sync.Mutex
	open    map[netip.Prefix]int // by address, without the exempt ones
	total   int
	refused int       // since it was logged last
	logged  time.Time // when that was
}

// Accept returns the next connection within the bounds.
func (l *boundListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from, counts := l.origin(conn.RemoteAddr())
		if l.take(from, counts) {
			return &boundConn{Conn: conn, close: sync.OnceFunc(func() { l.release(from, counts) })}, nil
		}
		conn.Close() // the client learns of it at once
	}
}

// origin returns the network that a connection counts for, and whether it is bounded.
func (l *boundListener) origin(remote net.Addr) (from netip.Prefix, counts bool) {
	tcp, ok := remote.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}, false
	}
	address := tcp.AddrPort().Addr().Unmap()
	if slices.ContainsFunc(l.bounds.Exempt, func(n netip.Prefix) bool { return n.Contains(address) }) {
		return netip.Prefix{}, false
	}
	return networkOf(address), l.bounds.PerAddress > 0
}

// take counts a connection, unless it is one too many.
func (l *boundListener) take(from netip.Prefix, counts bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case counts && l.open[from] >= l.bounds.PerAddress:
		l.refuse(from, "address")
		return false
	case l.bounds.Total > 0 && l.total >= l.bounds.Total:
		l.refuse(from, "total")
		return false
	}
	l.total++
	if counts {
		l.open[from]++
	}
	return true
}

// refuse counts a refused connection, and logs them once in a while.
func (l *boundListener) refuse(from netip.Prefix, bound string) {
	if l.bounds.Refused != nil {
		l.bounds.Refused(bound)
	}
	l.refused++
	if now := time.Now(); now.Sub(l.logged) >= logRefusals {
		l.bounds.Log.Warn("refused connections: too many are open", "from", from.Addr().String(),
			"of_the_address", l.open[from], "open", l.total, "refused", l.refused)
		l.logged, l.refused = now, 0
	}
}

func (l *boundListener) release(from netip.Prefix, counts bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total--
	if !counts {
		return
	}
	if l.open[from]--; l.open[from] == 0 {
		delete(l.open, from)
	}
}

// boundConn is a connection that is counted until it is closed.
type boundConn struct {
	net.Conn
	close func()
}

// Close closes the connection and counts it no longer.
func (c *boundConn) Close() error {
	defer c.close()
	return c.Conn.Close()
}
