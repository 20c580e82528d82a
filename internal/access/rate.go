package access

import (
	"math"
	"net/netip"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// MaxRate is the highest rate and burst: more a second no server answers.
const MaxRate = 1_000_000

const (
	// maxAddresses bounds the memory that limits by address take, to some 20 MB.
	// An address that was forgotten begins anew with a full burst.
	maxAddresses = 1 << 16
	// subscriber is how much of an IPv6 address belongs to one of them (RFC 6177):
	// the rest they choose as they like.
	subscriber = 64
)

// Verdict says whether a request is within a limit, and if not in how long one will be.
type Verdict struct {
	Allowed bool
	Wait    time.Duration
}

func take(l *rate.Limiter) Verdict {
	r := l.Reserve()
	if !r.OK() {
		return Verdict{Wait: time.Second} // a limit that lets nothing through has no time to name
	}
	if wait := r.Delay(); wait > 0 {
		r.Cancel() // it isn't waited for, so it must not cost
		return Verdict{Wait: wait}
	}
	return Verdict{Allowed: true}
}

// burstFor is the burst of a rate for which none was given: what it gives in a second.
func burstFor(r rate.Limit) int {
	if r == rate.Inf {
		return 0
	}
	return max(1, int(math.Ceil(float64(r))))
}

// Addresses limits how often each address may ask. It is safe for concurrent use.
type Addresses struct {
	rate  rate.Limit
	burst int
	known *lru.Cache[netip.Prefix, *rate.Limiter]
}

// NewAddresses allows each address perSecond requests a second and burst at
// once, 0 for as many as a second's.
func NewAddresses(perSecond float64, burst int) *Addresses {
	known, err := lru.New[netip.Prefix, *rate.Limiter](maxAddresses)
	if err != nil {
		panic("access: " + err.Error()) // only for a size below one
	}
	if burst == 0 {
		burst = burstFor(rate.Limit(perSecond))
	}
	return &Addresses{rate: rate.Limit(perSecond), burst: burst, known: known}
}

// Allow takes one request of what an address may ask. Addresses of one IPv6
// network of 64 bits count as one.
func (a *Addresses) Allow(address netip.Addr) Verdict {
	address = address.Unmap().WithZone("")
	bits := address.BitLen()
	if address.Is6() {
		bits = subscriber
	}
	network, err := address.Prefix(bits)
	if err != nil {
		network = netip.Prefix{} // what is no address: all such together
	}
	l, ok := a.known.Get(network)
	if !ok {
		fresh := rate.NewLimiter(a.rate, a.burst)
		if l, ok, _ = a.known.PeekOrAdd(network, fresh); !ok {
			l = fresh
		}
	}
	return take(l)
}
