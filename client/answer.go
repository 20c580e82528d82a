package client

// The structs of answers. docs/json-api.md says what their members mean.

// SearchResponse is a page of hits.
type SearchResponse struct {
	Query         string  `json:"query"`
	Understood    string  `json:"understood"`
	Total         int     `json:"total"`
	TotalRelation string  `json:"total_relation"`
	TookMS        float64 `json:"took_ms"`
	Generation    string  `json:"generation"`
	Cursor        string  `json:"cursor"`
	DidYouMean    string  `json:"did_you_mean"`
	Named         []Named `json:"named"`
	Hits          []Hit   `json:"hits"`
	Plan          string  `json:"plan,omitempty"`
	Facets        *Facets `json:"facets,omitempty"`
}

// Named is a newspaper or source whose name is in the query.
type Named struct {
	Operand string `json:"operand"`
	Field   string `json:"field"`
	Value   string `json:"value"`
}

// Article is an article without its text.
type Article struct {
	ArticleID        string   `json:"article_id"`
	Score            float64  `json:"score"`
	Title            string   `json:"title"`
	TitleHTML        string   `json:"title_html"`
	Kicker           string   `json:"kicker"`
	Subtitle         string   `json:"subtitle"`
	Date             string   `json:"date"`
	Publication      string   `json:"publication"`
	Page             string   `json:"page"`
	PageName         string   `json:"page_name"`
	Source           string   `json:"source"`
	Byline           string   `json:"byline"`
	BylineHTML       string   `json:"byline_html"`
	URL              string   `json:"url"`
	NearDuplicates   int      `json:"near_duplicates"`
	NearDuplicateIDs []string `json:"near_duplicate_ids"`
}

// Hit is an article with the paragraphs that match best.
type Hit struct {
	Article
	Paragraphs []Paragraph  `json:"paragraphs"`
	Explain    *Explanation `json:"explain,omitempty"`
}

// Paragraph is a paragraph of a hit.
type Paragraph struct {
	N           int     `json:"n"`
	Section     string  `json:"section"`
	Kind        string  `json:"kind"`
	SnippetHTML string  `json:"snippet_html"`
	Score       float64 `json:"score"`
}

// Articles is a list of articles.
type Articles struct {
	Articles []Article `json:"articles"`
}

// Explanation is how a score came about.
type Explanation struct {
	Parts []Part `json:"parts"`
}

// Part is a part of a score.
type Part struct {
	Part      string  `json:"part"`
	Score     float64 `json:"score"`
	Share     float64 `json:"share"`
	Value     float64 `json:"value"`
	Paragraph int     `json:"paragraph"`
	Words     int     `json:"words"`
	Grams     int     `json:"grams"`
	Terms     []Term  `json:"terms"`
}

// Term is what a term adds to a part of a score.
type Term struct {
	Term      string  `json:"term"`
	Channel   string  `json:"channel"`
	Frequency int     `json:"frequency"`
	Weight    float64 `json:"weight"`
	Score     float64 `json:"score"`
}

// Facets are the numbers of hits by value and by time.
type Facets struct {
	Publication []Value  `json:"publication"`
	Section     []Value  `json:"section"`
	Source      []Value  `json:"source"`
	PageName    []Value  `json:"page_name"`
	Date        []Period `json:"date"`
}

// Value is a value with its number of hits.
type Value struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Period is a time with its number of hits.
type Period struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Count int    `json:"count"`
}

// Record is an article as it was indexed.
type Record struct {
	ID          string            `json:"id"`
	File        string            `json:"file"`
	Publication string            `json:"publication"`
	Date        string            `json:"date"`
	Page        string            `json:"page"`
	PageName    string            `json:"page_name"`
	Title       string            `json:"title"`
	Kicker      string            `json:"kicker"`
	Subtitle    string            `json:"subtitle"`
	Byline      string            `json:"byline"`
	Source      string            `json:"source"`
	URL         string            `json:"url"`
	Confidence  float64           `json:"confidence"`
	Paragraphs  []RecordParagraph `json:"paragraphs"`
}

