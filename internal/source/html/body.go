package html

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"xunwen/internal/news"
)

const (
	// enoughText ends readability's attempts, each of which drops a rule that
	// excludes furniture. Its default of 500 is meant for letters; a Chinese news
	// flash of one sentence has 30. Real pages read the same from 20 to 500.
	enoughText = 30 // characters

	minText = 20 // characters outside links: the shortest flash is one sentence
)

// body is the text of the article and the lines below and above it that say who made
// it.
type body struct{ blocks, credits []block }

// findBody returns the text of the article. It changes the tree.
func (p *webPage) findBody(tree *dom.Node, a news.Article) (body, error) {
	dropTitle(tree, p.title.text)
	parser := readability.NewParser()
	parser.CharThresholds = enoughText
	parser.DisableJSONLD = true
	parser.KeepClasses = true // they mark captions
	parser.Logger = slog.New(slog.DiscardHandler)
	found, err := parser.ParseAndMutate(tree, nil)
	if err != nil {
		return body{}, &NoArticleError{err.Error()}
	}
	var shown []block
	if found.Node != nil {
		shown = blocks(found.Node)
	}
	b := p.bodyOf(p.withLostLines(shown), a)
	if textOf(b.blocks) < minText || sentencesOf(b.blocks) == 0 {
		if own := p.bodyOf(p.ownBlocks(), a); textOf(own.blocks) >= minText {
			b = own
		}
	}
	text := textOf(b.blocks)
	switch {
	case found.Node == nil && text == 0:
		return body{}, &NoArticleError{"the page has no text"}
	case text < minText && slices.ContainsFunc(shown, func(b block) bool { return b.link }):
		return body{}, &NoArticleError{"the page is a list of links"}
	case text < minText:
		return body{}, &NoArticleError{fmt.Sprintf("%d characters of text, want at least %d", text, minText)}
	case sentencesOf(b.blocks) == 0:
		return body{}, &NoArticleError{"no sentence in the text"}
	}
	if reason := p.isNoArticle(b.blocks, a.Date); reason != "" {
		return body{}, &NoArticleError{reason}
	}
	return b, nil
}

// bodyOf separates the text of the article from furniture and credits.
func (p *webPage) bodyOf(shown []block, a news.Article) body {
	shown = p.withoutJoined(withoutHead(withoutReplies(shown), a.Title, a.Kicker, a.Subtitle))
	shown = p.withoutAbove(shown)
	if len(shown) > 0 && !isSentence(shown[0].text) && shown[0].text == p.first("description") {
		shown = shown[1:] // a line about the article
	}
	return withoutFurniture(shown)
}

// withoutAbove drops the blocks at the beginning that stand above the headline: readability
// took the cell of both.
func (p *webPage) withoutAbove(shown []block) []block {
	if p.title.line < 1 {
		return shown
	}
	above := map[string]bool{}
	for i := range p.title.line {
		above[p.lines[i].text] = true
	}
	for i := p.title.line; i < len(p.lines); i++ {
		delete(above, p.lines[i].text)
	}
	for len(shown) > 1 && above[shown[0].text] && !isTextLine(shown[0].text) {
		shown = shown[1:]
	}
	return shown
}

// withoutReplies cuts a thread of a forum where the next post begins.
func withoutReplies(shown []block) []block {
	text := 0
	for i, b := range shown {
		if text >= minText && isShort(b.text) && replyHead.MatchString(b.text) {
			return shown[:i]
		}
		if !b.link && isTextLine(b.text) {
			text += utf8.RuneCountInString(b.text)
		}
	}
	return shown
}

// textOf counts the characters outside links.
func textOf(all []block) int {
	n := 0
	for _, b := range all {
		if !b.link {
			n += utf8.RuneCountInString(b.text)
		}
	}
	return n
}

// sentencesOf counts the blocks outside links that have a sentence.
func sentencesOf(all []block) int {
	n := 0
	for _, b := range all {
		if !b.link && hasSentence(b.text) {
			n++
		}
	}
	return n
}

// linkedBody returns the text in a page's JSON-LD, for pages that a script would
// fill; nil if it is not an article.
func linkedBody(text string) []block {
	var all []block
	runes := 0
	isLineEnd := func(r rune) bool { return r == '\n' || r == '\r' }
	for line := range strings.FieldsFuncSeq(dom.UnescapeString(text), isLineEnd) {
		if line = collapseSpace(line); line != "" {
			all = append(all, block{text: line})
			runes += utf8.RuneCountInString(line)
		}
	}
	if runes < minText || !hasSentence(text) {
		return nil
	}
	return all
}

