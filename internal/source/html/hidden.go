package html

import (
	"regexp"
	"strings"

	dom "golang.org/x/net/html"
)

// Some pages hide their text until a script shows it.

var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

func isHidden(n *dom.Node) bool {
	if n.Type != dom.ElementNode || len(n.Attr) == 0 {
		return false
	}
	style := attr(n, "style")
	return hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" ||
		containsAny(style, "none", "hidden", "NONE", "HIDDEN") && hiddenStyle.MatchString(style)
}

// maxUncovered bounds how many elements in one another are uncovered.
const maxUncovered = 4

// uncover shows the hidden element that has more sentences than all that is visible:
// it is the article.
func uncover(tree *dom.Node) {
	for range maxUncovered {
		best, most := mostHidden(tree)
		if most == 0 || most <= visibleSentences(tree) {
			return
		}
		show(best)
	}
}

// mostHidden returns the outermost hidden element with the most sentences.
func mostHidden(n *dom.Node) (best *dom.Node, most int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		found, sentences := c, 0
		switch {
		case c.Type != dom.ElementNode:
			continue
		case isHidden(c):
			for d := range c.Descendants() {
				if d.Type == dom.TextNode {
					sentences += sentencesIn(d.Data)
				}
			}
		default:
			found, sentences = mostHidden(c)
		}
		if sentences > most {
			best, most = found, sentences
		}
	}
	return best, most
}

// visibleSentences counts the sentences that no element hides.
func visibleSentences(n *dom.Node) (sentences int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == dom.TextNode:
			sentences += sentencesIn(c.Data)
		case c.Type == dom.ElementNode && !isHidden(c):
			sentences += visibleSentences(c)
		}
	}
	return sentences
}

// sentencesIn counts sentences; notices of rights are none.
func sentencesIn(text string) int {
	n := strings.Count(text, "。") + strings.Count(text, "！") + strings.Count(text, "？")
	if n > 0 && isRights(text) {
		return 0
	}
	return n
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
