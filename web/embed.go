// Package web holds the page templates and the static files, embedded. It
// holds no logic: what a template shows is decided in internal/server.
package web

import "embed"

// Files holds templates/*.html and static/*.
//
//go:embed templates/*.html static
var Files embed.FS
