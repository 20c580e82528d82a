// Package document makes the documents of an article: its head, then each of its paragraphs, with
// their terms by field. Start with maker.go.
//
// It may import internal/{analyzer,engine,index,neardup,news,segment,suggest,textnorm} of this
// module.
package document
