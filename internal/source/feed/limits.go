package feed

import (
	"fmt"
	"strings"
)

// Bounds of a feed: the parser keeps all elements and attributes in memory, and calls itself for
// those within each other, until it ends the program.
const (
	maxTags    = 500_000 // and attributes
	maxItems   = 20_000
	maxNesting = 1000
)

// beyond returns why a feed isn't parsed, "" if it is.
func beyond(text string) string {
	switch {
	case strings.Count(text, "<item")+strings.Count(text, "<entry") > maxItems:
		return fmt.Sprintf("more than %d items: split the feed", maxItems)
	case nesting(text) > maxNesting:
		return fmt.Sprintf("more than %d elements within each other: not a feed", maxNesting)
	case strings.Count(text, "<")+strings.Count(text, "=") > maxTags:
		return fmt.Sprintf("more than %d elements and attributes: split the feed", maxTags)
	}
	return ""
}

// hidden are what elements can be written in without being any, with their ends.
var hidden = [][2]string{{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}}

// nesting returns how many elements are within each other at most, of those that are closed or not.
func nesting(text string) (most int) {
	depth := 0
next:
	for {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			return most
		}
		text = text[at:]
		for _, mark := range hidden {
			if strings.HasPrefix(text, mark[0]) {
				_, rest, ok := strings.Cut(text, mark[1])
				if !ok {
					return most
				}
				text = rest
				continue next
			}
		}
		end := strings.IndexByte(text, '>')
		switch {
		case end < 0:
			return most
		case strings.HasPrefix(text, "</"):
			depth--
		case text[end-1] != '/' && text[1] != '!':
			depth++
		}
		most = max(most, depth)
		text = text[end+1:]
	}
}
