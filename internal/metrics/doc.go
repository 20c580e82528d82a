// Package metrics measures a server for Prometheus: its HTTP requests, the calls of
// its engine and what it serves. It has a registry of its own.
//
// It depends on the contract of package search and must not import an engine or an
// HTTP framework. Read metrics.go first; docs/access.md lists the metrics.
package metrics
