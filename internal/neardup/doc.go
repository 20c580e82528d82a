// Package neardup finds articles that are copies of one another: the same wire
// copy in several newspapers, reprints.
//
// It may import internal/{news,textnorm} of this module.
package neardup
