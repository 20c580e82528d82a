package search

// Bounds of Facets.
const (
	// MaxFacetValues is the most values that a field lists: more than a reader looks
	// through.
	MaxFacetValues = 100
	// MaxFacetPeriods is the most periods of Facets.Date, except years: a reader can
	// distinguish two months of days or five years of months in a chart.
	MaxFacetPeriods = 62
)

// FacetRequest asks for counts of the hits.
type FacetRequest struct {
	// MultiSelect counts each field that is filtered without its own values in the
	// filter, so that values that could be added have counts too. Other fields are
	// counted with the whole filter.
	MultiSelect bool

	// From and To are the days that Facets.Date counts, instead of those of the
	// filter; both "" for the filter's own.
	From, To string

	// Table makes facets for a table with a row for each of many searches: only Publication,
	// of all publications, and Date, in periods of this interval as in Trends. "" for none.
	Table Interval
}

// Facets counts all hits of a search, not only those of one response. A group of
// near-duplicates counts once, with the values of its hit. A hit without a value is
// not counted.
type Facets struct {
	// The values of the hits, the most frequent first, then in byte order. By
	// article a hit has the sections of all its paragraphs that pass the filter.
	// Values with the same normal form are one, in the spelling of the filter or else
	// of most articles.
	Publication, Section, Source, PageName []ValueCount

	// Periods of one kind without gaps, the earliest first: days if they are at most
	// MaxFacetPeriods, else months likewise, else years. If there are more years,
	// those without a hit are omitted.
	Date []PeriodCount
}

// ValueCount is a value with the number of its hits.
type ValueCount struct {
	Value string
	Count int
}

// PeriodCount is a day, month or year with the number of its hits; From and To are
// its first and last day.
type PeriodCount struct {
	From, To string
	Count    int
}

// Interval is a kind of period.
type Interval string

// The values of Interval.
const (
	Day   Interval = "day"
	Month Interval = "month"
	Year  Interval = "year"
)
