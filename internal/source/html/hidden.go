package html

import (
	"regexp"
	"strings"

	dom "golang.org/x/net/html"
)

// Some pages hide their text until a script shows it.

var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

func isHidden(n *dom.Node) bool {
	return n.Type == dom.ElementNode && (hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" ||
		hiddenStyle.MatchString(attr(n, "style")))
}

// maxUncovered bounds how many elements in one another are uncovered.
const maxUncovered = 4

// uncover shows the hidden element that has more sentences than all that is visible:
// it is the article.
func uncover(tree *dom.Node) {
	for range maxUncovered {
		visible, most, best := 0, 0, (*dom.Node)(nil)
		countSentences(tree, &visible, func(n *dom.Node, sentences int) {
			if sentences > most {
				most, best = sentences, n
			}
		})
		if best == nil || most <= visible {
			return
		}
		show(best)
	}
}

// countSentences adds up the sentences that are visible, and calls hidden with those
// of each hidden element.
func countSentences(n *dom.Node, visible *int, hidden func(*dom.Node, int)) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == dom.TextNode:
			*visible += sentencesIn(c.Data)
		case isHidden(c):
			inside := 0
			for d := range c.Descendants() {
				if d.Type == dom.TextNode {
					inside += sentencesIn(d.Data)
				}
			}
			hidden(c, inside)
		case c.Type == dom.ElementNode:
			countSentences(c, visible, hidden)
		}
	}
}

// sentencesIn counts sentences; notices of rights are none.
func sentencesIn(text string) int {
	if rights.MatchString(text) {
		return 0
	}
	return strings.Count(text, "。") + strings.Count(text, "！") + strings.Count(text, "？")
}

// show removes what hides an element.
func show(n *dom.Node) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden", "aria-hidden":
			continue
		case "style":
			a.Val = hiddenStyle.ReplaceAllString(a.Val, "")
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}

// visibleText returns the text of an element that is displayed.
func visibleText(n *dom.Node) string {
	var b strings.Builder
	addVisible(&b, n)
	return collapseSpace(b.String())
}

func addVisible(b *strings.Builder, n *dom.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == dom.TextNode:
			b.WriteString(c.Data)
		case c.Type == dom.ElementNode && !isHidden(c):
			if !isInline(c.DataAtom) {
				b.WriteByte('\n')
			}
			addVisible(b, c)
		}
	}
}
