// Package citation cites articles: as GB/T 7714-2015 says, and for programs that manage
// references, as BibTeX, RIS and CSL-JSON. Its functions are pure.
//
// It must not import anything of this module but internal/news. Read citation.go, then style.go.
package citation
