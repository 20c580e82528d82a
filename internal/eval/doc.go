// Package eval measures how well an engine ranks: queries with known answers go
// in, MRR@10, recall@10 and nDCG@10 by set come out, with bootstrap intervals,
// for one engine or for two of them query by query.
//
// It may import internal/{query,search} of this module, and knows no engine.
package eval
