// Package searchtest is the conformance suite that every search.Engine must pass:
// scripts of articles and queries (testdata), and the guarantees of matching and
// highlighting as properties of random texts. Start with suite.go.
//
// It may import internal/{news,textnorm,query,search} of this module.
package searchtest
