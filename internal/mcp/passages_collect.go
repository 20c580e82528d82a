package mcp

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
)

// maxPassageArticles bounds how many articles are read for one answer.
const maxPassageArticles = 30

// collector chooses paragraphs within a budget: those that match in the order of hits, each
// followed by its neighbours.
type collector struct {
	read       func(id string) (search.MarkedArticle, error)
	left       int // characters of the budget
	neighbours int
	perArticle int

	chosen  []*source
	texts   map[string]bool // without signs, of paragraphs that match
	omitted int
	copies  int
}

// source is an article with the paragraphs that were chosen of it.
type source struct {
	article news.Article
	shown   map[int]passageParagraph // by number
	matches int
}

// add adds the paragraphs of a hit.
func (c *collector) add(h search.Hit) error {
	matches := h.Paragraphs
	if len(matches) == 0 { // it is found by its title or byline
		matches = []search.Match{{N: 1}}
	}
	for _, m := range matches {
		from, err := c.source(h.Article.ID)
		if err != nil {
			return err
		}
		if from == nil || from.matches == c.perArticle {
			c.omitted++
			continue
		}
		if m.N < 1 || m.N > len(from.article.Paragraphs) {
			continue
		}
		c.addMatch(from, m)
	}
	return nil
}

// source returns an article, nil if no more are read. One that was removed meanwhile has
// no paragraphs.
func (c *collector) source(id string) (*source, error) {
	for _, x := range c.chosen {
		if x.article.ID == id {
			return x, nil
		}
	}
	if len(c.chosen) == maxPassageArticles || c.left == 0 {
		return nil, nil
	}
	marked, err := c.read(id)
	if err != nil && !errors.Is(err, search.ErrNotFound) {
		return nil, err
	}
	return &source{article: marked.Article, shown: map[int]passageParagraph{}}, nil
}

// addMatch adds a paragraph that matches and its neighbours.
func (c *collector) addMatch(from *source, m search.Match) {
	if p, ok := from.shown[m.N]; ok { // as a neighbour so far
		if !p.Match {
			p.Match = true
			from.shown[m.N] = p
			from.matches++
			c.addNeighbours(from, m.N)
		}
		return
	}
	p := from.article.Paragraphs[m.N-1]
	key := lettersOf(p.Text)
	if c.texts[key] {
		c.copies++
		return
	}
	cut := false
	if utf8.RuneCountInString(p.Text) > c.left {
		if len(c.chosen) > 0 {
			c.omitted++
			return
		}
		p.Text, cut = around(p.Text, m.Snippet, c.left), true
	}
	if c.texts == nil {
		c.texts = map[string]bool{}
	}
	c.texts[key] = true
	if from.matches == 0 {
		c.chosen = append(c.chosen, from)
	}
	from.matches++
	c.show(from, m.N, p, true, cut)
	c.addNeighbours(from, m.N)
}

// addNeighbours adds the paragraphs of the body around one, the nearest first, until
// one doesn't fit.
func (c *collector) addNeighbours(from *source, n int) {
	for _, step := range []int{1, -1} {
		for i := range c.neighbours {
			at := n + step*(i+1)
			if at < 1 || at > len(from.article.Paragraphs) {
				break
			}
			if _, ok := from.shown[at]; ok {
				continue
			}
			p := from.article.Paragraphs[at-1]
			if kindOf(p.Kind) != string(news.Body) || utf8.RuneCountInString(p.Text) > c.left {
				break
			}
			c.show(from, at, p, false, false)
		}
	}
}

func (c *collector) show(from *source, n int, p news.Paragraph, match, cut bool) {
	c.left -= utf8.RuneCountInString(p.Text)
	from.shown[n] = passageParagraph{
		paragraph: paragraph{n, shortened(p.Section, maxHeading), kindOf(p.Kind), p.Text},
		Match:     match,
		Cut:       cut,
	}
}

// paragraphs returns those that were chosen in the order of the article.
func (x *source) paragraphs() []passageParagraph {
	out := make([]passageParagraph, 0, len(x.shown))
	for _, p := range x.shown {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b passageParagraph) int { return a.N - b.N })
	return out
}

// around returns at most so many characters of a text around its first match, a quarter of
// them before it.
func around(text string, s search.Snippet, characters int) string {
	const before = 4
	at := 0
	if len(s.Fragments) > 0 {
		f := s.Fragments[0]
		at = f.Start
		if len(f.Marks) > 0 {
			at += f.Marks[0].Start
		}
	}
	m := search.Marked{Text: text}
	from := len(text[:at]) - len(highlight.InContext(m, search.Span{Start: at, End: at}, characters/before).Left)
	return firstCharacters(text[from:], characters)
}

// lettersOf returns the letters and digits of a text: copies differ in signs and blanks.
func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, text)
}
