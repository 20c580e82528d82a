// Package server answers HTTP. It has the middleware and joins the routes of its
// subpackages: api for programs and page for people, which share param (parameters
// and addresses), problem (error responses), caller (identity of the client) and
// highlight.
//
// A request passes through the middleware in the order of server.go: it gets an id
// (caller), is logged, gets its security headers (middleware.go), is checked
// against keys and limits (guard.go), and is answered 304 if the client's copy is
// current (etag.go). Then a handler of api or page reads the parameters, calls the
// engine, and turns the response into JSON or a page by a pure function.
//
// It imports internal/search for the contract with an engine, but no engine.
// server and its subpackages are the only ones that know gin. Read server.go first.
package server
