// Package param reads the parameters of an address and writes addresses. A Search
// holds the validated parameters of a search, of the API and of the pages.
//
// It must not import the packages that answer (api, page). Read search.go first;
// address.go turns a Search back into an address.
package param
