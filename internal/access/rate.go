package access

import (
	"math"
	"net/netip"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// MaxRate is the highest rate and burst: no server answers more requests per second.
const MaxRate = 1_000_000

const (
	// maxAddresses bounds the memory of the limits by address to about 20 MB. A
	// forgotten address starts again with a full burst.
	maxAddresses = 1 << 16
	// subscriber is the length of the network prefix that identifies one IPv6
	// subscriber (RFC 6177), who can choose the remaining bits freely.
	subscriber = 64
)

// Verdict reports whether a request is within a limit and, if not, when the next one will
// be.
type Verdict struct {
	Allowed bool
	Wait    time.Duration
}

func take(l *rate.Limiter) Verdict {
	r := l.Reserve()
	if !r.OK() {
		return Verdict{Wait: time.Second} // the limit never allows a request, so there is no time to name
	}
	if wait := r.Delay(); wait > 0 {
		r.Cancel() // a rejected request must not count
		return Verdict{Wait: wait}
	}
	return Verdict{Allowed: true}
}

// burstFor returns the default burst of a rate: what it allows in one second.
func burstFor(r rate.Limit) int {
	if r == rate.Inf {
		return 0
	}
	return max(1, int(math.Ceil(float64(r))))
}

// Addresses limits the requests of each address. It is safe for concurrent use.
type Addresses struct {
	rate  rate.Limit
	burst int
	known *lru.Cache[netip.Prefix, *rate.Limiter]
}

// NewAddresses allows each address perSecond requests per second and burst at once; a
// burst of 0 means what the rate allows in one second.
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

// Allow counts a request against the limit of an address and reports whether it is
// allowed. All addresses of an IPv6 /64 count as one.
func (a *Addresses) Allow(address netip.Addr) Verdict {
	network := networkOf(address)
	l, ok := a.known.Get(network)
	if !ok {
		fresh := rate.NewLimiter(a.rate, a.burst)
		if l, ok, _ = a.known.PeekOrAdd(network, fresh); !ok {
			l = fresh
		}
	}
	return take(l)
}

// networkOf returns the network by which an address is limited.
func networkOf(address netip.Addr) netip.Prefix {
	address = address.Unmap().WithZone("")
	bits := address.BitLen()
	if address.Is6() {
		bits = subscriber
	}
	network, err := address.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // invalid addresses share one limit
	}
	return network
}
