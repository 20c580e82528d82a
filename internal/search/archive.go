package search

import "xunwen/internal/query"

// TrendsRequest asks for the number of hits of queries over time.
type TrendsRequest struct {
	Queries     []query.Node // 1 to MaxTrends; nil matches everything
	Interval    Interval     // "" for the finest with at most MaxFacetPeriods periods
	By          By
	Filter      Filter
	Match       Matching
	Uncollapsed bool
}

// Bounds of Trends.
const (
	// MaxTrends is the most queries that are compared at a time: a reader can
	// distinguish as many lines of a chart.
	MaxTrends = 5
	// MaxTrendPeriods is how many periods Trends lists without gaps, ten years of
	// days; of more, empty ones are omitted.
	MaxTrendPeriods = 3660
)

// Trends are counts over time, the earliest period first.
type Trends struct {
	Generation string
	Interval   Interval
	Periods    []TrendPeriod
}

// TrendPeriod counts one period. Each number is the Total of a Search whose filter
// is narrowed to the period's days; Total is that of a request without a query.
type TrendPeriod struct {
	From, To string // its first and last day
	Total    int
	Counts   []int // by query
}

// Publications are the publications of an index.
type Publications struct {
	Generation string
	List       []Publication // the one with the most articles first, then in order of names
}

// Publication is one of them. Value is "" for articles without one.
type Publication struct {
	Value    string
	Count    int    // articles, near-duplicates included
	From, To string // the first and the last issue, "" where no article has a date
}

// Issues are the days of a publication's issues.
type Issues struct {
	Generation string
	List       []IssueDate // the earliest first
}

// IssueDate is one of them.
type IssueDate struct {
	Date  string
	Count int // articles
}

// IssueRequest asks for the issue of a publication on one day. A Publication of ""
// asks for the articles without one.
type IssueRequest struct{ Publication, Date string }

// Issue is one day's newspaper. Without articles it has no pages.
type Issue struct {
	Generation     string
	Pages          []IssuePage // by number, then by letters before it: 1, 2, 10, A1
	Previous, Next string      // the days of the issues before and after it, "" for none
}

// IssuePage is one page with its articles in the order in which they were read.
type IssuePage struct {
	Page, Name string
	Articles   []IssueArticle
}

// IssueArticle is an article in an issue. Without a title, Title is its kicker, its
// subtitle, or the beginning of its text.
type IssueArticle struct{ ID, Title string }
