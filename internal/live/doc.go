// Package live serves the published generation of an index folder, and swaps in
// each new one without failing a request.
//
// Start with live.go: Engine answers requests and counts those that use a
// generation. watcher.go decides when to look for a new generation, loader.go
// chooses and opens it. export.go checks the files during a long export, and
// status.go describes what is served. The package must not import build or
// anything of HTTP.
package live
