package search

import "xunwen/internal/news"

// ExportRequest asks for every hit; of Search, Size, Cursor and Facets mean
// nothing to it.
type ExportRequest struct {
	Search Request
	Marks  bool // each hit comes with Marked
}

// Origin says what an export is made of.
type Origin struct {
	Generation string
	Analyzer   string // fingerprint of the dictionaries that texts were cut with
	Total      int    // hits
}

// Sink takes an export: Begin once, then Take with each hit.
type Sink interface {
	Begin(Origin) error
	Write(Hit, []Marked) error
}

// Marked is a text of a hit with something marked in it.
type Marked struct {
	N       int // of the paragraph, from 1; 0 for the title
	Section string
	Kind    news.Kind
	Text    string
	Marks   []Span // into Text, in order, apart
}
