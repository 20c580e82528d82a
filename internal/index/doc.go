// Package index defines the format of a generation, and opens, reads and verifies
// one. Package build writes generations, package live serves them. Bleve stays
// in here and in build: the engine above sees small interfaces.
//
// An index folder has
//
//	CURRENT         one line: the published generation's name and the SHA-256 of its manifest
//	lock            empty; locked during a build
//	20260312T081500 a generation, complete and never altered
//
// A generation has
//
//	manifest.json   format version, counts, analyzer fingerprint, a checksum of every file
//	analyzer/       the dictionaries that its text was segmented with
//	catalog.bin     tombstones of its volumes, and groups of near-duplicates
//	pairs.bin       what grouping found beside the groups, for the next build
//	lexicon.bin     words and character pairs with their counts (package suggest)
//	volumes/NAME/   articles that were indexed together, shared with later generations
//
// and a volume
//
//	bleve/          a bleve index of one segment, with a document for each head and paragraph
//	columns.bin     day, paragraphs and lengths of every article
//	signatures.bin  a signature of every article, to find near-duplicates (package neardup)
//	records/        the article records (package record)
//
// docs/index-format.md describes each file. Start with open.go and files.go: Open
// returns a Generation, whose Files name all parts. The package must not import build, live or
// anything of HTTP.
package index
