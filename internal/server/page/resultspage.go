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

// resultsPage is a page of hits, or of the reason why there are none.
type resultsPage struct {
	frame
	Heading richText
	Count   string // "" when nothing was counted
	Took    string
	By      []choice
	Fold    []choice // copies in one hit or each; nil where there are none
	Sort    []choice
	Chips   []chip
	Clear   string // address without any filter, when there are several
	Panel   panel
	Notices []notice
	Meant   *didYouMeanView
	Hits    []hitView
	Context []contextHit // instead of Hits, where matches are shown in their contexts
	Exports []choice     // all hits as files; nil where there are none
	Empty   *emptyView
	First   string // addresses of other pages of hits, "" for none
	Next    string
}

// choice is one of a few that exclude each other.
type choice struct {
	Label   richText
	Link    string
	Current bool
}

// chip is a filter that is set and can be taken off.
type chip struct {
	Name   string
	Value  richText
	Remove string // what its link is called
	Link   string // address without it
}

// notice tells of something that is not as asked.
type notice struct {
	Words string
	// Before, Place and After are the query around the place of an error.
	Before, Place, After string
}

// hitView is one hit as it is read: title, where and when, what matched.
type hitView struct {
	Anchor string // id of the hit on the page
	Link   string
	Kicker string
	Title  []highlight.Piece
	Meta   []richText
	Places []placeView
	Copies *copiesView // nil for none
}

// copiesView says how many copies fold into a hit, and names the first ones.
type copiesView struct {
	Words string // 另有 2 份相同稿件
	Links []choice
	More  *choice // where the others are; nil for none
}

// placeView is one matching paragraph.
type placeView struct {
	Link    string
	Section []highlight.Piece // 共识难觅
	Label   string            // 第3段
	Pieces  []highlight.Piece
}

// newResultsPage shows a response. It decides everything but the frame, the
// notices and the empty state.
func newResultsPage(f frame, q param.Search, resp search.Response, took time.Duration) resultsPage {
	p := emptyResultsPage(f, q)
	w := f.W
	p.Panel = newPanel(w, q, resp.Facets)
	p.Count, p.Took = found(w, resp.Total, resp.Relation, q.By), w.Took(took)
	p.Meant = newDidYouMeanView(q, resp.DidYouMean)
	seen := map[string]bool{}
	copies := q.Uncollapsed
	for _, h := range resp.Hits {
		copies = copies || len(h.NearDuplicates) > 0
		p.Hits = append(p.Hits, newHitView(w, q, h, !seen[h.Article.ID]))
		seen[h.Article.ID] = true
	}
	if copies && q.By == search.ByArticle {
		p.Fold = []choice{{uiText(w.Results.GroupDuplicates), q.WithCollapse(true).Results(), !q.Uncollapsed}, {uiText(w.Results.ListAll), q.WithCollapse(false).Results(), q.Uncollapsed}}
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

// emptyResultsPage has all that stands around hits.
func emptyResultsPage(f frame, q param.Search) resultsPage {
	p := resultsPage{frame: f, Panel: newPanel(f.W, q, nil), Chips: chips(f.W, q), Heading: interpolate(f.W.Results.For, q.Text)}
	if q.Blank() {
		p.Heading = uiText(f.W.Results.Filtered)
	}
	if len(p.Chips) > 1 {
		p.Clear = q.WithoutFilters().Results()
	}
	for _, c := range []struct {
		by    search.By
		label string
	}{{search.ByArticle, f.W.Results.ByArticle}, {search.ByParagraph, f.W.Results.ByParagraph}} {
		p.By = append(p.By, choice{uiText(c.label), q.WithBy(c.by).Results(), q.By == c.by && q.View == ""})
	}
	p.By = append(p.By, choice{uiText(f.W.Results.InContext), q.WithContextView().Results(), q.View == param.ContextView})
	shown := q.Request().Sort // what the engine is told, so that the truth is shown
	for _, c := range []struct {
		sort  search.Sort
		label string
	}{{search.ByRelevance, f.W.Results.Relevance}, {search.Newest, f.W.Results.Newest}, {search.Oldest, f.W.Results.Oldest}} {
		if c.sort == search.ByRelevance && q.Blank() {
			continue // nothing to be relevant to
		}
		p.Sort = append(p.Sort, choice{uiText(c.label), q.WithSort(c.sort).Results(), shown == c.sort})
	}
	return p
}

func chips(w *wording.Words, q param.Search) []chip {
	var out []chip
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

func newChip(w *wording.Words, name string, value richText, without param.Search) chip {
	return chip{Name: name, Value: value, Remove: w.RemoveFilter(name, value.plain()), Link: without.Results()}
}

// newHitView shows a hit. Only the first hit of an article carries its anchor:
// by paragraph an article may come again, and an id must be one.
func newHitView(w *wording.Words, q param.Search, h search.Hit, first bool) hitView {
	a := h.Article
	link := q.Article(a.ID)
	v := hitView{
		Link: link,
		Meta: present(sourceText(a.Publication), uiText(a.Date), pageWords(w, a.Page, a.PageName), sourceText(a.Source)),
	}
	title, kicker := listed(w, h)
	v.Title, v.Kicker = highlight.Pieces(title, marksOf(a, title, h.TitleMarks)), kicker
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
			Section: highlight.Pieces(m.Section, m.SectionMarks),
			Label:   label,
			Pieces:  highlight.SnippetPieces(m.Snippet),
		})
	}
	v.Copies = newCopies(w, q, h.NearDuplicates)
	if q.By == search.ByParagraph && len(v.Places) > 0 {
		v.Link = v.Places[0].Link
	}
	return v
}

// linkedCopies is how many copies of a hit get a link of their own: a screenful.
const linkedCopies = 12

func newCopies(w *wording.Words, q param.Search, copies []search.NearDuplicate) *copiesView {
	if len(copies) == 0 {
		return nil
	}
	v := &copiesView{Words: w.MoreDuplicates(len(copies))}
	for i, c := range copies {
		if i == linkedCopies {
			v.More = &choice{Label: uiText(w.Results.ListAll), Link: q.WithCollapse(false).Results()}
			break
		}
		label := join(" · ", sourceText(c.Publication), uiText(c.Date))
		if len(label) == 0 {
			label = uiText(w.Copy(i + 1))
		}
		v.Links = append(v.Links, choice{Label: label, Link: q.Article(c.ID)})
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

func hitAnchor(id string) string { return "a-" + id }

func paragraphAnchor(n int) string { return "p" + strconv.Itoa(n) }
