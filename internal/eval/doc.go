// Package eval measures how well an engine ranks. From queries with known answers
// it computes MRR@10, recall@10 and nDCG@10 by set, with bootstrap intervals, and
// compares two engines query by query.
//
// Start with run.go. query.go reads queries, summary.go computes means and
// intervals, compare.go differences. The tests guard the ranking over the sample
// newspapers (testdata/rankings.txt).
//
// It may import internal/query and internal/search, and must not know an engine.
package eval
