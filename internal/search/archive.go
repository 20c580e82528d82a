package search

import "xunwen/internal/query"

// TrendsRequest asks how many hits queries have over time.
type TrendsRequest struct {
	Queries     []query.Node // 1 to MaxTrends; nil asks for everything
	Interval    Interval     // "" for the finest that MaxFacetPeriods hold
	By          By
	Filter      Filter
	Uncollapsed bool
}

// Bounds of Trends.
const (
	// MaxTrends is the most queries that are compared at a time: lines of a
	// chart that can be told apart.
	MaxTrends = 5
	// MaxTrendPeriods is how many periods Trends lists without gaps, ten years
	// of days; of more, those in which there is nothing are left out.
	MaxTrendPeriods = 3660
)

// Trends are counts over time, the earliest period first.
type Trends struct {
	Generation string
	Interval   Interval
	Periods    []TrendPeriod
}

// TrendPeriod counts one period. Each number is the Total that Search gives
// with the period's days as Filter.From and To, as far as these lie within the
// filter's own: Total is of a request without a query.
type TrendPeriod struct {
	From, To string // its first and last day
	Total    int
	Counts   []int // by query
}

// Publications says what an index holds of each publication.
type Publications struct {
	Generation string
	List       []Publication // the one with the most articles first, then in order of names
}

// Publication is one of them. Value is "" for articles that name none.
type Publication struct {
	Value    string
	Count    int    // articles, copies too
	From, To string // the first and the last issue, "" where no article has a date
}

// Issues are the days on which a publication appeared.
type Issues struct {
	Generation string
	List       []IssueDate // the earliest first
}

// IssueDate is one of them.
type IssueDate struct {
	Date  string
	Count int // articles
}

// IssueRequest asks for what a publication printed on one day; Publication ""
// means the articles that name none.
type IssueRequest struct{ Publication, Date string }

// Issue is one day's newspaper. Without articles it has no pages.
type Issue struct {
	Generation     string
	Pages          []IssuePage // by number, then by letters before it: 1, 2, 10, A1
	Previous, Next string      // the days of the issues beside it, "" for none
}

// IssuePage is one page with its articles in order of reading.
type IssuePage struct {
	Page, Name string
	Articles   []IssueArticle
}

// IssueArticle is an article in an issue. Title is what stands for it where it
// has none: its kicker, its subtitle, or how its text begins.
type IssueArticle struct{ ID, Title string }
