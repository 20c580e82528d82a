package caller

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// AnyHost among the names of Hosts means that all are answered.
const AnyHost = "*"

// Hosts are the names that a server is called by. Another site can make its own name point
// to the server's address, and its pages could then read the server's as their own (DNS
// rebinding); the Host header still has the site's name.
type Hosts struct {
	// Names are names or addresses, without ports; AnyHost for all.
	Names []string
	// Local makes a server without Names answer only to those of this machine. It is for
	// listeners that only this machine reaches, so that no other name can be meant.
	Local bool
}

// Answers reports whether a request is for this server: it names none, one of Names, or
// the address that its connection was made to, by which monitoring calls. localhost is
// such an address if the connection came through the loopback interface.
func (h Hosts) Answers(r *http.Request) bool {
	if len(h.Names) == 0 && !h.Local || r.Host == "" || slices.Contains(h.Names, AnyHost) {
		return true
	}
	name := hostName(r.Host)
	if slices.ContainsFunc(h.Names, func(n string) bool { return hostName(n) == name }) {
		return true
	}
	at := connectedTo(r)
	if address, err := netip.ParseAddr(name); err == nil {
		address = address.Unmap().WithZone("")
		return address == at || at.IsLoopback() && address.IsLoopback()
	}
	return at.IsLoopback() && (name == "localhost" || strings.HasSuffix(name, ".localhost"))
}

// hostName returns the name in a Host header in the form that is compared: in lower case,
// without port, brackets and the dot of the root.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// connectedTo returns the address of this machine that a connection was made to; the zero
// address if that is unknown.
func connectedTo(r *http.Request) netip.Addr {
	address, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return address.AddrPort().Addr().Unmap().WithZone("")
}
