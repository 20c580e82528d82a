package access

import (
	"log/slog"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// openSessions returns the sessions of a file with the given lines.
func openSessions(t *testing.T, lines ...string) *Sessions {
	t.Helper()
	name := filepath.Join(t.TempDir(), "keys")
	write(t, name, lines...)
	keys, err := OpenKeys(name, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return NewSessions(keys, time.Now)
}

// keyOf returns the key with a secret.
func keyOf(t *testing.T, s *Sessions, secret string) Key {
	t.Helper()
	k, ok := s.Find(secret)
	if !ok {
		t.Fatal("the key is not valid")
	}
	return k
}

func TestSessionsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		secret, line := made(t, "desk", "")
		s := openSessions(t, line)
		if _, ok := s.Find(secret + "x"); ok {
			t.Error("another secret signs in")
		}
		k := keyOf(t, s, secret)
		one, two := s.Begin(k), s.Begin(k)
		if one == two || one == "" {
			t.Errorf("tokens %q and %q", one, two)
		}
		s.End(one)
		s.End("unknown")
		if _, ok := s.Key(one); ok {
			t.Error("a session lasts after signing out")
		}
		time.Sleep(SessionTime - time.Nanosecond)
		if k, ok := s.Key(two); !ok || k.Name != "desk" {
			t.Errorf("the other session: %+v %t", k, ok)
		}
		time.Sleep(time.Nanosecond)
		if _, ok := s.Key(two); ok {
			t.Error("a session lasts too long")
		}
		if len(s.open) != 0 || len(s.byKey) != 0 {
			t.Errorf("%d sessions and %d keys remain in memory", len(s.open), len(s.byKey))
		}
	})
}

// TestSessionsAreBoundedByKey checks that a holder of one key can't sign out the readers
// with another one, and that a key loses the sessions that were not used for longest.
func TestSessionsAreBoundedByKey(t *testing.T) {
	flooder, flooderLine := made(t, "flooder", "")
	reader, readerLine := made(t, "reader", "")
	s := openSessions(t, flooderLine, readerLine)
	other := s.Begin(keyOf(t, s, reader))
	k := keyOf(t, s, flooder)
	unused, used := s.Begin(k), s.Begin(k)
	for range 3 * maxKeySessions {
		s.Begin(k)
		if _, ok := s.Key(used); !ok {
			t.Fatal("a session in use was ended")
		}
	}
	if _, ok := s.Key(other); !ok {
		t.Error("the reader with another key was signed out")
	}
	if _, ok := s.Key(unused); ok {
		t.Error("the oldest session of the key goes on")
	}
	if n := len(s.open); n != maxKeySessions+1 {
		t.Errorf("%d sessions are open, want %d", n, maxKeySessions+1)
	}
}

// TestSessionsAreBounded checks that sessions of very many keys take bounded memory, and
// that a key with few sessions keeps them.
func TestSessionsAreBounded(t *testing.T) {
	const keys = maxSessions/maxKeySessions + 1
	var secrets, lines []string
	for i := range keys + 1 {
		secret, line := made(t, "k"+string(rune('一'+i)), "")
		secrets, lines = append(secrets, secret), append(lines, line)
	}
	s := openSessions(t, lines...)
	first := s.Begin(keyOf(t, s, secrets[keys]))
	for _, secret := range secrets[:keys] {
		k := keyOf(t, s, secret)
		for range maxKeySessions {
			s.Begin(k)
		}
	}
	if n := len(s.open); n != maxSessions {
		t.Errorf("%d sessions are open, want %d", n, maxSessions)
	}
	if _, ok := s.Key(first); !ok {
		t.Error("the only session of a key was ended")
	}
}
