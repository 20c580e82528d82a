package access

import (
	"context"
	"crypto/subtle"
	"log/slog"
	"os"
	"sync/atomic"
	"time"
)

// pollKeys is how often the file of keys is read: it is small, and a deleted key should
// stop working soon.
const pollKeys = time.Second

// Keys holds the current keys of a file. It is safe for concurrent use.
type Keys struct {
	name string
	log  *slog.Logger
	now  atomic.Pointer[[]Key]

	// Used by Run only.
	text       string // read last
	lastLogged string // the last error logged, "" for none
}

// OpenKeys reads a file of keys. The error names each invalid line.
func OpenKeys(name string, log *slog.Logger) (*Keys, error) {
	k := &Keys{name: name, log: log}
	text, err := readFile(name)
	if err != nil {
		return nil, err
	}
	list, err := readKeys(name, text)
	if err != nil {
		return nil, err
	}
	k.replace(text, list)
	return k, nil
}

// Run reloads the file when it changes, and at once on a signal from reload, until ctx
// ends; then it returns nil. If the file can't be read or has an invalid line, the
// previous keys stay valid and the error is logged.
func (k *Keys) Run(ctx context.Context, reload <-chan os.Signal) error {
	tick := time.NewTicker(pollKeys)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-reload:
			k.lastLogged = "" // an explicit reload logs the error again
		}
		k.refresh()
	}
}

func (k *Keys) refresh() {
	text, err := readFile(k.name)
	if err == nil && text == k.text {
		k.lastLogged = ""
		return
	}
	var list []Key
	if err == nil {
		list, err = readKeys(k.name, text)
	}
	if err == nil {
		k.replace(text, list)
	} else if err.Error() != k.lastLogged {
		k.lastLogged = err.Error()
		k.log.Error("can't read the API keys; the previous ones stay valid", "file", k.name,
			"keys", len(*k.now.Load()), "error", err)
	}
}

// replace makes keys the current ones. A key that is unchanged keeps the state of its
// limit.
func (k *Keys) replace(text string, list []Key) {
	if before := k.now.Load(); before != nil {
		for i, key := range list {
			if old, ok := find(*before, key.digest); ok && old.rate == key.rate && old.burst == key.burst {
				list[i].limiter = old.limiter
			}
		}
	}
	k.now.Store(&list)
	k.text, k.lastLogged = text, ""
	if len(list) == 0 {
		k.log.Warn("the file of API keys is empty: all requests are rejected", "file", k.name)
	} else {
		k.log.Info("loaded the API keys", "file", k.name, "keys", len(list))
	}
}

// Find returns the key with a secret. Its duration doesn't depend on the secret.
func (k *Keys) Find(secret string) (Key, bool) { return find(*k.now.Load(), digestOf(secret)) }

// find compares with every key, in constant time.
func find(keys []Key, d digest) (Key, bool) {
	found := -1
	for i := range keys {
		found = subtle.ConstantTimeSelect(subtle.ConstantTimeCompare(keys[i].digest[:], d[:]), i, found)
	}
	if found < 0 {
		return Key{}, false
	}
	return keys[found], true
}
