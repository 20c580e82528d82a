package source

import (
	"xunwen/internal/news"
	"xunwen/internal/source/page"
)

// Event is one result of reading: exactly one of Article, Reject, Origin and
// Blocks is set.
type Event struct {
	// File is the path of the input. For an article record it is the file that
	// the record says it was taken from, if any.
	File string

	Article *news.Article
	Reject  *Reject
	Origin  *Origin      // only with Options.Origins; follows all else that the input yields
	Blocks  []page.Block // only with Options.Explain; precedes the articles of the page

	// BlocksPage is the page of a PDF of several pages that Blocks are from, counted
	// from 1; else 0. Blocks count lines from the top of their page.
	BlocksPage int
}
