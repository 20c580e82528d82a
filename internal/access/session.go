package access

import (
	"crypto/rand"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

const (
	// SessionTime is how long a reader stays signed in.
	SessionTime = 30 * 24 * time.Hour
	// maxKeySessions bounds the sessions of one key. Beyond it, the key's least recently
	// used session ends: whoever signs in with a key signs out holders of that key only.
	maxKeySessions = 1_000
	// maxSessions bounds the memory of all sessions to about 20 MB. Beyond it, the key
	// with the most sessions loses its least recently used one.
	maxSessions = 100_000
)

// Sessions holds the sessions of readers who signed in with a key. They are kept in
// memory: they survive a change of the file of keys but not a restart, and signing out
// or deleting the key ends them at once. A signed cookie couldn't be ended like this, and
// if it were signed with the contents of the file, anyone who can read the file could
// forge it.
type Sessions struct {
	keys *Keys
	now  func() time.Time

	mu    sync.Mutex
	open  map[digest]session                          // by digest of the token: lookups leak nothing about tokens
	byKey map[digest]*simplelru.LRU[digest, struct{}] // the same digests by key
}

type session struct {
	key  digest
	ends time.Time
}

// NewSessions returns the sessions of keys; now is the clock.
func NewSessions(keys *Keys, now func() time.Time) *Sessions {
	return &Sessions{
		keys: keys, now: now,
		open:  map[digest]session{},
		byKey: map[digest]*simplelru.LRU[digest, struct{}]{},
	}
}

// Find returns the key with a secret, with which a reader may sign in.
func (s *Sessions) Find(secret string) (Key, bool) { return s.keys.Find(secret) }

// Begin starts a session with a key and returns its token.
func (s *Sessions) Begin(k Key) (token string) {
	token = rand.Text() + rand.Text() // 260 random bits
	id := digestOf(token)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) >= maxSessions {
		s.endOldest(s.largest())
	}
	own := s.byKey[k.digest]
	switch {
	case own == nil:
		own, _ = simplelru.NewLRU[digest, struct{}](maxKeySessions, nil) // fails only for a size below one
		s.byKey[k.digest] = own
	case own.Len() == maxKeySessions:
		s.endOldest(k.digest)
	}
	own.Add(id, struct{}{})
	s.open[id] = session{k.digest, s.now().Add(SessionTime)}
	return token
}

// largest returns the key with the most sessions.
func (s *Sessions) largest() digest {
	var most digest
	n := 0
	for key, own := range s.byKey {
		if own.Len() > n {
			most, n = key, own.Len()
		}
	}
	return most
}

// endOldest ends the least recently used session of a key.
func (s *Sessions) endOldest(key digest) {
	if id, _, ok := s.byKey[key].GetOldest(); ok {
		s.end(id)
	}
}

// end ends a session, if there is one.
func (s *Sessions) end(id digest) {
	in, ok := s.open[id]
	if !ok {
		return
	}
	delete(s.open, id)
	own := s.byKey[in.key]
	own.Remove(id)
	if own.Len() == 0 {
		delete(s.byKey, in.key)
	}
}

// Key returns the key of the session with a token, as long as the session lasts and the
// key is in the file.
func (s *Sessions) Key(token string) (Key, bool) {
	id := digestOf(token)
	s.mu.Lock()
	defer s.mu.Unlock()
	in, ok := s.open[id]
	if !ok {
		return Key{}, false
	}
	k, ok := find(*s.keys.now.Load(), in.key)
	if !ok || !s.now().Before(in.ends) {
		s.end(id)
		return Key{}, false
	}
	s.byKey[in.key].Get(id) // makes it the most recently used
	return k, true
}

// End ends the session with a token.
func (s *Sessions) End(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end(digestOf(token))
}
