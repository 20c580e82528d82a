package page

import (
	"math"
	"slices"
	"strings"

	"xunwen/internal/news"
)

// draft is an article under construction.
type draft struct {
	article news.Article
	margin  float64 // evidence for the weakest decision that made it
	section string
	unused  []int // blocks of the section heading, until text follows it
	body    int
}

// builder builds the articles of a page from its blocks in reading order.
type builder struct {
	drafts    []*draft
	current   *draft
	blocks    []Block
	furniture Furniture
}

// open begins an article.
func (a *builder) open() {
	if a.current != nil && a.current.article.Title == "" && a.current.body == 0 &&
		len(a.current.article.Paragraphs) == 0 {
		return // the current one is still empty
	}
	a.current = &draft{margin: math.Inf(1)}
	a.drafts = append(a.drafts, a.current)
}

func (a *builder) number() int { return len(a.drafts) }

// note records what block i was read as, and why.
func (a *builder) note(i int, role Role, reason string) {
	b := &a.blocks[i]
	b.Role, b.Reason = role, reason
	if role != RoleFurniture {
		b.Article = a.number()
	}
}

func (a *builder) byline(names string) {
	if a.current.article.Byline == "" {
		a.current.article.Byline = names
	}
}

func (a *builder) add(k news.Kind, section, text string) {
	if k != news.Caption {
		a.current.unused = nil
	}
	d := &a.current.article
	d.Paragraphs = append(d.Paragraphs, news.Paragraph{Section: section, Kind: k, Text: text})
}

// paragraph adds a body paragraph without jump lines, source and byline, and
// returns those. In raw, the text with its blanks, names are apart.
func (a *builder) paragraph(text, raw string) (removed string) {
	text, taken := trimJumps(text)
	d := a.current
	text, source, credit := trimSource(text)
	if source != "" {
		d.article.Source = source
		taken = append(taken, credit)
	}
	if rest, names, byline := trimByline(text); names != "" && endMark(rest).endsSentence() {
		text, taken = rest, append(taken, byline)
		unsourced, _, _ := trimSource(raw)
		if _, apart, _ := trimByline(unsourced); apart != "" {
			names = apart
		}
		a.byline(names)
	}
	if ok, house, names := readDateline(text); ok && d.body == 0 {
		if d.article.Source == "" {
			d.article.Source = house
		}
		if names != "" && raw != text {
			if _, _, apart := readDateline(raw); apart != "" {
				names = apart
			}
		}
		a.byline(names)
	}
	if text = strings.TrimSpace(text); text != "" {
		a.add(news.Body, d.section, text)
		d.body++
	}
	return strings.Join(taken, " ")
}

// table adds each row as a paragraph, its cells separated by one blank.
func (a *builder) table(rows []line) {
	for i := range rows {
		a.add(news.Table, a.current.section, strings.Join(cells(&rows[i]), " "))
	}
	a.current.body++
}

// result drops what is not an article and returns the rest.
func (a *builder) result() (Result, error) {
	res := Result{Furniture: a.furniture}
	number := make([]int, len(a.drafts)+1)
	var loose []news.Paragraph // captions before the first article
	for k, d := range a.drafts {
		for _, i := range d.unused {
			a.blocks[i].Role, a.blocks[i].Reason = RoleUnread, "a heading without text"
		}
		if d.body == 0 {
			if len(res.Articles) > 0 {
				last := &res.Articles[len(res.Articles)-1]
				last.Paragraphs = append(last.Paragraphs, d.article.Paragraphs...)
				number[k+1] = len(res.Articles)
			} else {
				loose = append(loose, d.article.Paragraphs...)
			}
			continue
		}
		d.article.Confidence = d.confidence()
		res.Articles = append(res.Articles, d.article)
		number[k+1] = len(res.Articles)
	}
	if len(res.Articles) > 0 {
		first := &res.Articles[0]
		first.Paragraphs = append(loose, first.Paragraphs...)
	}
	for i := range a.blocks {
		b := &a.blocks[i]
		heading := b.Role == RoleTitle || b.Role == RoleKicker || b.Role == RoleSubtitle || b.Role == RoleSection
		if heading && a.drafts[b.Article-1].body == 0 {
			b.Role, b.Reason = RoleUnread, "a heading without text"
		}
		b.Article = number[b.Article]
	}
	slices.SortStableFunc(a.blocks, func(a, b Block) int { return a.FirstLine - b.FirstLine })
	res.Blocks = a.blocks
	if !anyHan(res.Articles) {
		res.Articles = nil
		return res, a.nothing()
	}
	return res, nil
}

// anyHan reports whether the articles contain any Chinese.
func anyHan(articles []news.Article) bool {
	for i := range articles {
		for _, p := range articles[i].Paragraphs {
			if hasHan(p.Text) {
				return true
			}
		}
	}
	return false
}

// confidence maps the margin of the weakest decision to a number between 0 and
// 1.
func (d *draft) confidence() float64 {
	c := 1 / (1 + math.Exp(-d.margin))
	if d.article.Title == "" {
		c = math.Min(c, untitledConfidence)
	}
	return math.Round(c*100) / 100
}

// nothing returns why there is no article.
func (a *builder) nothing() error {
	e := &NoArticleError{Line: 1, Reason: "the page is empty"}
	han := slices.ContainsFunc(a.blocks, func(b Block) bool { return hasHan(b.Text) })
	for i := range a.blocks {
		if !han {
			e.Line, e.Reason = a.blocks[i].FirstLine, "no Chinese text"
			break
		}
		if a.blocks[i].Role == RoleFurniture {
			e.Reason = "head and foot lines only"
			continue
		}
		e.Line, e.Reason = a.blocks[i].FirstLine, "headings or captions without a text"
		if a.blocks[i].Role == RoleBody {
			e.Reason = "no Chinese text"
		}
		break
	}
	for i := range a.blocks {
		a.blocks[i].Article = 0
		if a.blocks[i].Role != RoleFurniture {
			a.blocks[i].Role = RoleUnread
		}
	}
	return e
}
