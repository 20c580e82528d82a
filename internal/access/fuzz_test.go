package access

import (
	"strings"
	"testing"
)

// FuzzKeys reads any file of keys: what is accepted is bounded, and no error repeats a field that may be a key.
func FuzzKeys(f *testing.F) {
	secret, line, err := NewKey("desk")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(line)
	f.Add("\uFEFF# keys\r\n" + line + " rate=2.5 burst=9\n" + strings.Replace(line, "desk", "archive", 1))
	f.Add("desk " + secret + "\n")
	f.Add(line + " rate=NaN burst=0x10 rate=1e999\ndesk\n")
	f.Fuzz(func(t *testing.T, text string) {
		keys, err := readKeys("keys", text)
		for _, k := range keys {
			if !goodName.MatchString(k.Name) || !(k.rate > 0) || k.limiter == nil || k.burst < 0 || k.burst > MaxRate {
				t.Errorf("%q is the key %+v", text, k)
			}
		}
		if err != nil && strings.Contains(text, secret) && strings.Contains(err.Error(), secret) {
			t.Errorf("the error repeats a key: %v", err)
		}
		if len(keys) > strings.Count(text, "\n")+1 {
			t.Errorf("%d keys in %q", len(keys), text)
		}
	})
}
