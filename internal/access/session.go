package access

import (
	"crypto/rand"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	// SessionTime is how long a reader stays signed in.
	SessionTime = 30 * 24 * time.Hour
	// maxSessions bounds memory; beyond it, whose session was used least lately
	// signs in again.
	maxSessions = 10_000
)

// Sessions are the readers who signed in with a key. They are kept in memory: they
// outlast a change of the file of keys, but not the program, and signing out or
// taking out the key ends them at once. A signed cookie could do neither; one
// signed by what is in the file could be made by whoever reads the file.
type Sessions struct {
	keys *Keys
	now  func() time.Time
	open *lru.Cache[digest, session] // by the digest of the token, so that no look-up tells about tokens
}

type session struct {
	key  digest
	ends time.Time
}

// NewSessions returns Sessions by keys; now is the clock.
func NewSessions(keys *Keys, now func() time.Time) *Sessions {
	open, err := lru.New[digest, session](maxSessions)
	if err != nil {
		panic("access: " + err.Error()) // only for a size below one
	}
	return &Sessions{keys: keys, now: now, open: open}
}

// Begin signs a reader in with the secret of a key; token is theirs to show.
func (s *Sessions) Begin(secret string) (token string, ok bool) {
	k, ok := s.keys.Find(secret)
	if !ok {
		return "", false
	}
	token = rand.Text() + rand.Text() // 260 random bits
	s.open.Add(digestOf(token), session{k.digest, s.now().Add(SessionTime)})
	return token, true
}

// Key returns the key by which a token's reader signed in, while the session lasts
// and the key is in the file.
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

// End signs a reader out.
func (s *Sessions) End(token string) { s.open.Remove(digestOf(token)) }
