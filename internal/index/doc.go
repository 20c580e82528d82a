// Package index builds generations of an index, publishes them, opens them and
// swaps them under a running server. Bleve stays in here: the engine above it
// sees small interfaces.
//
// An index folder holds
//
//	CURRENT         one line: the published generation's name and the SHA-256 of its manifest
//	lock            empty; held while a build is under way
//	20260312T081500 a generation, complete and never altered
//
// A generation holds
//
//	manifest.json   format version, counts, analyzer fingerprint, a checksum of every file
//	analyzer/       the dictionaries that its text was cut with
//	catalog.bin     articles of its volumes that are gone, and groups of near-duplicates
//	likeness.bin    what was compared to find those, for the next build
//	lexicon.bin     words and pairs of characters with their counts (package suggest)
//	volumes/NAME/   articles that were indexed together, shared with later generations
//
// and a volume
//
//	bleve/0, 1      shards: bleve indexes of one document a head or paragraph
//	columns.bin     day, paragraphs and lengths of every article
//	signatures.bin  what is kept of every article to find its copies (package neardup)
//	records/        the article records (package record)
//
// docs/index-format.md says what stands in each.
package index
