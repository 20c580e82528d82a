// Package web embeds the page templates, the static files and the API
// description, also the one for agents. It has no logic: internal/server decides what a template shows.
package web

import "embed"

// Files contains templates/*.html and static/*.
//
//go:embed templates/*.html static
var Files embed.FS

// OpenAPI describes every route (OpenAPI 3.1). Tests compare it with the routes
// and their answers.
//
//go:embed openapi.json
var OpenAPI []byte

// Agents is /llms.txt, in which {base} is the address of the server.
//
//go:embed llms.txt
var Agents string
