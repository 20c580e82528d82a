package html

import (
	"bytes"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	dom "golang.org/x/net/html"

	"xunwen/internal/news"
)

// NoArticleError reports why a page has no article.
type NoArticleError struct{ Reason string }

func (e *NoArticleError) Error() string { return "no article: " + e.Reason }

// webPage is what a page states and displays.
type webPage struct {
	*head
	linked linkedData
	lines  []line
	title  headline
}

func newWebPage(h *head, tree *dom.Node) *webPage {
	p := &webPage{head: h, linked: h.linked(), lines: pageLines(tree)}
	p.title = p.findTitle()
	return p
}

// Parse reads one decoded page (see package charset) and returns its article.
// The error is a *NoArticleError if there is none: the page is empty, a list of
// links, too large or too deep.
func Parse(text string) (news.Article, error) {
	stripped, err := strip(text)
	if err != nil {
		return news.Article{}, err
	}
	tree, err := dom.Parse(bytes.NewReader(stripped.html))
	if err != nil {
		return news.Article{}, &NoArticleError{err.Error()}
	}
	if work(tree, 0) > maxWork {
		return news.Article{}, &NoArticleError{"its elements are nested too deep"}
	}
	p := newWebPage(&stripped.head, tree)
	a := news.Article{
		Title: p.title.text,
		Publication: firstOf(
			p.first("og:site_name", "sitename", "application-name"),
			p.linked.Publisher,
			publicationIn(p.title.suffix),
		),
		Date:   p.findDate(tree),
		Source: p.findSource(),
		URL:    p.url(),
	}
	body, err := findBody(tree, p.title)
	if err != nil {
		if body = linkedBody(p.linked.Body); body == nil {
			return news.Article{}, err
		}
		a.Title = firstOf(a.Title, p.linked.Headline)
	}
	a.Byline = p.findByline(body, a.Publication)
	a.Paragraphs = articleParagraphs(body)
	if private, all := clean(&a); 2*private > all {
		return news.Article{}, &NoArticleError{"most characters are private to a font (U+E000 and above)"}
	}
	a.Confidence = confidence(p.title, a)
	return a, nil
}

const (
	// enoughText ends readability's attempts, each of which drops a rule that
	// excludes furniture. Its default of 500 is meant for letters; a Chinese news
	// flash of one sentence has 30. Real pages read the same from 20 to 500.
	enoughText = 30 // characters

	minText = 20 // characters outside links: the shortest flash is one sentence
)

// findBody returns the text of the article. It changes the tree.
func findBody(tree *dom.Node, title headline) ([]block, error) {
	dropTitle(tree, title.text)
	parser := readability.NewParser()
	parser.CharThresholds = enoughText
	parser.DisableJSONLD = true
	parser.KeepClasses = true // they mark captions
	parser.Logger = slog.New(slog.DiscardHandler)
	found, err := parser.ParseAndMutate(tree, nil)
	if err != nil {
		return nil, &NoArticleError{err.Error()}
	}
	if found.Node == nil {
		return nil, &NoArticleError{"the page has no text"}
	}
	shown := blocks(found.Node)
	all := withoutFurniture(shown, title.text)
	text, sentences := 0, 0
	for _, b := range all {
		if !b.link {
			text += utf8.RuneCountInString(b.text)
			sentences += len(sentence.FindAllStringIndex(b.text, -1))
		}
	}
	switch {
	case text < minText && slices.ContainsFunc(shown, func(b block) bool { return b.link }):
		return nil, &NoArticleError{"the page is a list of links"}
	case text < minText:
		return nil, &NoArticleError{fmt.Sprintf("%d characters of text, want at least %d", text, minText)}
	case sentences == 0:
		return nil, &NoArticleError{"no sentence in the text"}
	}
	return all, nil
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
	if runes < minText || !sentence.MatchString(text) {
		return nil
	}
	return all
}

var sentence = regexp.MustCompile(`[。！？]|[.!?](?:\s|$)`)

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
