// Package live serves the published generation of an index folder, and swaps in
// each new one without failing a request.
//
// Start with live.go: Engine answers requests and loads generations. watcher.go
// decides which generation to load, export.go checks the files during a long
// export, status.go describes what is served. The package must not import build
// or anything of HTTP.
package live
