// Package citation cites articles as GB/T 7714-2015 says. Its functions are pure.
//
// It must not import anything of this module but internal/news. Read citation.go.
package citation
