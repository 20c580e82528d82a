// Package server answers HTTP: the JSON API of docs/json-api.md and the pages.
//
// A request goes one way: it is named and logged (middleware.go, remote.go), held
// against keys and limits (guard.go), and answered 304 where its answer is known
// already (unchanged.go). Then its parameters are decoded and bounded (parameters.go,
// question.go), the engine is asked, and a pure function turns its response into the API's
// members (answer.go) or a page's struct (resultspage.go, articlepage.go),
// which is then written. Errors become a status in one place (problem.go).
//
// It imports internal/search for the contract with an engine, but no engine,
// and it is the only package that knows gin.
package server
