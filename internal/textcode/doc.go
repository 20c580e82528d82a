// Package textcode is a code for short texts in which each can be decoded alone: a dictionary
// of strings that are frequent in them, and a text as the numbers of such strings.
//
//	d := textcode.Train(sample)
//	codes := textcode.NewEncoder(d).Append(nil, text)
//	text, ok := d.Append(nil, codes)
//
// The dictionary is made as OnPair does (Gargiulo and Venturini, OnPair: Short Strings
// Compression for Fast Random Access, 2025): one pass over a sample takes the longest string of
// the dictionary again and again, and adds two of them that often follow one another. A string
// is whole characters, or a single byte that may be part of one. All single bytes are in the
// dictionary, so every text has a code.
//
// Start with dictionary.go, train.go and encode.go. The package must not import any other of
// this module.
package textcode
