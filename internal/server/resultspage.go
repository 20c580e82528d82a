package server

import (
	"strconv"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// resultsPage is a page of hits, or of the reason why there are none.
type resultsPage struct {
	frame
	Heading phrase
	Count   string // "" when nothing was counted
	Took    string
	By      []choice
	Fold    []choice // copies in one hit or each; nil where there are none
	Sort    []choice
	Chips   []chip
	Clear   string // address without any filter, when there are several
	Form    filterForm
	Notices []notice
	Meant   *meantView
	Hits    []hitView
	Empty   *emptyView
	First   string // addresses of other pages of hits, "" for none
	Next    string
}

// choice is one of a few that exclude each other.
type choice struct {
	Label   phrase
	Link    string
	Current bool
}

// chip is a filter that is set and can be taken off.
type chip struct {
	Name   string
	Value  phrase
	Remove string // what its link is called
	Link   string // address without it
}

// notice tells of something that is not as asked.
type notice struct {
	Words string
	// Before, Place and After are the query around the place of an error.
	Before, Place, After string
}

// filterForm is the form beside the hits. Its fields belong to the search box's
// form, so that a new query keeps them.
type filterForm struct {
	W        *wording.Words
	Set      int // how many filters are set
	From, To string
	Texts    []textFilter
	Kinds    []kindFilter
	Sizes    []sizeChoice
}

type textFilter struct {
	Name, Label string
	Values      []string // at least one, "" for a field to fill in
}

type kindFilter struct {
	Value, Label string
	On           bool
}

type sizeChoice struct {
	Size    int
	Label   string
	Current bool
}

// hitView is one hit as it is read: title, where and when, what matched.
type hitView struct {
	Anchor string // id of the hit on the page
	Link   string
	Kicker string
	Title  []piece
	Meta   []phrase
	Places []placeView
	Copies *copiesView // nil for none
}

// copiesView says how many copies fold into a hit, and leads to the first ones.
type copiesView struct {
	Words string // 另有 2 篇相同报道
	Links []choice
}

// placeView is one matching paragraph.
type placeView struct {
	Link    string
	Section []piece // 共识难觅
	Label   string  // 第3段
	Pieces  []piece
}

// newResultsPage shows a response. It decides everything but the frame, the
// notices and the empty state.
func newResultsPage(f frame, q question, resp search.Response, took time.Duration) resultsPage {
	p := emptyResultsPage(f, q)
	w := f.W
	p.Count, p.Took = w.Found(resp.Total, q.By == search.ByParagraph, resp.Relation == search.Gte), w.Took(took)
	p.Meant = newMeantView(q, resp.DidYouMean)
	seen := map[string]bool{}
	copies := q.NoFold
	for _, h := range resp.Hits {
		copies = copies || len(h.Duplicates) > 0
		p.Hits = append(p.Hits, newHitView(w, q, h, !seen[h.Article.ID]))
		seen[h.Article.ID] = true
	}
	if copies && q.By == search.ByArticle {
		p.Fold = []choice{{said(w.Results.Fold), q.withFold(true).results(), !q.NoFold}, {said(w.Results.Unfold), q.withFold(false).results(), q.NoFold}}
	}
	if resp.Cursor != "" {
		next := q.withCursor(resp.Cursor)
		p.Next = next.address(resultsPath)
	}
	if q.Cursor != "" {
		p.First = q.results()
	}
	return p
}

// emptyResultsPage has all that stands around hits.
func emptyResultsPage(f frame, q question) resultsPage {
	p := resultsPage{frame: f, Form: newFilterForm(f.W, q), Chips: chips(f.W, q), Heading: around(f.W.Results.For, q.Text)}
	if q.blank() {
		p.Heading = said(f.W.Results.Filtered)
	}
	if len(p.Chips) > 1 {
		p.Clear = q.withoutFilters().results()
	}
	for _, c := range []struct {
		by    search.By
		label string
	}{{search.ByArticle, f.W.Results.ByArticle}, {search.ByParagraph, f.W.Results.ByParagraph}} {
		p.By = append(p.By, choice{said(c.label), q.withBy(c.by).results(), q.By == c.by})
	}
	shown := q.request().Sort // what the engine is told, so that the truth is shown
	for _, c := range []struct {
		sort  search.Sort
		label string
	}{{search.ByRelevance, f.W.Results.Relevance}, {search.Newest, f.W.Results.Newest}, {search.Oldest, f.W.Results.Oldest}} {
		if c.sort == search.ByRelevance && q.blank() {
			continue // nothing to be relevant to
		}
		p.Sort = append(p.Sort, choice{said(c.label), q.withSort(c.sort).results(), shown == c.sort})
	}
	return p
}

func chips(w *wording.Words, q question) []chip {
	var out []chip
	if from, to := q.Filter.From, q.Filter.To; from != "" || to != "" {
		out = append(out, newChip(w, w.Filters.Date, said(w.DateSpan(from, to)), q.withoutDates()))
	}
	for _, f := range filterFields {
		for _, v := range *f.values(&q.Filter) {
			shown := printed(v)
			if f.name == "kind" {
				shown = said(kindLabel(w, v))
			}
			out = append(out, newChip(w, f.label(w), shown, q.without(f, v)))
		}
	}
	return out
}

func newChip(w *wording.Words, name string, value phrase, without question) chip {
	return chip{Name: name, Value: value, Remove: w.RemoveFilter(name, value.plain()), Link: without.results()}
}

func kindChoices(w *wording.Words) []kindFilter {
	return []kindFilter{
		{Value: string(news.Body), Label: w.Filters.Body},
		{Value: string(news.Caption), Label: w.Filters.Caption},
		{Value: string(news.Table), Label: w.Filters.Table},
	}
}

func kindLabel(w *wording.Words, value string) string {
	for _, k := range kindChoices(w) {
		if k.Value == value {
			return k.Label
		}
	}
	return value
}

// pageSizes are the sizes that the form offers; an address may hold any.
var pageSizes = []int{10, 20, 50, 100}

func newFilterForm(w *wording.Words, q question) filterForm {
	form := filterForm{W: w, Set: q.filters(), From: q.Filter.From, To: q.Filter.To}
	for _, f := range filterFields {
		if f.name == "kind" {
			continue
		}
		values := *f.values(&q.Filter)
		if len(values) == 0 {
			values = []string{""}
		}
		form.Texts = append(form.Texts, textFilter{f.name, f.label(w), values})
	}
	for _, k := range kindChoices(w) {
		for _, v := range q.Filter.Kind {
			k.On = k.On || v == k.Value
		}
		form.Kinds = append(form.Kinds, k)
	}
	known := false
	for _, n := range pageSizes {
		form.Sizes = append(form.Sizes, sizeChoice{n, w.Hits(n), n == q.Size})
		known = known || n == q.Size
	}
	if !known {
		form.Sizes = append(form.Sizes, sizeChoice{q.Size, w.Hits(q.Size), true})
	}
	return form
}

// newHitView shows a hit. Only the first hit of an article carries its anchor:
// by paragraph an article may come again, and an id must be one.
func newHitView(w *wording.Words, q question, h search.Hit, first bool) hitView {
	a := h.Article
	link := q.article(a.ID)
	v := hitView{
		Link: link,
		Meta: present(printed(a.Publication), said(a.Date), pageWords(w, a.Page, a.PageName), printed(a.Source)),
	}
	title, kicker, _ := heading(w, a)
	v.Title, v.Kicker = pieces(title, marksOf(a, title, h.TitleMarks)), kicker
	if first {
		v.Anchor = hitAnchor(a.ID)
	}
	for _, m := range h.Paragraphs {
		label := w.Paragraph(m.N)
		if k := kindWords(w, m.Kind); k != "" {
			label += " " + k
		}
		v.Places = append(v.Places, placeView{
			Link:    link + "#" + paragraphAnchor(m.N),
			Section: pieces(m.Section, m.SectionMarks),
			Label:   label,
			Pieces:  snippetPieces(m.Snippet),
		})
	}
	v.Copies = newCopies(w, q, h.Duplicates)
	if q.By == search.ByParagraph && len(v.Places) > 0 {
		v.Link = v.Places[0].Link
	}
	return v
}

// linkedCopies is how many copies of a hit get a link of their own; more of
// them would bury the next hit.
const linkedCopies = 5

func newCopies(w *wording.Words, q question, ids []string) *copiesView {
	if len(ids) == 0 {
		return nil
	}
	v := &copiesView{Words: w.MoreCopies(len(ids))}
	for i, id := range ids[:min(len(ids), linkedCopies)] {
		v.Links = append(v.Links, choice{Label: said(w.Copy(i + 1)), Link: q.article(id)})
	}
	return v
}

// marksOf drops the marks of a title in whose place something else is shown.
func marksOf(a news.Article, shown string, marks []search.Span) []search.Span {
	if shown != a.Title {
		return nil
	}
	return marks
}

func hitAnchor(id string) string   { return "a-" + id }
func paragraphAnchor(n int) string { return "p" + strconv.Itoa(n) }
