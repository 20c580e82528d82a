package server

import (
	"strconv"
	"strings"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// resultsPage is a page of hits, or of the reason why there are none.
type resultsPage struct {
	frame
	Count   string // "" when nothing was counted
	Took    string
	By      []choice
	Fold    []choice // copies in one hit or each; nil where there are none
	Sort    []choice
	Chips   []chip
	Clear   string // address without any filter, when there are several
	Panel   panel
	Notices []notice
	Meant   *meantView
	Hits    []hitView
	Empty   *emptyView
	First   string // addresses of other pages of hits, "" for none
	Next    string
}

// choice is one of a few that exclude each other.
type choice struct {
	Label   string
	Link    string
	Current bool
}

// chip is a filter that is set and can be taken off.
type chip struct {
	Name, Value string
	Link        string // address without it
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
	Title  []piece
	Meta   []string
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
	Section []piece // 共识难觅
	Label   string  // 第3段
	Pieces  []piece
}

// newResultsPage shows a response. It decides everything but the frame, the
// notices and the empty state.
func newResultsPage(f frame, q question, resp search.Response, took time.Duration) resultsPage {
	p := emptyResultsPage(f, q)
	p.Panel = newPanel(q, resp.Facets)
	p.Count, p.Took = countWords(resp.Total, resp.Relation, q.By), tookWords(took)
	p.Meant = newMeantView(q, resp.DidYouMean)
	seen := map[string]bool{}
	copies := q.NoFold
	for _, h := range resp.Hits {
		copies = copies || len(h.Duplicates) > 0
		p.Hits = append(p.Hits, newHitView(q, h, !seen[h.Article.ID]))
		seen[h.Article.ID] = true
	}
	if copies && q.By == search.ByArticle {
		p.Fold = []choice{{"合并相同", q.withFold(true).results(), !q.NoFold}, {"全部列出", q.withFold(false).results(), q.NoFold}}
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
	p := resultsPage{frame: f, Panel: newPanel(q, nil), Chips: chips(q)}
	if len(p.Chips) > 1 {
		p.Clear = q.withoutFilters().results()
	}
	for _, c := range []struct {
		by    search.By
		label string
	}{{search.ByArticle, "稿件"}, {search.ByParagraph, "段落"}} {
		p.By = append(p.By, choice{c.label, q.withBy(c.by).results(), q.By == c.by})
	}
	shown := q.request().Sort // what the engine is told, so that the truth is shown
	for _, c := range []struct {
		sort  search.Sort
		label string
	}{{search.ByRelevance, "相关"}, {search.Newest, "最新"}, {search.Oldest, "最早"}} {
		if c.sort == search.ByRelevance && q.blank() {
			continue // nothing to be relevant to
		}
		p.Sort = append(p.Sort, choice{c.label, q.withSort(c.sort).results(), shown == c.sort})
	}
	return p
}

func chips(q question) []chip {
	var out []chip
	if from, to := q.Filter.From, q.Filter.To; from != "" || to != "" {
		value := from + " 至 " + to
		switch {
		case from == to:
			value = from
		case to == "":
			value = from + " 起"
		case from == "":
			value = "到 " + to
		}
		out = append(out, chip{"日期", value, q.withDates("", "").results()})
	}
	for _, f := range filterFields {
		for _, v := range *f.values(&q.Filter) {
			shown := v
			if f.name == "kind" {
				shown = kindLabel(v)
			}
			out = append(out, chip{f.label, shown, q.without(f, v).results()})
		}
	}
	return out
}

// newHitView shows a hit. Only the first hit of an article carries its anchor:
// by paragraph an article may come again, and an id must be one.
func newHitView(q question, h search.Hit, first bool) hitView {
	a := h.Article
	link := q.article(a.ID)
	v := hitView{
		Link: link,
		Meta: filled(a.Publication, a.Date, pageWords(a.Page, a.PageName), a.Source),
	}
	title, kicker, _ := heading(a)
	v.Title, v.Kicker = pieces(title, marksOf(a, title, h.TitleMarks)), kicker
	if first {
		v.Anchor = hitAnchor(a.ID)
	}
	for _, m := range h.Paragraphs {
		label := paragraphWords(m.N)
		if k := kindWords(m.Kind); k != "" {
			label += " " + k
		}
		v.Places = append(v.Places, placeView{
			Link:    link + "#" + paragraphAnchor(m.N),
			Section: pieces(m.Section, m.SectionMarks),
			Label:   label,
			Pieces:  snippetPieces(m.Snippet),
		})
	}
	v.Copies = newCopies(q, h.Duplicates)
	if q.By == search.ByParagraph && len(v.Places) > 0 {
		v.Link = v.Places[0].Link
	}
	return v
}

// linkedCopies is how many copies of a hit get a link of their own: a screenful.
const linkedCopies = 12

func newCopies(q question, copies []search.Copy) *copiesView {
	if len(copies) == 0 {
		return nil
	}
	v := &copiesView{Words: "另有 " + grouped(len(copies)) + " 份相同稿件"}
	for i, c := range copies {
		if i == linkedCopies {
			v.More = &choice{Label: "全部列出", Link: q.withFold(false).results()}
			break
		}
		label := strings.Join(filled(c.Publication, c.Date), " · ")
		if label == "" {
			label = "第" + strconv.Itoa(i+1) + "份"
		}
		v.Links = append(v.Links, choice{Label: label, Link: q.article(c.ID)})
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
