package search

// Explanation has the parts of a hit's score: their Scores add up to the hit's. It
// has no parts where nothing was ranked.
type Explanation struct{ Parts []ScorePart }

// PartName names a part of a score.
type PartName string

// The parts of an article's score, then those of a paragraph's; both have
// PartCoverage.
const (
	PartArticle  PartName = "article"  // BM25 over the article, its title included
	PartBest     PartName = "best"     // BM25 of its best paragraph or its title
	PartCoverage PartName = "coverage" // how much of the query it has
	PartText     PartName = "text"     // BM25 of the paragraph
	PartTitle    PartName = "title"    // BM25 of its article's title
)

// ScorePart is one part: Score is Share × Value.
type ScorePart struct {
	Name  PartName
	Score float64
	Share float64
	// Value is the sum of the Scores of Terms; in PartCoverage their square
	// divided by the sum of their Weights.
	Value float64
	// Paragraph is the paragraph of Value, from 1; the first of a round-up's item; 0 for a
	// title or the whole article.
	Paragraph int
	Words     int // length of that, in tokens of each channel
	Grams     int
	Terms     []TermScore // the highest first
}

// TermScore is what one term of the query adds to a part.
type TermScore struct {
	Term      string
	Channel   string  // words, grams or operands
	Frequency int     // in the text; its first 200 characters count twice, section headings don't count
	Weight    float64 // the channel's share × its frequency in the query × idf

	// Weight × BM25's part for frequency and length; in PartCoverage, Weight if the
	// text or a section heading has the term.
	Score float64
}
