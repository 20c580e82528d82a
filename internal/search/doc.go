// Package search is the contract of a search engine: Request, Response and Engine.
// It has no engine's types in it, and must not import an engine, an index or
// anything of HTTP.
//
// Start with search.go. facets.go, archive.go, export.go and explanation.go have the
// types of further requests, intercept.go wraps an Engine, for limits and metrics.
package search
