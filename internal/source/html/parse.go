package html

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	dom "golang.org/x/net/html"

	"xunwen/internal/news"
)

// NoArticleError reports why a page has no article.
type NoArticleError struct{ Reason string }

func (e *NoArticleError) Error() string { return "no article: " + e.Reason }

// webPage is what a page states and displays.
type webPage struct {
	*head
	linked      linkedData
	lines       []line
	title       headline
	textLine    int // the first line of text below the headline, or -1
	folio       folio
	publication string          // as far as metas and <title> name it
	nickname    string          // of the account on a public platform
	editors     map[string]bool // names of editors
}

func newWebPage(h *head, tree *dom.Node) *webPage {
	p := &webPage{head: h, linked: h.linked(), lines: pageLines(tree), textLine: -1}
	p.title = p.findTitle()
	for i := p.title.line + 1; i < len(p.lines); i++ {
		if l := &p.lines[i]; !l.link && !l.hidden && l.isText() {
			p.textLine = i
			break
		}
	}
	p.findFolio()
	p.findEditors()
	p.nickname = nicknameIn(tree)
	return p
}

// textLineOr returns the first line of text, or other if there is none.
func (p *webPage) textLineOr(other int) int {
	if p.textLine < 0 {
		return other
	}
	return p.textLine
}

// nicknameIn returns the name of the account in the element where WeChat's pages have
// it.
func nicknameIn(tree *dom.Node) string {
	for n := range tree.Descendants() {
		if n.Type == dom.ElementNode && attr(n, "id") == "js_name" {
			return visibleText(n)
		}
	}
	return ""
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
		return news.Article{}, &NoArticleError{err.Error() + ": save the text of the page as .txt"}
	}
	if work(tree, 0) > maxWork {
		return news.Article{}, &NoArticleError{"its elements are nested too deep: save its text as .txt"}
	}
	uncover(tree)
	p := newWebPage(&stripped.head, tree)
	var sure sureness
	a := news.Article{Title: p.title.text, URL: p.url(), Page: p.folio.page, PageName: p.folio.pageName}
	sure.title = p.title.confidence
	p.publication, _ = p.findPublication()
	a.Publication = p.publication
	a.Kicker, a.Subtitle = p.findKicker()
	a.Date, sure.date = p.findDate(tree)
	sources, authors := p.headSources(), p.headAuthors()
	body, err := p.findBody(tree, a)
	if err != nil {
		own := p.statedBody()
		if own.blocks == nil {
			return news.Article{}, err
		}
		body = p.bodyOf(own.blocks, a)
		a.Title, a.Date = firstOf(own.title, a.Title), firstOf(a.Date, own.date)
		sources.add(creditName(own.source), metaSource)
		authors.add(p.names(own.author), metaAuthor)
	}
	tailSources(&sources, body.credits)
	if !p.folio.isPaper {
		sources.atLeast(creditName(p.folio.publication), tailSource) // 《柳河日报》（2024年03月05日 第 01 版）
	}
	p.bodyAuthors(&authors, body.blocks)
	p.bodyAuthors(&authors, body.credits)
	if a.Source, _ = sources.best(); a.Source == p.nickname {
		a.Source = "" // the account is the publication
	}
	if a.Publication == "" && slices.Contains(strings.FieldsFunc(p.title.suffix, isSeparator), a.Source) {
		a.Publication = a.Source
	}
	a.Byline = p.chooseByline(&authors, a)
	a.Paragraphs = articleParagraphs(body.blocks)
	if private, all := clean(&a); 2*private > all {
		return news.Article{}, &NoArticleError{"most characters are private to a font (U+E000 and above)"}
	}
	a.Confidence = confidence(sure, a)
	return a, nil
}

// chooseByline returns the authors with the best evidence. The name of a house is none,
// nor is a meta that says less than the page does.
func (p *webPage) chooseByline(authors *evidence, a news.Article) string {
	byline, sure := authors.best()
	if sure < leastAuthor || byline == a.Publication || byline == a.Source || utf8.RuneCountInString(byline) < 2 {
		return ""
	}
	return byline
}
