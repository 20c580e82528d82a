// Package access decides who may ask: API keys kept in a file as digests, the
// sessions of readers who signed in with one, and how often a key or an address
// may ask. It knows no HTTP. docs/access.md tells how it is used.
package access
