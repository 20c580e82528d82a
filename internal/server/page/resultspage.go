package page

import (
	"strconv"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// resultsPage shows hits, or why there are none.
type resultsPage struct {
	frame
	Heading  richText
	Count    string // "" if nothing was counted
	Took     string
	By       []choice
	Collapse []choice // near-duplicates in one hit or each on its own; nil without any
	Sort     []choice
	Chips    []chip
	Clear    string // address without any filter, "" for fewer than two
	Panel    panel
	Notices  []notice
	Hits     []hitView
	Context  []contextHit // instead of Hits, for matches in context
	Exports  []choice     // all hits as files; nil without hits
	Empty    *emptyView
	First    string // addresses of other pages of hits, "" for none
	Next     string

	Understood richText // how the query was read, where that is not just what was typed
	DidYouMean *didYouMeanView
	Offers     []suggestion
}

// choice is one of several links of which one is current.
type choice struct {
	Label   richText
	Link    string
	Current bool
}

// chip is an active filter that can be removed.
type chip struct {
	Name   string
	Value  richText
	Remove string // label of its link
	Link   string // address without it
}

// notice tells the reader that something is not as requested.
type notice struct {
	Words string
	// Before, Wrong and After are the query, split around its invalid part.
	Before, Wrong, After string
}

// hitView is one hit.
type hitView struct {
	Anchor         string // id of the hit on the page
	Link           string
	Kicker         string
	Title          []highlight.Piece
	Meta           []richText
	Byline         []highlight.Piece // if it matches, nil otherwise
	Paragraphs     []paragraphView
	NearDuplicates *nearDuplicatesView // nil for none
}

// nearDuplicatesView lists the near-duplicates that are collapsed into a hit.
type nearDuplicatesView struct {
	Words string // 另有 2 份相同稿件
	Links []choice
	More  *choice // link to the others; nil if all are listed

	Versions string // address of the versions of the story
}

// paragraphView is one matching paragraph.
type paragraphView struct {
	Link    string
	Section []highlight.Piece // 共识难觅
	Label   string            // 第3段
	Pieces  []highlight.Piece
}

// newResultsPage returns the page for a response, without notices and without the
// view for no hits.
func newResultsPage(f frame, q param.Search, resp search.Response, took time.Duration) resultsPage {
	p := emptyResultsPage(f, q)
	w := f.W
	p.Panel = newPanel(w, q, resp.Facets)
	p.Count, p.Took = hitCount(w, resp.Total, resp.Relation, q.By), w.Took(took)
	p.DidYouMean = newDidYouMeanView(q, resp.DidYouMean)
	seen := map[string]bool{}
	choosable := q.Uncollapsed
	for _, h := range resp.Hits {
		choosable = choosable || len(h.NearDuplicates) > 0
		p.Hits = append(p.Hits, newHitView(w, q, h, !seen[h.Article.ID]))
		seen[h.Article.ID] = true
	}
	if choosable && q.By == search.ByArticle {
		p.Collapse = []choice{
			{uiText(w.Results.CollapseNearDuplicates), q.WithCollapse(true).Results(), !q.Uncollapsed},
			{uiText(w.Results.ListAll), q.WithCollapse(false).Results(), q.Uncollapsed},
		}
	}
	if q.View == param.ContextView {
		if p.Context = newContextHits(w, q, resp.Hits); len(p.Context) > 0 {
			p.Hits = nil
		}
	}
	if len(resp.Hits) > 0 {
		p.Exports = exports(q)
	}
	if resp.Cursor != "" {
		next := q.WithCursor(resp.Cursor)
		p.Next = next.Address(param.ResultsPath)
	}
	if q.Cursor != "" {
		p.First = q.Results()
	}
	return p
}

// emptyResultsPage returns the page without hits.
func emptyResultsPage(f frame, q param.Search) resultsPage {
	p := resultsPage{
		frame:   f,
		Panel:   newPanel(f.W, q, nil),
		Chips:   chips(f.W, q),
		Heading: interpolate(f.W.Results.For, q.Text),

		Understood: understood(f.W, q),
	}
	if q.Blank() {
		p.Heading = uiText(f.W.Results.Filtered)
	}
	if len(p.Chips) > 1 {
		p.Clear = q.WithoutFilters().WithMatch(search.Together).Results()
	}
	for _, c := range []struct {
		by    search.By
		label string
	}{{search.ByArticle, f.W.Results.ByArticle}, {search.ByParagraph, f.W.Results.ByParagraph}} {
		p.By = append(p.By, choice{uiText(c.label), q.WithBy(c.by).Results(), q.By == c.by && q.View == ""})
	}
	p.By = append(p.By,
		choice{uiText(f.W.Results.InContext), q.WithContextView().Results(), q.View == param.ContextView})
	shown := q.Request().Sort // the order that the engine uses
	for _, c := range []struct {
		sort  search.Sort
		label string
	}{
		{search.ByRelevance, f.W.Results.Relevance},
		{search.Newest, f.W.Results.Newest},
		{search.Oldest, f.W.Results.Oldest},
		{search.Reprinted, f.W.Results.Reprinted},
	} {
		if c.sort == search.ByRelevance && q.Blank() {
			continue // filters alone have no relevance
		}
		if c.sort == search.Reprinted && (q.By != search.ByArticle || q.Uncollapsed) {
			continue // nothing collapses
		}
		p.Sort = append(p.Sort, choice{uiText(c.label), q.WithSort(c.sort).Results(), shown == c.sort})
	}
	return p
}

func chips(w *wording.Words, q param.Search) []chip {
	out := matchChip(w, q)
	if from, to := q.Filter.From, q.Filter.To; from != "" || to != "" {
		out = append(out, newChip(w, w.Filters.Date, uiText(w.DateSpan(from, to)), q.WithDates("", "")))
	}
	for _, f := range param.FilterFields {
		for _, v := range *f.Values(&q.Filter) {
			shown := sourceText(v)
			if f.Name == "kind" {
				shown = uiText(kindLabel(w, v))
			}
			out = append(out, newChip(w, f.Label(w), shown, q.Without(f, v)))
		}
	}
	return out
}

// matchChip says that words may be anywhere; nil if they must be together.
func matchChip(w *wording.Words, q param.Search) []chip {
	if q.Match != search.Anywhere {
		return nil
	}
	return []chip{newChip(w, w.Filters.Match, uiText(w.Filters.Anywhere), q.WithMatch(search.Together))}
}

func newChip(w *wording.Words, name string, value richText, without param.Search) chip {
	return chip{Name: name, Value: value, Remove: w.RemoveFilter(name, value.plain()), Link: without.Results()}
}

// newHitView returns the view of a hit. Only the first hit of an article has its
// anchor: by paragraph an article may have several hits, and ids must be unique.
func newHitView(w *wording.Words, q param.Search, h search.Hit, first bool) hitView {
	a := h.Article
	link := q.Article(a.ID)
	v := hitView{
		Link: link,
		Meta: nonEmpty(
			sourceText(a.Publication),
			uiText(a.Date),
			pageWords(w, a.Page, a.PageName),
			sourceText(a.Source),
		),
	}
	title, kicker := listHeading(w, h)
	v.Title, v.Kicker = highlight.Pieces(title, marksOf(a, title, h.TitleMarks)), kicker
	if len(h.BylineMarks) > 0 {
		v.Byline = highlight.Pieces(a.Byline, h.BylineMarks)
	}
	if first {
		v.Anchor = hitAnchor(a.ID)
	}
	for _, m := range h.Paragraphs {
		label := w.Paragraph(m.N)
		if k := kindWords(w, m.Kind); k != "" {
			label += " " + k
		}
		v.Paragraphs = append(v.Paragraphs, paragraphView{
			Link:    paragraphLink(q, a.ID, m.N),
			Section: highlight.Pieces(m.Section, m.SectionMarks),
			Label:   label,
			Pieces:  highlight.SnippetPieces(m.Snippet),
		})
	}
	v.NearDuplicates = newNearDuplicates(w, q, h)
	if q.By == search.ByParagraph && len(v.Paragraphs) > 0 {
		v.Link = v.Paragraphs[0].Link
	}
	return v
}

// linkedNearDuplicates is how many near-duplicates of a hit are linked: a screenful.
const linkedNearDuplicates = 12

func newNearDuplicates(w *wording.Words, q param.Search, h search.Hit) *nearDuplicatesView {
	if len(h.NearDuplicates) == 0 {
		return nil
	}
	v := &nearDuplicatesView{
		Words: w.MoreNearDuplicates(len(h.NearDuplicates)), Versions: param.Versions(h.Article.ID),
	}
	for i, c := range h.NearDuplicates {
		if i == linkedNearDuplicates {
			v.More = &choice{Label: uiText(w.Results.ListAll), Link: q.WithCollapse(false).Results()}
			break
		}
		label := join(" · ", sourceText(c.Publication), uiText(c.Date))
		if len(label) == 0 {
			label = uiText(w.NthNearDuplicate(i + 1))
		}
		v.Links = append(v.Links, choice{Label: label, Link: q.Article(c.ID)})
	}
	return v
}

// marksOf returns a title's marks, none if something else is shown in its place.
func marksOf(a news.Article, shown string, marks []search.Span) []search.Span {
	if shown != a.Title {
		return nil
	}
	return marks
}

func hitAnchor(id string) string { return "a-" + id }

// nearParagraphs is how many paragraphs the first part of an article certainly has, unless they
// are very long.
const nearParagraphs = 40

// paragraphLink returns the address of a paragraph of an article.
func paragraphLink(q param.Search, id string, n int) string {
	address := q.Article(id)
	if n > nearParagraphs {
		address = q.ArticleAt(id, search.Position{Paragraph: n})
	}
	return address + "#" + paragraphAnchor(n)
}

func paragraphAnchor(n int) string { return "p" + strconv.Itoa(n) }
