// Package metrics measures a server: its requests, the questions to the engine
// and what is served, for Prometheus to collect. It has a registry of its own and
// decorates search.Engine; it knows no HTTP framework. docs/operations.md says what to
// watch.
package metrics
