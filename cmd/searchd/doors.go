package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
)

// openDoors takes the public address and, where one is set, that for whoever runs the
// server; else admin is nil. It warns where others than this machine come in unasked.
func openDoors(set settings, guarded bool, log *slog.Logger) (public, admin net.Listener, err error) {
	if public, err = listen("--listen", set.listen); err != nil {
		return nil, nil, err
	}
	if !guarded && !onlyHere(public) {
		log.Warn("--listen is open to other machines and all may ask: set --api-keys, or keep it to 127.0.0.1 behind a proxy that asks who comes", "address", public.Addr().String())
	}
	if set.admin == "" {
		return public, nil, nil
	}
	if admin, err = listen("--admin-listen", set.admin); err != nil {
		public.Close()
		return nil, nil, err
	}
	if !onlyHere(admin) {
		log.Warn("--admin-listen is open to other machines: metrics and profiles tell what is asked for and what memory holds; keep it to 127.0.0.1 or a network of your own",
			"address", admin.Addr().String())
	}
	return public, admin, nil
}

// listen takes the address that a flag names.
func listen(flag, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w: stop what serves there or choose another address", flag, address, err)
	}
	return l, nil
}

// onlyHere tells whether only this machine reaches an address.
func onlyHere(l net.Listener) bool {
	tcp, ok := l.Addr().(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// announce says where the server is, a line an address.
func announce(to io.Writer, public, admin net.Listener) {
	says := fmt.Sprintf("serving http://%s\n", public.Addr())
	if admin != nil {
		says += fmt.Sprintf("admin http://%s\n", admin.Addr())
	}
	io.WriteString(to, says)
}
