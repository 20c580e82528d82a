// Package web holds the page templates, the static files and the API's
// description, embedded. It holds no logic: what a template shows is decided in
// internal/server.
package web

import "embed"

// Files holds templates/*.html and static/*.
//
//go:embed templates/*.html static
var Files embed.FS

// OpenAPI describes every route (OpenAPI 3.1). Tests hold it against the routes
// and their answers.
//
//go:embed openapi.json
var OpenAPI []byte
