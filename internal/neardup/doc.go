// Package neardup finds near-duplicates: the same agency report in several
// newspapers, and reprints that were shortened or edited a little.
//
// Each article has a Signature of 108 bytes. Groups uses them to find candidate
// pairs, and reads only the articles of those. Compare decides whether two
// articles are near-duplicates; docs/measurements/near-duplicates.md says how
// well.
//
// Start with compare.go, then groups.go; regroup.go does the same for a few changes. Of this
// module, the package must import only internal/news and internal/textnorm.
package neardup
