package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/time/rate"
)

const (
	// keyPrefix lets people and programs that look for leaked secrets tell what
	// a key belongs to.
	keyPrefix = "xunwen_"
	keyBytes  = 32 // random ones

	digestPrefix = "sha256:"
)

// digest is the SHA-256 of a key. A key is 256 random bits, so that nobody
// finds it by trying: a slow hash, which passwords need, would only slow down
// each request.
type digest [sha256.Size]byte

func digestOf(secret string) digest { return sha256.Sum256([]byte(secret)) }

// Key is who may ask, and how often.
type Key struct {
	Name  string
	rate  rate.Limit // requests a second, rate.Inf for any number
	burst int        // requests at once

	digest  digest
	limiter *rate.Limiter
}

// goodName is what a key may be called: it stands in logs and on a line of fields.
var goodName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$`)

// NewKey makes a key for whoever is called name: the secret, which is theirs and
// kept nowhere, and the line of the file of keys that lets it in.
func NewKey(name string) (secret, line string, err error) {
	if !goodName.MatchString(name) {
		return "", "", fmt.Errorf("%q is no name for a key: want a letter or digit, then letters, digits and . _ @ + - (64 at most)", name)
	}
	random := make([]byte, keyBytes)
	rand.Read(random) // never fails
	secret = keyPrefix + base64.RawURLEncoding.EncodeToString(random)
	sum := digestOf(secret)
	return secret, name + " " + digestPrefix + hex.EncodeToString(sum[:]), nil
}

// readKey reads a line of the file of keys: a name, a digest, and perhaps
// rate=REQUESTS A SECOND and burst=REQUESTS AT ONCE.
func readKey(line string) (Key, error) {
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return Key{}, fmt.Errorf("want a name and %sDIGEST", digestPrefix)
	}
	k := Key{Name: fields[0], rate: rate.Inf}
	if !goodName.MatchString(k.Name) {
		return Key{}, fmt.Errorf("%q is no name: want a letter or digit, then letters, digits and . _ @ + - (64 at most)", k.Name)
	}
	text, ok := strings.CutPrefix(fields[1], digestPrefix)
	sum, err := hex.DecodeString(text)
	if !ok || err != nil || len(sum) != sha256.Size {
		// It may be the key itself: nothing of it is repeated.
		return Key{}, fmt.Errorf("the second field of %s is no digest: want %s and %d hexadecimal digits, as `searchd key` prints them", k.Name, digestPrefix, 2*sha256.Size)
	}
	k.digest = digest(sum)
	for _, f := range fields[2:] {
		if err := k.set(f); err != nil {
			return Key{}, err
		}
	}
	if k.rate == rate.Inf && k.burst > 0 {
		return Key{}, fmt.Errorf("burst of %s means nothing without a rate", k.Name)
	}
	if k.burst == 0 {
		k.burst = burstFor(k.rate)
	}
	k.limiter = rate.NewLimiter(k.rate, k.burst)
	return k, nil
}

// set takes a limit.
func (k *Key) set(field string) error {
	name, value, _ := strings.Cut(field, "=")
	switch name {
	case "rate":
		r, err := strconv.ParseFloat(value, 64)
		if err != nil || !(r > 0 && r <= MaxRate) || k.rate != rate.Inf {
			return fmt.Errorf("%s of %s: want one rate of requests a second, above 0 and at most %g", field, k.Name, float64(MaxRate))
		}
		k.rate = rate.Limit(r)
	case "burst":
		b, err := strconv.Atoi(value)
		if err != nil || b < 1 || b > MaxRate || k.burst != 0 {
			return fmt.Errorf("%s of %s: want one number of requests, 1 to %d", field, k.Name, int(MaxRate))
		}
		k.burst = b
	default:
		return fmt.Errorf("%q of %s is neither rate=… nor burst=…", name, k.Name)
	}
	return nil
}

// Allow takes one request of what the key may ask; else it says in how long it may.
func (k Key) Allow() Verdict { return take(k.limiter) }
