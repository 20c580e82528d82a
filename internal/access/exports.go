package access

import (
	"net/netip"
	"sync"
)

// exportsPerKey is how many exports of one key there are at once: its readers share it, and
// other keys need places too.
const exportsPerKey = 4

// Exports bounds how many exports of one client there are at once: one for each address, with
// its key, and exportsPerKey for each key. It is safe for concurrent use; the zero value is
// ready.
type Exports struct {
	mu      sync.Mutex
	clients map[client]struct{} // that have an export
	keys    map[string]int      // exports, by name of the key
}

type client struct {
	key     string // its name, "" for none
	address netip.Prefix
}

// Begin begins an export of a client, unless it has one already. Otherwise end must be called.
func (e *Exports) Begin(key string, address netip.Addr) (end func(), ok bool) {
	c := client{key, networkOf(address)}
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, exporting := e.clients[c]; exporting || key != "" && e.keys[key] >= exportsPerKey {
		return nil, false
	}
	if e.clients == nil {
		e.clients, e.keys = map[client]struct{}{}, map[string]int{}
	}
	e.clients[c] = struct{}{}
	e.keys[key]++
	return func() { e.end(c) }, true
}

func (e *Exports) end(c client) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.clients, c)
	if e.keys[c.key]--; e.keys[c.key] == 0 {
		delete(e.keys, c.key)
	}
}
