// Package neardup finds near-duplicates: the same wire copy in several
// newspapers, reprints that were cut or edited a little.
//
// A Signature of 108 bytes is made of each article, Groups finds with them the
// few articles that may be copies of one another, and reads those. What makes
// a copy is decided by Compare; docs/measurements/near-duplicates.md says how well.
//
// It may import internal/{news,textnorm} of this module.
package neardup
