// Package workers runs parts of a request in goroutines whose panics are those of the goroutine
// that waits for them: so a fault ends one request and not the program.
//
// It must not import a package of this module. All of it is in group.go.
package workers
