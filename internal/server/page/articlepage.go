package page

import (
	"bytes"
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
)

// articleView is the page of an article.
type articleView struct {
	frame
	articleText
	Back     string // address of the results, "" without a search
	Meta     []richText
	Issue    string // address of the newspaper page, "" without a date
	Source   string
	Original string // address of the original, "" for none
	Cite     citeView
	Data     newsArticle
	Related  []relatedView

	Beginning string // address of the beginning of the text, "" for a page with it
	Rest      string // address of what follows the text, "" for its end
}

// partBytes is how much of an article's text a page has: reports are shorter, and a page of a
// book would keep a browser busy for a while.
const partBytes = 96 << 10

// serveArticle answers /articles/{id}. The search in its address is for marks and
// for the link back. If it is invalid, the article is shown all the same.
func (s *Site) serveArticle(c *gin.Context) error {
	id, err := param.ArticleID(c)
	if err != nil {
		return err
	}
	values, err := param.Values(c)
	if err != nil {
		values = url.Values{}
	}
	q, err := param.ReadSearch(values)
	var bad *query.Error
	if errors.As(err, &bad) {
		q.Query = query.PlainWords(q.Text)
	}
	asked := search.ArticleRequest{
		ID: id, Query: q.Query, Match: q.Match, Bytes: partBytes, From: param.ReadPosition(values),
	}
	marked, err := s.engine.Article(c.Request.Context(), asked)
	if err != nil {
		return err
	}
	related, complete := s.relatedTo(c.Request.Context(), s.words.of(c.Request), q, id)
	if !complete {
		leaveOut(c, partRelated)
	}
	page, err := s.renderArticle(c.Request, q, marked, related)
	if err != nil {
		return err
	}
	s.send(c, http.StatusOK, page)
	return nil
}

// renderArticle makes the page of an article.
func (s *Site) renderArticle(
	r *http.Request, q param.Search, m search.MarkedArticle, related []relatedView,
) (*bytes.Buffer, error) {
	done, err := s.long.take(r.Context(), m.Article)
	if err != nil {
		return nil, err
	}
	defer done()
	view := newArticleView(s.articleFrame(r, m.Article, q), q, m, s.now())
	view.Related = related
	return s.render("article", view)
}

func (s *Site) articleFrame(r *http.Request, a news.Article, q param.Search) frame {
	q.Cursor = ""
	b := box{Text: q.Text}
	for _, f := range q.Fields() {
		if f.Name != "q" {
			b.Hidden = append(b.Hidden, f)
		}
	}
	w := s.words.of(r)
	title := cmp.Or(a.DisplayTitle(), w.Site.Untitled)
	f := s.newFrame(r, w.Title(strings.Join(nonBlank(title, a.Publication), " · ")), description(a), b)
	f.Canonical = s.front.BaseURL(r) + param.ArticlesPath + url.PathEscape(a.ID)
	f.Preview = newPreview(w, a, f)
	f.Styles = s.assets.stylesOf("app", "article")
	f.Scripts = s.assets.scriptsOf("box", "complete", "article")
	return f
}

// descriptionRunes is about what search engines and previews of links show.
const descriptionRunes = 100

// description returns the beginning of an article's text, which describes the page.
func description(a news.Article) string {
	for _, p := range a.Paragraphs {
		if p.Kind == news.Caption || p.Kind == news.Table {
			continue
		}
		return shortened(strings.TrimSpace(p.Text), descriptionRunes)
	}
	return a.Title
}

// shortened returns at most so many characters of a text.
func shortened(text string, most int) string {
	n := 0
	for i := range text { // counting all of a long text would take a while
		if n == most {
			return text[:i] + highlight.Ellipsis
		}
		n++
	}
	return text
}

// newArticleView returns the view of an article, with citations dated day.
func newArticleView(f frame, q param.Search, m search.MarkedArticle, day time.Time) articleView {
	a := m.Article
	v := articleView{
		frame:       f,
		articleText: newArticleText(f.W, m),
		Meta: nonEmpty(
			sourceText(a.Publication),
			uiText(longDate(f.W, a.Date)),
			pageWords(f.W, a.Page, a.PageName),
		),
		Source:   a.Source,
		Original: param.WebAddress(a.URL),
		Cite:     newCiteView(a, cmp.Or(param.WebAddress(a.URL), f.Canonical), day),
		Data:     newNewsArticle(a, f.Canonical),
	}
	begins := m.First.Paragraph <= 1 && m.First.Byte == 0
	if !begins {
		v.Beginning = q.Article(a.ID)
	}
	if m.Next.Paragraph > 0 {
		v.Rest = q.ArticleAt(a.ID, m.Next)
	}
	if v.Rest != "" || !begins {
		v.Data.Characters = 0 // those of a part
	}
	if a.Date != "" {
		v.Issue = location{a.Publication, a.Date, a.Page}.link()
	}
	if q.Text != "" || q.Filtered() {
		v.Back = q.Address(param.ResultsPath) + "#" + url.PathEscape(hitAnchor(a.ID))
	}
	return v
}
