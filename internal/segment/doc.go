// Package segment is the file format of an inverted index: for each field a term dictionary
// and posting lists with frequencies.
//
//	w, err := segment.Create(path, documents)
//	w.StartField("words", segment.FieldOptions{Frequencies: true})
//	w.Term(term, docs, frequencies) // terms in byte order, documents ascending
//	w.EndField()
//	w.Close()
//
//	s, err := segment.Open(path)
//	term, found, err := s.Field("words").Lookup("大桥")
//	var c segment.Cursor
//	for c.Reset(term); ; { docs, err := c.Next() … }
//
// A file is one of package pagefile: it is mapped into memory, and opening it reads almost
// nothing. A damaged one gives an error that names the page, never a wrong answer or a panic.
//
// The codecs, from the inside out: pack.go packs integers into bits, exceptions.go those that
// need more bits than most, block.go 128 postings, list.go the blocks of a term, sparse.go short
// lists, terms_write.go, terms_read.go and terms_search.go the term dictionary, numbered.go that
// of numbered terms. docs/index-format.md draws them.
//
// Start with writer.go and segment.go. The package knows nothing of bleve (package
// scorchplugin does), of articles or of ranking.
package segment
