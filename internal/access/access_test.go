package access

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// notes is a log that can be read while it is written.
type notes struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(b)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

// made creates a key and returns its secret and its line with limits.
func made(t *testing.T, name, limits string) (secret, line string) {
	t.Helper()
	secret, line, err := NewKey(name)
	if err != nil {
		t.Fatal(err)
	}
	return secret, strings.TrimSpace(line+" "+limits) + "\n"
}

func write(t *testing.T, name string, lines ...string) {
	t.Helper()
	next := name + ".next"
	if err := os.WriteFile(next, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, name); err != nil {
		t.Fatal(err)
	}
}

func TestFileOfKeys(t *testing.T) {
	_, good := made(t, "北京-desk", "")
	_, other := made(t, "wire", "")
	sum := strings.Repeat("0a", 32)
	for _, tc := range []struct {
		name, text string
		keys       int
		says       []string
	}{
		{"none", "# none\n\n", 0, nil},
		{"two", "\uFEFF# all\r\n" + good + "\n" + other + " # the wire", 2, nil},
		{"limits", "a sha256:" + sum + " rate=0.5 burst=3", 1, nil},
		{"no digest", "# x\nwire", 0, []string{"keys:2: ", "a name and sha256:"}},
		{"the key itself", "wire xunwen_9dB1rGTQk3", 0, []string{"keys:1: ", "searchd key"}},
		{"a short digest", "wire sha256:0a0a", 0, []string{"keys:1: "}},
		{"a bad name", "-wire sha256:" + sum, 0, []string{`keys:1: "-wire"`}},
		{"no rate", "a sha256:" + sum + " rate=0", 0, []string{"keys:1: rate=0 of a"}},
		{"no number", "a sha256:" + sum + " rate=NaN", 0, []string{"keys:1: rate=NaN"}},
		{"two rates", "a sha256:" + sum + " rate=1 rate=2", 0, []string{"keys:1: rate=2"}},
		{"a burst alone", "a sha256:" + sum + " burst=2", 0, []string{"keys:1: burst"}},
		{"an unknown limit", "a sha256:" + sum + " quota=2", 0, []string{`keys:1: "quota"`}},
		{"a name twice", "a sha256:" + sum + "\n" + strings.Replace(good, "北京-desk", "a", 1), 0,
			[]string{"keys:2: a ", "line 1"}},
		{"a key twice", "a sha256:" + sum + "\n#\nb sha256:" + strings.ToUpper(sum), 0,
			[]string{"keys:3: b ", "line 1"}},
		{"two faults", "a\n" + good + "b", 0, []string{"keys:1: ", "keys:3: "}},
		{"not UTF-8", "a\xff sha256:" + sum, 0, []string{"keys:1: "}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			keys, err := readKeys("keys", tc.text)
			if len(tc.says) == 0 && (err != nil || len(keys) != tc.keys) {
				t.Errorf("%d keys, %v", len(keys), err)
			}
			for _, says := range tc.says {
				if err == nil || !strings.Contains(err.Error(), says) {
					t.Errorf("%v does not say %q", err, says)
				}
			}
			if err != nil && strings.Contains(err.Error(), "9dB1rGTQk3") {
				t.Errorf("the error reveals a secret: %v", err)
			}
		})
	}
}

