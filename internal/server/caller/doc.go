// Package caller identifies the client of a request: the request id, the way to
// the server (proxies, the name it was called by), and the API key or session.
//
// It must not import the packages that answer (api, page), nor decide about access,
// which is up to package server. Read identity.go first.
package caller
