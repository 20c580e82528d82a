package source

import (
	"errors"
	"fmt"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/source/archive"
)

// Bounds of what is read. docs/operations.md lists them with those of the formats' packages.
const (
	// maxPage bounds what is read as one newspaper page, in bytes, and maxPageLines its lines. A
	// full page of print has some 40 KB in a thousand lines; its layout is analysed with the whole
	// text in memory, in up to 160 bytes for each byte and a second for each MB.
	maxPage      = 1 << 20
	maxPageLines = 20_000

	// maxHeadings bounds the headings of a Markdown file: each is a tree of its own.
	maxHeadings = 20_000

	// maxText bounds an article in bytes, section headings included, and maxParagraphs its paragraphs. The
	// longest of a newspaper have some 100 KB.
	maxText       = 4 << 20
	maxParagraphs = 20_000

	// maxMember bounds title, byline and all else that is not text, in bytes each.
	maxMember = 16 << 10

	// maxPDF bounds one file. A whole issue with photographs is some 100 MB; it is in memory
	// twice, here and in PDFium.
	maxPDF = 256 << 20

	// maxAhead bounds the bytes of files that are read ahead, after decompression.
	maxAhead = 64 << 20

	// maxRejects bounds the rejects of an input that are reported each.
	maxRejects = 1000

	// leastText is the average text of the articles of an input in bytes, from manyArticles on:
	// each takes some 600 bytes of memory in a build, however short it is. News have some 2 KB.
	leastText    = 32
	manyArticles = 100_000

	// leastPacked is how many bytes on the disk an article of an input has at least, those beyond
	// manyArticles: news are compressed to some 500 bytes, and a copy of one to as many as this.
	leastPacked = 20
)

// tally is what was read of an input.
type tally struct {
	budget   *archive.Budget
	future   int // dates that weren't believed
	articles int
}

// texts are those of the articles of an input, or of one file in an archive.
type texts struct {
	articles int
	bytes    int
	line     int // of the last
}

// Why the rest of a file isn't read.
var (
	errNoArticles = errors.New("too little text for so many articles")
	errTooMany    = errors.New("too many articles for so small a file")
)

// isEnd reports whether an error means that the rest of a file isn't read. What was read of it is.
func isEnd(err error) bool { return errors.Is(err, errNoArticles) || errors.Is(err, errTooMany) }

// add returns errTooMany if an input with one more article can't be news.
func (t *tally) add() error {
	t.articles++
	if t.articles >= manyArticles && int64(t.articles-manyArticles) >= t.budget.Size()/leastPacked {
		return errTooMany
	}
	return nil
}

// add returns errNoArticles if what was read with one more article can't be news.
func (t *texts) add(a *news.Article, line int) error {
	t.articles++
	t.line = line
	t.bytes += len(a.Title)
	for i := range a.Paragraphs {
		t.bytes += len(a.Paragraphs[i].Text)
	}
	if t.articles >= manyArticles && t.average() < leastText {
		return errNoArticles
	}
	return nil
}

func (t *texts) average() int { return t.bytes / t.articles }

// tooManyLines returns why a text has too many lines for a page, "" if it hasn't.
func tooManyLines(text string) string {
	lines := -strings.Count(text, "\r\n")
	for _, end := range []string{"\n", "\r", "\f", "\u0085", "\u2028", "\u2029"} {
		lines += strings.Count(text, end)
	}
	if lines < maxPageLines {
		return ""
	}
	return fmt.Sprintf("more than %d lines: %s", maxPageLines, oneSheet)
}

// tooManyHeadings reports whether a Markdown file has too many lines that can be headings, or that
// make one of the line before.
func tooManyHeadings(text string) bool {
	return strings.Count(text, "\n#")+strings.Count(text, "\n=")+strings.Count(text, "\n-") > maxHeadings
}

const oneSheet = "a page is one sheet of a newspaper; split the file into its pages or articles"

// tooLarge returns why an article is too large to be indexed, "" if it isn't.
func tooLarge(a *news.Article) string {
	for _, m := range []struct{ name, value string }{
		{"publication", a.Publication}, {"page", a.Page}, {"page name", a.PageName}, {"title", a.Title},
		{"kicker", a.Kicker}, {"subtitle", a.Subtitle}, {"byline", a.Byline}, {"source", a.Source}, {"url", a.URL},
		{"file", a.File}, {"date", a.Date},
	} {
		if len(m.value) > maxMember {
			return fmt.Sprintf("the %s has %.1f KiB, more than %d: it is something else",
				m.name, float64(len(m.value))/(1<<10), maxMember>>10)
		}
	}
	if len(a.Paragraphs) > maxParagraphs {
		return fmt.Sprintf("the article has %d paragraphs, more than %d: split it", len(a.Paragraphs), maxParagraphs)
	}
	size := 0
	for i := range a.Paragraphs {
		size += len(a.Paragraphs[i].Section) + len(a.Paragraphs[i].Text)
	}
	if size > maxText {
		const mib = 1 << 20
		return fmt.Sprintf("the article has %.1f MiB of text, more than %d: split it", float64(size)/mib, maxText/mib)
	}
	return ""
}

// fewRejects passes on the events of an input, of its rejects as many as people read. What
// follows is counted.
type fewRejects struct {
	emit  func(Event) error
	shown int
	more  int
	last  Reject
}

func (f *fewRejects) event(e Event) error {
	if e.Reject == nil {
		return f.emit(e)
	}
	if f.shown < maxRejects {
		f.shown++
		return f.emit(e)
	}
	f.more += e.Reject.Count()
	f.last = *e.Reject
	return nil
}

// finish reports how many rejects of a file weren't reported.
func (f *fewRejects) finish(file string) error {
	if f.more == 0 {
		return nil
	}
	reason := fmt.Sprintf("%d more rejects in this file, the last: %s", f.more, f.last)
	return f.emit(Event{File: file, Reject: &Reject{
		File: shortened(file), Line: f.last.Line, Reason: reason, Records: f.more}})
}
