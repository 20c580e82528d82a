package caller

import (
	"context"
	"net/http"

	"xunwen/internal/access"
)

// Identity is the client of a request.
type Identity struct {
	Key      access.Key
	SignedIn bool // with a cookie
}

type identityKey struct{}

// IdentityOf returns the client of a request; the zero Identity if no keys are required.
func IdentityOf(r *http.Request) Identity {
	v, _ := r.Context().Value(identityKey{}).(Identity)
	return v
}

// WithIdentity returns the request with its client attached.
func WithIdentity(r *http.Request, v Identity) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), identityKey{}, v))
}