// TestKeysFollowTheirFile changes the file in every way and checks which keys are valid.
func TestKeysFollowTheirFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		name := filepath.Join(t.TempDir(), "keys")
		first, firstLine := made(t, "first", "rate=1")
		second, secondLine := made(t, "second", "")
		write(t, name, firstLine)
		var log notes
		keys, err := OpenKeys(name, slog.New(slog.NewTextHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		sessions := NewSessions(keys, time.Now)
		firstKey, ok := sessions.Find(first)
		if !ok {
			t.Fatal("the first key does not sign in")
		}
		token := sessions.Begin(firstKey)
		ctx, stop := context.WithCancel(t.Context())
		again := make(chan os.Signal)
		done := make(chan error)
		go func() { done <- keys.Run(ctx, again) }()

		holds := func(when string, wantFirst, wantSecond bool) {
			t.Helper()
			synctest.Wait()
			_, gotFirst := keys.Find(first)
			_, gotSecond := keys.Find(second)
			_, signedIn := sessions.Key(token)
			if gotFirst != wantFirst || gotSecond != wantSecond || signedIn != wantFirst {
				t.Errorf("%s: first %t, second %t, signed in %t", when, gotFirst, gotSecond, signedIn)
			}
		}
		holds("at first", true, false)
		k, _ := keys.Find(first)
		if !k.Allow().Allowed || k.Allow().Allowed {
			t.Error("one request is allowed at once")
		}
		write(t, name, firstLine, secondLine)
		time.Sleep(pollKeys / 2)
		holds("before it is read again", true, false)
		time.Sleep(pollKeys)
		holds("a key more", true, true)
		write(t, name, secondLine, "broken\n")
		time.Sleep(3 * pollKeys)
		holds("a broken line", true, true)
		if n := strings.Count(log.String(), "keys:2: want a name"); n != 1 {
			t.Errorf("the broken line is logged %d times: %s", n, log.String())
		}
		again <- syscall.SIGHUP
		synctest.Wait()
		if n := strings.Count(log.String(), "keys:2: want a name"); n != 2 {
			t.Errorf("after a reload it is logged %d times", n)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		time.Sleep(pollKeys)
		holds("no file", true, true)
		write(t, name, secondLine)
		again <- syscall.SIGHUP
		holds("a key is taken out", false, true)
		write(t, name, firstLine, secondLine)
		time.Sleep(pollKeys)
		synctest.Wait()
		if _, ok := keys.Find(first); !ok {
			t.Error("a restored key is not valid")
		}
		if _, ok := sessions.Key(token); ok {
			t.Error("a session came back with its key")
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		for _, secret := range []string{first, second, token} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("a secret is logged: %s", log.String())
			}
		}
	})
}

// TestLimitOutlastsAChange checks that the state of a key's limit survives changes of other
// keys, and is reset when the key's own limit changes.
func TestLimitOutlastsAChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		name := filepath.Join(t.TempDir(), "keys")
		secret, line := made(t, "desk", "rate=2 burst=1")
		write(t, name, line)
		keys, err := OpenKeys(name, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		allow := func() Verdict {
			k, ok := keys.Find(secret)
			if !ok {
				t.Fatal("the key is not valid")
			}
			return k.Allow()
		}
		if v := allow(); !v.Allowed {
			t.Error("the first request is rejected")
		}
		_, other := made(t, "other", "")
		write(t, name, other, line)
		keys.refresh()
		if v := allow(); v.Allowed || v.Wait != time.Second/2 {
			t.Errorf("a second one: %+v", v)
		}
		time.Sleep(time.Second / 2)
		if v := allow(); !v.Allowed {
			t.Errorf("after that time: %+v", v)
		}
		write(t, name, strings.Replace(line, "rate=2", "rate=3", 1))
		keys.refresh()
		if v := allow(); !v.Allowed {
			t.Errorf("with a new rate: %+v", v)
		}
	})
}

func TestLimitsByAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := NewAddresses(2, 3)
		count := func(address string) (allowed int, wait time.Duration) {
			for range 5 {
				v := a.Allow(netip.MustParseAddr(address))
				if v.Allowed {
					allowed++
				} else {
					wait = v.Wait
				}
			}
			return allowed, wait
		}
		for _, tc := range []struct {
			address string
			allowed int
		}{
			{"192.0.2.1", 3}, {"192.0.2.2", 3}, {"::ffff:192.0.2.1", 0},
			{"2001:db8:1:2::1", 3}, {"2001:db8:1:2:ffff::9", 0}, {"2001:db8:1:3::1", 3}, {"fe80::1%eth0", 3},
		} {
			allowed, wait := count(tc.address)
			if allowed != tc.allowed || wait != time.Second/2 {
				t.Errorf("%s: %d allowed at once, then one in %v", tc.address, allowed, wait)
			}
		}
		time.Sleep(time.Second)
		if allowed, _ := count("192.0.2.1"); allowed != 2 {
			t.Errorf("after a second: %d", allowed)
		}
	})
}

// TestAddressesAreBounded checks that the number of remembered addresses is limited.
func TestAddressesAreBounded(t *testing.T) {
	a := NewAddresses(1, 1)
	for i := range maxAddresses + 1000 {
		a.Allow(netip.MustParseAddr(fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255)))
	}
	if n := a.known.Len(); n != maxAddresses {
		t.Errorf("%d addresses are known", n)
	}
}
