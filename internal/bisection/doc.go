// Package bisection orders texts by similarity, so that posting lists of documents that are
// numbered in that order have smaller gaps: recursive graph bisection (Dhulipala et al.,
// Compressing Graphs and Indexes with Recursive Graph Bisection, 2016), with the simplifications
// of Mackenzie, Petri and Moffat (Faster Index Reordering with Bipartite Graph Partitioning,
// 2021).
//
// sketch.go takes a sample of the terms of each text, split.go orders by it. The result is the
// same on every machine. The package knows nothing of articles or analysis, and must import no
// other package of the module.
package bisection
