package page

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

const comparePath = "/compare"

// comparison is a request for the page: the API's trends, in the page's units.
type comparison struct {
	Texts   []string // the queries as written
	Request search.TrendsRequest
	Shares  bool // shares of all articles instead of counts
}

// readComparison reads the parameters of trends, without the empty fields that
// forms send.
func readComparison(values url.Values) (comparison, error) {
	var c comparison
	for _, text := range values["q"] {
		if strings.TrimSpace(text) != "" {
			c.Texts = append(c.Texts, text)
		}
	}
	if err := param.OnlyOnce(values, []string{"unit"}); err != nil {
		return c, err
	}
	unit, err := param.OneOf("unit", values.Get("unit"), "count", "share")
	if err != nil {
		return c, err
	}
	c.Shares = unit == "share"
	kept := url.Values{}
	for name, list := range values {
		kept[name] = list
	}
	kept["q"] = c.Texts
	c.Request, err = param.ReadTrends(kept)
	return c, err
}

// search returns the search for one of the queries.
func (c comparison) search(text string) param.Search {
	return param.Search{
		Text:        text,
		By:          c.Request.By,
		Sort:        search.ByRelevance,
		Size:        param.DefaultSize,
		Filter:      c.Request.Filter,
		Match:       c.Request.Match,
		Uncollapsed: c.Request.Uncollapsed,
	}
}

// filters returns the parameters that the form doesn't show.
func (c comparison) filters() []param.Field {
	q := c.search("")
	q.By = cmp.Or(q.By, search.ByArticle)
	return q.Fields()
}

// address returns the comparison's address under the path of the page or the API.
func (c comparison) address(path string) string {
	values := url.Values{"q": c.Texts}
	if c.Request.Interval != "" {
		values.Set("interval", string(c.Request.Interval))
	}
	if c.Shares && path == comparePath {
		values.Set("unit", "share")
	}
	for _, f := range c.filters() {
		values.Add(f.Name, f.Value)
	}
	return path + "?" + values.Encode()
}

// comparePage shows how often queries come up over time.
type comparePage struct {
	frame
	Fields    []compareField
	Hidden    []param.Field
	Chips     []chip
	Intervals []intervalChoice
	Units     []choice
	Problem   string
	Nothing   bool // no query has hits in any period
	Strips    []strip
	Axis      []axisLabel
	Table     *compareTable
	JSON      string // address of the same numbers
}

type compareField struct{ Label, Text string }

type intervalChoice struct {
	Value, Label string
	Current      bool
}

// serveCompare answers /compare.
func (s *Site) serveCompare(c *gin.Context) error {
	values, err := param.Values(c)
	if err != nil {
		return err
	}
	w := s.words.of(c.Request)
	asked, err := readComparison(values)
	page := newComparePage(s.compareFrame(c.Request, asked), asked)
	switch {
	case problem.IsMissingQuery(err):
		return s.writePage(c, http.StatusOK, "compare", page)
	case err != nil:
		p := problem.Of(err)
		page.Problem, page.Units = p.In(w), nil
		if i := invalidQuery(asked.Texts); i > 0 {
			page.Problem = w.InQuery(i, page.Problem)
		}
		return s.writePage(c, p.Status, "compare", page)
	}
	ctx := c.Request.Context()
	found, err := s.engine.Trends(ctx, asked.Request)
	if err != nil {
		return err
	}
	page.show(asked, found)
	return s.writePage(c, http.StatusOK, "compare", page)
}

// invalidQuery returns the number of the first invalid query, from 1; 0 for none.
func invalidQuery(texts []string) int {
	for i, text := range texts {
		if _, err := query.Parse(text); err != nil {
			return i + 1
		}
	}
	return 0
}

func (s *Site) compareFrame(r *http.Request, asked comparison) frame {
	w := s.words.of(r)
	title := w.Compare.Title
	if len(asked.Texts) > 0 {
		title += " " + strings.Join(asked.Texts, " / ")
	}
	f := s.newFrame(r, w.Title(title), w.Compare.About, box{})
	f.Styles = s.assets.stylesOf("app", "paper", "compare")
	return f
}

