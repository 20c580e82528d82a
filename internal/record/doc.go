// Package record stores article records on disk and reads any of them by number, or only one
// of its texts.
//
// A store is a file of package pagefile. Its strings are coded as package textcode does, by a
// dictionary that the writer makes of the first records, so that each can be decoded alone:
//
//	records      one after another, as encode writes them
//	index        of each record, where it begins, 5 bytes
//	dictionary   as textcode.Dictionary.AppendTo writes it
//	values       that several articles have: how many uvarint; of each its size uvarint, then it
//
// The table of the file has where the index, the dictionary and the values begin, u64 each.
//
//	record       size of the rest uvarint
//	             members u16: bit i says that member i is not "", further bits are below
//	             paragraphs uvarint
//	             for title, kicker and subtitle, if they are there, and the text of each
//	              paragraph: where its codes end, u16, or u32 with the bit wide
//	             their codes
//	             the other members that are there: twice the size of the codes uvarint,
//	              codes; or twice the number of a value plus 1, and for id and url the rest
//	              as size of the codes uvarint, codes
//	             confidence, with the bit unsure: the bits of the float64, their bytes
//	              reversed, uvarint
//	             without the bit plain, for paragraphs of one kind and section: how many
//	              uvarint, kind and section as size of the codes uvarint, codes
//
// All integers are little-endian. Start with writer.go and store.go. Of this module, the package
// must import only internal/news, internal/pagefile and internal/textcode.
package record
