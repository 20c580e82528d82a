// Package caller knows who sent a request: the id of the request, the proxies
// between, and the API key or session it came with.
//
// It must not import the packages that answer (api, page), nor decide who may ask:
// that is done by package server. Read identity.go first.
package caller
