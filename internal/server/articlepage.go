package server

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// articleView is one article to read.
type articleView struct {
	frame
	Back     string // address of the results, "" when it was not found by a search
	Kicker   string
	Heading  []piece
	Subtitle string
	Byline   string
	Meta     []phrase
	Date     string // for machines
	Issue    string // address of the page that it stood on, "" without a date
	Blocks   []block
	Source   string
	Original string // address of the original, "" for none
	Sections []sectionLink
	Matches  []matchLink
	Related  []relatedView
}

// block is a heading or a paragraph.
type block struct {
	Heading []piece // not empty for a heading
	Anchor  string
	N       int
	Label   string // 第3段
	Kind    news.Kind
	Pieces  []piece
}

type sectionLink struct{ Words, Anchor string }

// matchLink leads to a paragraph that holds marks.
type matchLink struct {
	Words, Anchor string
	Marks         int
}

// articlePage answers /articles/{id}. The question in its address is for marks
// and for the way back: where it can't be read, the article is still shown.
func (s *server) articlePage(c *gin.Context) error {
	id, err := articleID(c)
	if err != nil {
		return err
	}
	values, err := parameters(c)
	if err != nil {
		values = url.Values{}
	}
	q, err := readQuestion(values)
	var bad *query.Error
	if errors.As(err, &bad) {
		q.Query = query.PlainWords(q.Text)
	}
	marked, err := s.askArticle(c.Request.Context(), search.ArticleRequest{ID: id, Query: q.Query})
	if err != nil {
		return err
	}
	view := newArticleView(s.articleFrame(c.Request, marked.Article, q), q, marked)
	view.Related = s.relatedTo(c.Request.Context(), view.W, q, id)
	return s.writePage(c, http.StatusOK, "article", view)
}

func (s *server) articleFrame(r *http.Request, a news.Article, q question) frame {
	q.Cursor = ""
	b := box{Text: q.Text}
	for _, f := range q.state() {
		if f.Name != "q" {
			b.Hidden = append(b.Hidden, f)
		}
	}
	w := s.words.of(r)
	title, _, _ := heading(w, a)
	return s.newFrame(r, w.Title(strings.Join(filled(title, a.Publication), " · ")), lead(a), b)
}

// leadRunes is about as much as a search engine or a shared link shows.
const leadRunes = 100

// lead is the beginning of an article's text, for the description of its page.
func lead(a news.Article) string {
	for _, p := range a.Paragraphs {
		if p.Kind == news.Caption || p.Kind == news.Table {
			continue
		}
		return shortened(strings.TrimSpace(p.Text), leadRunes)
	}
	return a.Title
}

// shortened is the beginning of a text, at most so many characters.
func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + ellipsis
	}
	return text
}

// newArticleView lays an article out: headings where a section begins, captions
// apart without ending the section that they stand in.
func newArticleView(f frame, q question, m search.MarkedArticle) articleView {
	a := m.Article
	title, kicker, subtitle := heading(f.W, a)
	v := articleView{
		frame:    f,
		Kicker:   kicker,
		Subtitle: subtitle,
		Byline:   a.Byline,
		Meta:     present(printed(a.Publication), said(longDate(f.W, a.Date)), pageWords(f.W, a.Page, a.PageName)),
		Date:     a.Date,
		Source:   a.Source,
		Original: webAddress(a.URL),
	}
	v.Heading = pieces(title, marksOf(a, title, m.Title))
	if a.Date != "" {
		v.Issue = place{a.Publication, a.Date, a.Page}.link()
	}
	if q.Text != "" || q.filtered() {
		v.Back = q.address(resultsPath) + "#" + url.PathEscape(hitAnchor(a.ID))
	}
	section := ""
	for i, p := range a.Paragraphs {
		if p.Section != "" && p.Section != section && p.Kind != news.Caption {
			section = p.Section
			anchor := "s" + strconv.Itoa(len(v.Sections)+1)
			v.Sections = append(v.Sections, sectionLink{section, anchor})
			v.Blocks = append(v.Blocks, block{Heading: pieces(section, marksAt(m.Sections, i)), Anchor: anchor})
		}
		v.addParagraph(i, p, m.Paragraphs)
	}
	return v
}

func (v *articleView) addParagraph(i int, p news.Paragraph, marks [][]search.Span) {
	b := block{N: i + 1, Label: v.W.Paragraph(i + 1), Anchor: paragraphAnchor(i + 1), Kind: kindOf(p.Kind)}
	b.Pieces = pieces(p.Text, marksAt(marks, i))
	v.Blocks = append(v.Blocks, b)
	if n := countMarks(b.Pieces); n > 0 {
		v.Matches = append(v.Matches, matchLink{b.Label, b.Anchor, n})
	}
}

// marksAt returns the marks of a paragraph or its section; an engine may have
// none.
func marksAt(marks [][]search.Span, i int) []search.Span {
	if i < len(marks) {
		return marks[i]
	}
	return nil
}

func countMarks(all []piece) int {
	n := 0
	for _, p := range all {
		if p.Mark {
			n++
		}
	}
	return n
}

// webAddress lets through what a reader can follow.
func webAddress(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		return address
	}
	return ""
}