// RecordParagraph is a paragraph of a Record.
type RecordParagraph struct {
	Section string `json:"section"`
	Kind    string `json:"kind"`
	Text    string `json:"text"`
}

// Suggestions are completions of a prefix.
type Suggestions struct {
	Suggestions []Suggestion `json:"suggestions"`
}

// Suggestion is a completion.
type Suggestion struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// Trends are the hits of queries over time.
type Trends struct {
	Queries    []string `json:"queries"`
	Interval   string   `json:"interval"`
	Generation string   `json:"generation"`
	Buckets    []Bucket `json:"buckets"`
}

// Bucket is a day, month or year: of all articles, and of the hits of each query.
type Bucket struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Total  int    `json:"total"`
	Counts []int  `json:"counts"`
}

// Publications are the newspapers of the archive.
type Publications struct {
	Publications []Publication `json:"publications"`
}

// Publication is a newspaper, with its number of articles and their first and last day.
type Publication struct {
	Value string `json:"value"`
	Count int    `json:"count"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// IssueDates are the days of a newspaper's issues.
type IssueDates struct {
	Issues []IssueDate `json:"issues"`
}

// IssueDate is the day of an issue, with its number of articles.
type IssueDate struct {
	Date  string `json:"date"`
	Count int    `json:"count"`
}

// Issue is an issue by pages, with the days of those before and after it.
type Issue struct {
	Pages    []IssuePage `json:"pages"`
	Previous string      `json:"previous"`
	Next     string      `json:"next"`
}

// IssuePage is a page of an issue.
type IssuePage struct {
	Page     string         `json:"page"`
	PageName string         `json:"page_name"`
	Articles []IssueArticle `json:"articles"`
}

// IssueArticle is an article on a page.
type IssueArticle struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// ExportHead describes an export.
type ExportHead struct {
	Query         string `json:"query"`
	Generation    string `json:"generation"`
	Analyzer      string `json:"analyzer"`
	Day           string `json:"day"`
	Total         int    `json:"total"`
	TotalRelation string `json:"total_relation"`
}

// ExportMatch is a match in its context.
type ExportMatch struct {
	Article
	N       int    `json:"n"` // of the paragraph, 0 for the title or without a match
	Section string `json:"section"`
	Kind    string `json:"kind"`
	Left    string `json:"left"`
	Match   string `json:"match"`
	Right   string `json:"right"`
}

// BatchHead describes a batch.
type BatchHead struct {
	Queries    int    `json:"queries"`
	Generation string `json:"generation"`
	Total      int    `json:"total"`
}

// BatchRow is what a query of a batch has. Error is "" if it was answered.
type BatchRow struct {
	Line          int        `json:"line"`
	Query         string     `json:"query"`
	Understood    string     `json:"understood"`
	Error         string     `json:"error"`
	Total         int        `json:"total"`
	TotalRelation string     `json:"total_relation"`
	ByYear        []Value    `json:"by_year"`
	ByMonth       []Value    `json:"by_month"`
	ByPublication []Value    `json:"by_publication"`
	Hits          []BatchHit `json:"hits"`
}

// BatchHit is a hit of a query of a batch.
type BatchHit struct {
	ArticleID      string  `json:"article_id"`
	Score          float64 `json:"score"`
	Title          string  `json:"title"`
	Date           string  `json:"date"`
	Publication    string  `json:"publication"`
	Page           string  `json:"page"`
	URL            string  `json:"url"`
	NearDuplicates int     `json:"near_duplicates"`
}

// Health is the answer of a server that runs.
type Health struct {
	Status  string `json:"status"`
	Version string `json:"version"`
}

// Ready is the answer of a server that can search.
type Ready struct {
	Status     string `json:"status"`
	Generation string `json:"generation"`
}
