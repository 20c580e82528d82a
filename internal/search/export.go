package search

import "xunwen/internal/news"

// ExportRequest asks for every hit of a search, whose Size, Cursor and Facets are
// ignored.
type ExportRequest struct {
	Search Request
	Marks  bool // each hit comes with Marked
}

// Origin describes what an export was made from.
type Origin struct {
	Generation string
	Analyzer   string // fingerprint of the dictionaries that texts were segmented with
	Total      int    // hits
	Relation   Relation
}

// Sink receives an export: Begin once, then Write for each hit.
type Sink interface {
	Begin(Origin) error
	Write(Hit, []Marked) error
}

// Marked is a text of a hit with marks.
type Marked struct {
	N       int // of the paragraph, from 1; 0 for the title
	Section string
	Kind    news.Kind
	Text    string
	Marks   []Span // into Text, sorted and disjoint
}