// newComparePage returns the page without numbers.
func newComparePage(f frame, asked comparison) comparePage {
	w := f.W
	p := comparePage{frame: f, Hidden: asked.filters()}
	for i := range search.MaxTrends {
		field := compareField{Label: w.QueryNumber(i + 1)}
		if i < len(asked.Texts) {
			field.Text = asked.Texts[i]
		}
		p.Fields = append(p.Fields, field)
	}
	for _, i := range []intervalChoice{
		{Value: "", Label: w.Compare.Automatic},
		{Value: string(search.Day), Label: w.Compare.Day},
		{Value: string(search.Month), Label: w.Compare.Month},
		{Value: string(search.Year), Label: w.Compare.Year},
	} {
		i.Current = i.Value == string(asked.Request.Interval)
		p.Intervals = append(p.Intervals, i)
	}
	if asked.Shares {
		p.Hidden = append(p.Hidden, param.Field{Name: "unit", Value: "share"})
	}
	if len(asked.Texts) > 0 {
		counts, shares := asked, asked
		counts.Shares, shares.Shares = false, true
		p.Units = []choice{
			{uiText(w.Compare.Counts), counts.address(comparePath), !asked.Shares},
			{uiText(w.Compare.Shares), shares.address(comparePath), asked.Shares},
		}
		for _, chip := range chips(w, asked.search("")) {
			chip.Link = "" // filters are chosen in a search
			p.Chips = append(p.Chips, chip)
		}
	}
	return p
}

// show adds the numbers.
func (p *comparePage) show(asked comparison, found search.Trends) {
	p.JSON = asked.address(param.TrendsPath)
	p.Strips = newStrips(p.W, asked, found)
	p.Axis = newAxis(found)
	p.Table = newCompareTable(p.W, asked, found)
	p.Nothing = len(p.Strips) == 0
}

// openRows is how many rows a table has at most that is open at first: five years of
// months.
const openRows = 60

// compareTable has the numbers of the chart.
type compareTable struct {
	Queries []string
	Rows    []compareRow
	Sum     compareRow
	Open    bool // at first
}

type compareRow struct {
	Period string
	Total  string
	Cells  []compareCell
}

type compareCell struct {
	Count, Share string
	Link         string // to the hits of the period, "" without any
}

func newCompareTable(w *wording.Words, asked comparison, found search.Trends) *compareTable {
	if len(found.Periods) == 0 {
		return nil
	}
	t := &compareTable{Queries: asked.Texts}
	row := func(period string, total int, counts []int, link func(query int) string) compareRow {
		r := compareRow{Period: period, Total: wording.Grouped(total)}
		for i, n := range counts {
			cell := compareCell{Count: wording.Grouped(n), Share: w.ShareOf(n, total)}
			if n > 0 {
				cell.Link = link(i)
			}
			r.Cells = append(r.Cells, cell)
		}
		return r
	}
	total, sums := 0, make([]int, len(asked.Texts))
	for _, p := range found.Periods {
		total += p.Total
		for i, n := range p.Counts {
			sums[i] += n
		}
		link := func(i int) string { return asked.during(i, p) }
		t.Rows = append(t.Rows, row(axisWords(found.Interval, p.From), p.Total, p.Counts, link))
	}
	t.Open = len(t.Rows) <= openRows
	link := func(i int) string { return asked.search(asked.Texts[i]).Results() }
	t.Sum = row(w.Compare.Total, total, sums, link)
	return t
}

// during returns the address of a query's hits in a period, within the filter, so
// that their number is the one shown.
func (c comparison) during(query int, p search.TrendPeriod) string {
	q := c.search(c.Texts[query])
	from, to := p.From, p.To
	if f := q.Filter.From; f > from {
		from = f
	}
	if t := q.Filter.To; t != "" && t < to {
		to = t
	}
	return q.WithDates(from, to).Results()
}
