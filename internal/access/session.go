package access

import (
	"crypto/rand"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	// SessionTime is how long a reader stays signed in.
	SessionTime = 30 * 24 * time.Hour
	// maxSessions bounds memory. Beyond it, the least recently used session ends.
	maxSessions = 10_000
)

// Sessions holds the sessions of readers who signed in with a key. They are kept in
// memory: they survive a change of the file of keys but not a restart, and signing out
// or deleting the key ends them at once. A signed cookie couldn't be ended like this, and
// if it were signed with the contents of the file, anyone who can read the file could
// forge it.
type Sessions struct {
	keys *Keys
	now  func() time.Time
	open *lru.Cache[digest, session] // by digest of the token, so that lookups leak nothing about tokens
}

type session struct {
	key  digest
	ends time.Time
}

// NewSessions returns the sessions of keys; now is the clock.
func NewSessions(keys *Keys, now func() time.Time) *Sessions {
	open, err := lru.New[digest, session](maxSessions)
	if err != nil {
		panic("access: " + err.Error()) // only for a size below one
	}
	return &Sessions{keys: keys, now: now, open: open}
}

// Begin starts a session with the secret of a key and returns its token.
func (s *Sessions) Begin(secret string) (token string, ok bool) {
	k, ok := s.keys.Find(secret)
	if !ok {
		return "", false
	}
	token = rand.Text() + rand.Text() // 260 random bits
	s.open.Add(digestOf(token), session{k.digest, s.now().Add(SessionTime)})
	return token, true
}

// Key returns the key of the session with a token, as long as the session lasts and the
// key is in the file.
func (s *Sessions) Key(token string) (Key, bool) {
	id := digestOf(token)
	in, ok := s.open.Get(id)
	if !ok {
		return Key{}, false
	}
	k, ok := find(*s.keys.now.Load(), in.key)
	if !ok || !s.now().Before(in.ends) {
		s.open.Remove(id)
		return Key{}, false
	}
	return k, true
}

// End ends the session with a token.
func (s *Sessions) End(token string) { s.open.Remove(digestOf(token)) }
