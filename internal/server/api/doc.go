// Package api serves programs: the JSON API of docs/json-api.md, exports, Atom feeds and
// the descriptions of both. The structs with JSON members are the contract; each handler
// follows the structs that it answers with.
//
// It must not import package page. Read api.go first, which lists the routes,
// then search.go.
package api
