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
	unused  []int // pieces of the section heading, until text follows it
	body    int
}

// assembler makes articles of the pieces of a page.
type assembler struct {
	r       *reader
	drafts  []*draft
	current *draft
	blocks  []Block // one for each piece
}

func (r *reader) assemble() (Result, error) {
	o := r.outline()
	p := r.chooseHeadlines(o)
	a := &assembler{r: r, blocks: make([]Block, len(r.pieces))}
	for i := range r.pieces {
		q := &r.pieces[i]
		a.blocks[i] = Block{
			FirstLine: r.lines[q.from].no,
			LastLine:  r.lines[q.to-1].no,
			Role:      RoleUnread,
			Reason:    q.reason,
			Text:      q.raw,
		}
	}
	a.open()
	for i := range o.passages {
		a.addPassage(&o.passages[i])
		if i == len(o.headings) {
			break
		}
		h := &o.headings[i]
		switch {
		case !p.headline[i]:
			a.heading(h, p.margin[i])
		case p.side == above:
			a.open()
			a.headline(h, p.margin[i], p.side)
		default:
			a.headline(h, p.margin[i], p.side)
			a.open()
		}
	}
	return a.result()
}

// open begins an article.
func (a *assembler) open() {
	if a.current != nil && a.current.article.Title == "" && a.current.body == 0 &&
		len(a.current.article.Paragraphs) == 0 {
		return // the current one is still empty
	}
	a.current = &draft{margin: math.Inf(1)}
	a.drafts = append(a.drafts, a.current)
}

func (a *assembler) number() int { return len(a.drafts) }

// headline sets the headings of the current article.
func (a *assembler) headline(h *heading, margin float64, at side) {
	parts, roles := a.r.readHeads(h)
	d := a.current
	d.article.Title, d.article.Kicker, d.article.Subtitle = parts.title, parts.kicker, parts.subtitle
	d.margin = math.Min(d.margin, margin)
	for k, i := range h.pieces {
		a.note(i, roles[k], "headline "+at.String()+" its text: "+a.r.why(&a.r.pieces[i]))
	}
	a.bylines(h)
}

// heading sets a section heading for the paragraphs that follow.
func (a *assembler) heading(h *heading, margin float64) {
	d := a.current
	var parts []string
	for _, i := range h.pieces {
		parts = append(parts, a.r.pieces[i].text)
		a.note(i, RoleSection, "section heading: "+a.r.why(&a.r.pieces[i]))
	}
	d.section, d.unused = strings.Join(parts, ""), h.pieces
	d.margin = math.Min(d.margin, margin)
	a.bylines(h)
}

func (a *assembler) bylines(h *heading) {
	for _, i := range h.names {
		a.byline(i)
	}
}

func (a *assembler) byline(i int) {
	p := &a.r.pieces[i]
	a.note(i, RoleByline, p.reason)
	if a.current.article.Byline == "" {
		a.current.article.Byline = p.names
	}
}

func (a *assembler) note(i int, role Role, reason string) {
	b := &a.blocks[i]
	b.Role, b.Reason = role, reason
	if role != RoleFurniture {
		b.Article = a.number()
	}
}

// addPassage adds what is between two headings.
func (a *assembler) addPassage(s *passage) {
	for k := range s.items {
		it := &s.items[k]
		i := it.pieces[0]
		switch it.kind {
		case textPiece:
			a.paragraph(it)
		case tablePiece:
			a.table(i)
		case captionPiece:
			a.add(news.Caption, "", spaceCredit(a.r.pieces[i].raw))
			a.note(i, RoleCaption, a.r.pieces[i].reason)
		case bylinePiece:
			a.byline(i)
		case furniturePiece:
			a.note(i, RoleFurniture, a.r.pieces[i].reason)
		}
	}
}

func (a *assembler) add(k news.Kind, section, text string) {
	if k != news.Caption {
		a.current.unused = nil
	}
	d := &a.current.article
	d.Paragraphs = append(d.Paragraphs, news.Paragraph{Section: section, Kind: k, Text: text})
}

// paragraph adds a body paragraph without jump lines, source and byline.
func (a *assembler) paragraph(it *item) {
	text, removed := trimJumps(it.text)
	d := a.current
	text, source, taken := trimSource(text)
	if source != "" {
		d.article.Source = source
		removed = append(removed, taken)
	}
	if rest, names, byline := trimByline(text); names != "" && endMark(rest).endsSentence() {
		text, removed = rest, append(removed, byline)
		if d.article.Byline == "" {
			d.article.Byline = names
		}
	}
	if ok, house, names := readDateline(text); ok && d.body == 0 {
		if d.article.Source == "" {
			d.article.Source = house
		}
		if d.article.Byline == "" {
			d.article.Byline = names
		}
	}
	for _, i := range it.pieces {
		a.note(i, RoleBody, a.r.why(&a.r.pieces[i]))
	}
	a.blocks[it.pieces[len(it.pieces)-1]].Removed = strings.Join(removed, " ")
	if text = strings.TrimSpace(text); text != "" {
		a.add(news.Body, d.section, text)
		d.body++
	}
}

// table adds each row as a paragraph, its cells separated by one blank.
func (a *assembler) table(i int) {
	p := &a.r.pieces[i]
	for k := p.from; k < p.to; k++ {
		a.add(news.Table, a.current.section, strings.Join(cells(&a.r.lines[k]), " "))
	}
	a.current.body++
	a.note(i, RoleTable, p.reason)
}

// result drops what is not an article and returns the rest.
func (a *assembler) result() (Result, error) {
	res := Result{Furniture: a.r.furniture}
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
func (a *assembler) nothing() error {
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
