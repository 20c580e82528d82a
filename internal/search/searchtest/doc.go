// Package searchtest is the conformance suite that every search.Engine passes:
// scripts of articles and queries, and the guarantees of matching and marking
// as properties over random texts.
//
// It may import internal/{news,textnorm,query,search} of this module.
package searchtest
