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
	// keyPrefix identifies a key to people and to programs that look for leaked
	// secrets.
	keyPrefix = "xunwen_"
	keyBytes  = 32 // of randomness

	digestPrefix = "sha256:"
)

// digest is the SHA-256 of a key. A key is 256 random bits and can't be guessed, so a slow
// hash, which passwords need, would only slow down each request.
type digest [sha256.Size]byte

func digestOf(secret string) digest { return sha256.Sum256([]byte(secret)) }

// Key is a valid API key and its limit.
type Key struct {
	Name  string
	rate  rate.Limit // requests per second; rate.Inf for no limit
	burst int        // requests at once

	digest  digest
	limiter *rate.Limiter
}

// goodName matches the valid names of keys, which are safe in logs and in a line of
// fields.
var goodName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$`)

// NewKey creates a key. It returns the secret, which isn't stored anywhere, and the line
// to add to the file of keys.
func NewKey(name string) (secret, line string, err error) {
	if !goodName.MatchString(name) {
		return "", "", badName(name)
	}
	random := make([]byte, keyBytes)
	rand.Read(random) // never fails
	secret = keyPrefix + base64.RawURLEncoding.EncodeToString(random)
	sum := digestOf(secret)
	return secret, name + " " + digestPrefix + hex.EncodeToString(sum[:]), nil
}

func badName(name string) error {
	return fmt.Errorf("%q is not a valid name: want a letter or digit, then letters, digits and . _ @ + - "+
		"(at most 64 characters)", name)
}

// readKey parses a line of the file of keys: a name, a digest, and optionally
// rate=REQUESTS PER SECOND and burst=REQUESTS AT ONCE.
func readKey(line string) (Key, error) {
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return Key{}, fmt.Errorf("want a name and %sDIGEST", digestPrefix)
	}
	k := Key{Name: fields[0], rate: rate.Inf}
	if !goodName.MatchString(k.Name) {
		return Key{}, badName(k.Name)
	}
	text, ok := strings.CutPrefix(fields[1], digestPrefix)
	sum, err := hex.DecodeString(text)
	if !ok || err != nil || len(sum) != sha256.Size {
		// It could be the key itself, so the message must not repeat it.
		return Key{}, fmt.Errorf("the second field of %s is not a digest: want %s and %d hexadecimal digits, "+
			"as searchd key prints them", k.Name, digestPrefix, 2*sha256.Size)
	}
	k.digest = digest(sum)
	for _, f := range fields[2:] {
		if err := k.set(f); err != nil {
			return Key{}, err
		}
	}
	if k.rate == rate.Inf && k.burst > 0 {
		return Key{}, fmt.Errorf("burst of %s has no effect without a rate", k.Name)
	}
	if k.burst == 0 {
		k.burst = burstFor(k.rate)
	}
	k.limiter = rate.NewLimiter(k.rate, k.burst)
	return k, nil
}

// set parses a limit.
func (k *Key) set(field string) error {
	name, value, _ := strings.Cut(field, "=")
	switch name {
	case "rate":
		r, err := strconv.ParseFloat(value, 64)
		if err != nil || !(r > 0 && r <= MaxRate) || k.rate != rate.Inf {
			return fmt.Errorf("%s of %s: want one rate in requests per second, above 0 and at most %g",
				field, k.Name, float64(MaxRate))
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

// Allow counts a request against the key's limit and reports whether it is allowed.
func (k Key) Allow() Verdict { return take(k.limiter) }
