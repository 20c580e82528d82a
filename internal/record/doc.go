// Package record keeps article records on disk, compressed in blocks, and
// reads any of them back by number.
//
// A store is two files. The first holds the blocks, the second finds them:
//
//	records.zst   zstd frames one after another, each a block of whole records
//	records.idx   magic "XWR2"; then, in a zstd frame, for each record in little endian the
//	              uint64 offset and uint32 length of its frame and the uint32
//	              offset and uint32 length of the record in the unpacked block
//
// A record is its string members in the order of encode, each a uvarint length
// and the bytes, then the confidence as a float64, then the paragraphs.
//
// It may import only internal/news of this module.
package record