// hasSentence reports whether a text has the end of a sentence, also of an English one.
func hasSentence(text string) bool {
	if isSentence(text) {
		return true
	}
	for at := 0; ; {
		i := strings.IndexAny(text[at:], ".!?")
		if i < 0 {
			return false
		}
		if at += i + 1; at == len(text) || strings.IndexByte(" \t\n\f\r", text[at]) >= 0 {
			return true
		}
	}
}

// dropTitle removes the headline from the tree, so that no paragraph repeats it.
func dropTitle(tree *dom.Node, title string) {
	var found []*dom.Node
	for n := range tree.Descendants() {
		if n.Type == dom.ElementNode && isHeading(n.DataAtom) && cellText(n) == title {
			found = append(found, n)
		}
	}
	for _, n := range found {
		n.Parent.RemoveChild(n)
	}
}

// ownBlocks returns the lines below the headline as blocks, for pages where readability
// finds nothing: a short text in an element full of links.
func (p *webPage) ownBlocks() []block {
	var all []block
	gap := 0
	for i := p.title.line + 1; i < len(p.lines); i++ {
		l := &p.lines[i]
		isText := !l.link && !l.hidden && !l.isListing()
		if isText {
			gap = 0
			all = append(all, block{text: l.text, bold: l.bold && l.text != ""})
			continue
		}
		if gap++; gap > maxGap && textOf(all) >= minText && slices.ContainsFunc(all, block.isText) {
			break
		}
	}
	for len(all) > 0 && !isSentence(all[len(all)-1].text) {
		all = all[:len(all)-1]
	}
	return all
}

// maxGap is how many links in a row end a text that readability didn't find.
const maxGap = 2

// withLostLines puts lines of text back that readability dropped between two
// paragraphs that it kept.
func (p *webPage) withLostLines(shown []block) []block {
	at := make(map[string]int, len(shown)) // the first line with a text
	for i := len(p.lines) - 1; i >= 0; i-- {
		if l := &p.lines[i]; !l.link && len(l.text) >= 3*minSentence {
			at[l.text] = i
		}
	}
	out := make([]block, 0, len(shown))
	last := -1
	for _, b := range shown {
		i, ok := at[b.text]
		switch {
		case ok && last >= 0 && i > last && i-last <= maxLost:
			out = append(out, p.lostBetween(last, i, shown)...)
		case ok && last < 0 && i > p.title.line && i-p.title.line <= maxLost && p.title.line >= 0 && len(out) == 0:
			out = append(out, p.lostLead(i, shown)...)
		}
		if ok && !b.link {
			last = i
		}
		out = append(out, b)
	}
	return out
}

// lostBetween returns the lines of text between two lines that are in none of the
// blocks, in which lines may have been joined.
func (p *webPage) lostBetween(before, after int, shown []block) (lost []block) {
	for j := before + 1; j < after; j++ {
		l := &p.lines[j]
		if !l.link && !l.hidden && l.outside == "" && l.isText() && p.sameBox(before, j, after) &&
			!slices.ContainsFunc(shown, func(b block) bool { return strings.Contains(b.text, l.text) }) {
			lost = append(lost, l.block())
		}
	}
	return lost
}

// block returns a line as a block of the article.
func (l *line) block() block {
	b := block{text: l.text}
	isCaption := func(n *dom.Node) bool {
		return n.DataAtom == atom.Figcaption || n.DataAtom == atom.Figure || captionClass.MatchString(attr(n, "class"))
	}
	if ancestors(l.node, 2, isCaption) {
		b.kind = captionBlock
	}
	return b
}

// lostLead returns the lines of text between the headline and the first paragraph that are
// in none of the blocks: the lead, in an element of its own.
func (p *webPage) lostLead(first int, shown []block) (lost []block) {
	for j := p.title.line + 1; j < first; j++ {
		l := &p.lines[j]
		if summaryLabel.MatchString(l.text) {
			return nil
		}
		if !l.link && !l.hidden && l.outside == "" && l.isText() && isSentence(l.text) && !l.isForeign() &&
			!slices.ContainsFunc(shown, func(b block) bool { return strings.Contains(b.text, l.text) }) {
			lost = append(lost, l.block())
		}
	}
	return lost
}

// maxLost is how many lines may be lost between two paragraphs.
const maxLost = 12

// sameBox reports whether line j is a sibling of the lines around it.
func (p *webPage) sameBox(before, j, after int) bool {
	parent := p.lines[j].parent
	return parent != nil && (parent == p.lines[before].parent || parent == p.lines[after].parent)
}
