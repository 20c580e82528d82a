package page

import "math"

// The weights by which pieces of text are labelled (evidence.go, label.go). Those
// that distinguish headlines from section headings are in headlineevidence.go.
// Weights are natural logarithms of likelihood ratios: with a weight of 3 a reading
// becomes 20 times likelier.
//
// They were chosen on the set pages whose number is not a multiple of three: the
// shares were counted there, the other weights set by hand, and two of those were
// lowered later for the pages of testdata.
//
// To see what each is worth, every weight and share below was halved and increased
// by half, and TestEval was run on the 160 set pages and the 40 of testdata. None of
// paragraph F1, title F1, assignment, section and subtitle changed by more than 0.01
// unless the comment on the weight says so.

// Shares of first lines that are indented, by label.
const (
	indentedBegin       = 0.3   // on a page that keeps few indents
	indentedBeginByPage = 0.95  // on a page that keeps its indents
	indentedContinues   = 0.003 // a wrapped line with dirt before it
	indentedHeading     = 0.05
)

// Likelihoods of how full first and last lines are.
const (
	mostlyStripped     = 0.5  // share of lost indents above which a first line is taken to have lost one
	leastStripped      = 0.05 // bounds on the share of paragraphs with a lost indent,
	mostStripped       = 0.95 // which a page has too few paragraphs to exclude
	stripsLess         = 0.3  // a first line is short by less than an indent: the column may be estimated too narrow
	headingFull        = 0.15 // a heading of one or two lines fills its line by chance
	slackFloor         = 0.01 // keeps what was never seen on the page possible
	paragraphFull      = 0.12 // a paragraph may end anywhere: one last line in ten is full by chance
	narrowerColumn     = 0.3  // a paragraph is set one character narrower than the page
	fullLineTolerance  = 3    // cells that a line may pass the column by without being set wider
	headingTolerance   = 3    // cells: a paragraph may be set that much narrower
	narrowerCells      = 3    // cells
	mostRag            = 3    // lines of a heading that count as ragged
	mostHeadingLines   = 2    // a headline seldom has more
	longestHeading     = 45   // characters in all lines of a headline
	longestSalutation  = 6    // characters: 编辑同志：, which is set as a heading is
	shortestHeading    = 2    // characters
	longestSecondHalf  = 12   // characters of a source after the line break in it
	headingLengthScale = 5    // characters beyond longestHeading that weigh 1
)

// untitledConfidence is the highest confidence of an article without a title.
const untitledConfidence = 0.3

// Evidence for a piece being a heading rather than the beginning of a paragraph,
// from its own look.
const (
	knownHeadline = 20.0 // found to be a headline before
	headingPrior  = 0.5  // most short pieces are headings
	headingLine   = -2.5 // for each line beyond mostHeadingLines
	// ends with a comma, or a colon after more than a salutation; halved: section
	// −0.075 on the pages of testdata
	headingPause    = -5.0
	headingBracket  = -2.0 // ends with a closing bracket or quote
	headingSentence = -7.0 // ends a sentence
	// ends with ? or !, as a headline may; halved: assignment −0.016, increased:
	// subtitle −0.013
	headingExclaims      = -3.8
	headingQuotation     = -2.0 // in addition: all of it is quoted speech
	headingInnerSentence = -4.0 // a full stop inside
	headingTooShort      = -4.0 // one character
	headingComma         = -1.2 // for each comma
	headingOverflow      = 3.0  // wider than the column
	headingRag           = 2.0  // for each ragged line, mostRag at most
	headingTextMark      = -5.0 // dateline, source, verse or a speaker's name: marks of text
	headingIndent        = -2.0 // indented
)

// Evidence from the beginning of a piece and from the piece before it.
const (
	datelineBegins     = 4.0  // a dateline begins a paragraph
	markContinues      = 6.0  // a mark that may not begin a line continues a paragraph
	pageStartContinues = -3.0 // the first piece of a page continues nothing
	headingContinues   = -8.0 // nothing continues a heading
	verseContinues     = -8.0 // verse stands alone; halved: section −0.032 on the pages of testdata
	sourceContinues    = -6.0 // nothing follows a source within its paragraph
	splitSource        = 14.0 // but for the second half of its name
	unclosedEnds       = -2.0 // a bracket is open where the piece ends
	headingAfterSource = 2.0  // a closed article is most often followed by a headline,
	textAfterSource    = -2.0 // seldom by text
)

// endings are the likelihoods of how a piece of body text ends, as counted.
var endings = [...]likelihoods{
	endOpen:     {math.Log(0.92), math.Log(0.003)},
	endWeak:     {math.Log(0.03), math.Log(0.04)},
	endStrong:   {math.Log(0.05), math.Log(0.937)},
	endExclaims: {math.Log(0.005), math.Log(0.02)},
}

// Logarithms of likelihoods above and of their complements.
var (
	logHeadingFull, logHeadingRoom     = math.Log(headingFull), math.Log(1 - headingFull)
	logParagraphFull, logParagraphRoom = math.Log(paragraphFull), math.Log(1 - paragraphFull)
)
