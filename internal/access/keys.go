package access

import (
	"context"
	"crypto/subtle"
	"log/slog"
	"os"
	"sync/atomic"
	"time"
)

// pollKeys is how often the file of keys is read again: it is small, and a key
// that is taken out of it should not be of use for long.
const pollKeys = time.Second

// Keys are the keys of a file, as it is now. They are safe for concurrent use.
type Keys struct {
	name string
	log  *slog.Logger
	now  atomic.Pointer[[]Key]

	// Of Run alone.
	text string // that was read last
	said string // the fault that was logged last, "" for none
}

// OpenKeys reads a file of keys. An error says what is wrong with which line.
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
	k.take(text, list)
	return k, nil
}

// Run takes up what changes in the file, at once when again brings a signal,
// until ctx ends; it returns nil then. While the file can't be read or has a line
// at fault, the keys before it hold, and the log says why.
func (k *Keys) Run(ctx context.Context, again <-chan os.Signal) error {
	tick := time.NewTicker(pollKeys)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-again:
			k.said = "" // whoever asks wants to be told
		}
		k.refresh()
	}
}

func (k *Keys) refresh() {
	text, err := readFile(k.name)
	if err == nil && text == k.text {
		k.said = ""
		return
	}
	var list []Key
	if err == nil {
		list, err = readKeys(k.name, text)
	}
	if err == nil {
		k.take(text, list)
	} else if err.Error() != k.said {
		k.said = err.Error()
		k.log.Error("the API keys can't be read; those before hold", "file", k.name, "keys", len(*k.now.Load()), "error", err)
	}
}

// take puts keys in force. A key that stays goes on with what it has used of
// its limit.
func (k *Keys) take(text string, list []Key) {
	if before := k.now.Load(); before != nil {
		for i, key := range list {
			if old, ok := find(*before, key.digest); ok && old.rate == key.rate && old.burst == key.burst {
				list[i].limiter = old.limiter
			}
		}
	}
	k.now.Store(&list)
	k.text, k.said = text, ""
	if len(list) == 0 {
		k.log.Warn("there is no API key: nobody may ask", "file", k.name)
	} else {
		k.log.Info("API keys", "file", k.name, "keys", len(list))
	}
}

// Find returns the key whose secret this is. It takes as long for any secret.
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
