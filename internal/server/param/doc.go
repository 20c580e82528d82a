// Package param reads the parameters of addresses and writes addresses with
// them: a Search is what both the API and the pages are asked, decoded and
// bounded.
//
// It must not import the packages that answer (api, page). Read search.go first;
// address.go writes a Search as an address again.
package param
