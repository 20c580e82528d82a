package source

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/source/page"
)

// Event is one result of reading: exactly one of Article, Reject, Origin,
// LeftOut and Blocks is set.
type Event struct {
	// File is the path of the input. For an article record it is the file that
	// the record says it was taken from, if any.
	File string

	Input int // the number of the input, from 0

	Article *news.Article
	Format  Format // of the file that the article is from
	Reject  *Reject
	Origin  *Origin      // only with Options.Origins; follows all else that the input yields
	LeftOut *LeftOut     // follows the records of a file with members that are in no article
	Blocks  []page.Block // only with Options.Explain; precedes the articles of the page

	// BlocksPage is the page of a PDF of several pages that Blocks are from, counted
	// from 1; else 0. Blocks count lines from the top of their page.
	BlocksPage int
}

// LeftOut are the members of a file's records that are known or were to be ignored, and are not
// in its articles.
type LeftOut struct {
	File    string         `json:"file"`
	Members map[string]int `json:"left_out"` // how many records have each
}

// String returns the line by which they are reported.
func (l LeftOut) String() string {
	names := slices.SortedFunc(maps.Keys(l.Members), func(a, b string) int {
		return cmp.Or(cmp.Compare(l.Members[b], l.Members[a]), cmp.Compare(a, b))
	})
	const shown = 8
	var parts []string
	for _, name := range names[:min(len(names), shown)] {
		parts = append(parts, fmt.Sprintf("%s (%d)", name, l.Members[name]))
	}
	if more := len(names) - shown; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return OneLine(fmt.Sprintf("%s: left out of the articles: %s", l.File, strings.Join(parts, ", ")))
}
