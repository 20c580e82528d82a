// Package limit bounds how much a search engine does at once. A few requests run,
// more wait in the order in which they came, and the rest are rejected with
// search.ErrBusy. Requests that are expensive, and exports while they find their hits,
// are a priority class of their own that takes half of the slots at most, so that
// cheap requests are answered in the meantime.
//
// It depends on the contract of package search and must not import an engine. Read
// engine.go first.
package limit
