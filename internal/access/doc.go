// Package access controls access: API keys, kept in a file as digests, the sessions of
// readers who signed in with a key, and rate limits by key and by address.
// docs/access.md describes its use.
//
// It must not import an HTTP package. Read key.go first.
package access
