// Package position has the error of a line of a file, such as a file of keys: what programs
// that read errors as JSON get as members of their own. Read position.go, all there is.
//
// It must not import any other package of this module.
package position
