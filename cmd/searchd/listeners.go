package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"syscall"

	"xunwen/internal/access"
)

// openListeners opens the public address and the admin address; admin is nil
// where none is set. It warns of addresses that other machines can reach without
// a key.
func openListeners(set settings, guarded bool, log *slog.Logger) (public, admin net.Listener, err error) {
	if public, err = listen("--listen", set.listen); err != nil {
		return nil, nil, err
	}
	named := len(set.front.Hosts.Names) > 0
	switch {
	case !guarded && !isLocal(public):
		log.Warn("--listen is open to other machines and has no access control: set --api-keys, "+
			"or listen on 127.0.0.1 behind a proxy that authenticates", "address", public.Addr().String())
	case isLocal(public) && !named && len(set.front.Proxies) > 0:
		log.Warn("behind a proxy, only requests for localhost are answered: set --public-url to the address "+
			"that readers use", "address", public.Addr().String())
	}
	if set.admin == "" {
		return public, nil, nil
	}
	if admin, err = listen("--admin-listen", set.admin); err != nil {
		public.Close()
		return nil, nil, err
	}
	if !isLocal(admin) {
		log.Warn("--admin-listen is open to other machines: metrics reveal how much is searched, and profiles "+
			"queries and memory contents; listen on 127.0.0.1 or on a private network", "address", admin.Addr().String())
	}
	return public, admin, nil
}

// maxConnections bounds the memory of connections to about 180 MB.
const maxConnections = 10_000

// bounded bounds the connections of a listener: those of each address, and those of all to
// three quarters of the file handles that the process may have, so that an index can
// always be opened.
func (set settings) bounded(l net.Listener, refused func(bound string), log *slog.Logger) net.Listener {
	total := maxConnections
	var handles syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &handles); err == nil {
		total = int(min(uint64(total), handles.Cur/4*3))
	}
	return access.Connections{
		PerAddress: set.connections, Total: total, Exempt: set.front.Proxies, Log: log, Refused: refused,
	}.Bound(l)
}

// listen opens the address that a flag names.
func listen(flag, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w: stop the program that uses it or choose another address", flag, address, err)
	}
	return l, nil
}

// isLocal reports whether only this machine can reach a listener.
func isLocal(l net.Listener) bool {
	tcp, ok := l.Addr().(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// announced are the addresses of a server.
type announced struct {
	Serving string `json:"serving"`
	Admin   string `json:"admin,omitempty"`
}

// announce prints the addresses, one a line or as an object.
func announce(to io.Writer, public, admin net.Listener, asJSON bool) {
	if asJSON {
		a := announced{Serving: "http://" + public.Addr().String()}
		if admin != nil {
			a.Admin = "http://" + admin.Addr().String()
		}
		json.NewEncoder(to).Encode(a) // like the lines below: searchd serves whoever reads them
		return
	}
	lines := fmt.Sprintf("serving http://%s\n", public.Addr())
	if admin != nil {
		lines += fmt.Sprintf("admin http://%s\n", admin.Addr())
	}
	io.WriteString(to, lines)
}
