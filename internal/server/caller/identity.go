package caller

import (
	"context"
	"net/http"

	"xunwen/internal/access"
)

// Identity is who asks.
type Identity struct {
	Key      access.Key
	SignedIn bool // with a cookie
}

type identityKey struct{}

// IdentityOf returns who asks; nobody in particular where no keys are set.
func IdentityOf(r *http.Request) Identity {
	v, _ := r.Context().Value(identityKey{}).(Identity)
	return v
}

// WithIdentity returns the request with who sent it.
func WithIdentity(r *http.Request, v Identity) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), identityKey{}, v))
}
