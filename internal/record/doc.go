// Package record stores article records on disk, in compressed blocks, and reads
// any of them by number.
//
// A store has two files. The first has the blocks, the second locates them:
//
//	records.zst   zstd frames one after another, each a block of whole records
//	records.idx   magic "XWR3"; then, in a zstd frame, for each record in little endian the
//	              uint64 offset and uint32 length of its frame and the uint32
//	              offset and uint32 length of the record in the decompressed block
//
// A record has the uvarint length of all strings together, then its string members in the
// order of encode, each a uvarint length and the code of charcode.go, then the confidence as
// a float64, then the paragraphs. Lengths are those in UTF-8.
//
// Start with writer.go and store.go. Of this module, the package must import only
// internal/news.
package record
