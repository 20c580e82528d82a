package search

// Bounds of Facets.
const (
	// MaxFacetValues is the most values that a field lists: more than a reader
	// looks through, and a screen or two for a program.
	MaxFacetValues = 100
	// MaxFacetPeriods is the most periods of Facets.Date, but for years: two
	// months of days, or five years of months, are told apart in a chart.
	MaxFacetPeriods = 62
)

// FacetRequest asks for counts beside the hits.
type FacetRequest struct {
	// MultiSelect counts a field that the filter narrows without its own values
	// there, so that the values that could be added have counts too; the other
	// fields are counted with the whole filter.
	MultiSelect bool

	// From and To are the days in which Facets.Date counts, in place of those of
	// the filter; both "" for the filter's own.
	From, To string
}

// Facets counts hits, all of those that a cursor walks and not only those of
// one answer. A group of near-duplicates counts once, with the values of the
// hit that stands for it. What has no value is counted nowhere.
type Facets struct {
	// The values of the hits with how many hits have them, the most frequent
	// first, then in order of their bytes. By article a hit has the sections of
	// all its paragraphs that pass the filter.
	Publication, Section, Source, PageName []ValueCount

	// Periods of equal kind without gaps, the earliest first: days where these
	// are at most MaxFacetPeriods, else months in the same way, else years,
	// where years without a hit are left out if there are more.
	Date []PeriodCount
}

// ValueCount is a value with how many have it.
type ValueCount struct {
	Value string
	Count int
}

// PeriodCount is a day, month or year with how many hits are of it; From and To
// are its first and its last day.
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
