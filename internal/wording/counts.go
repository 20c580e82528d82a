package wording

import (
	"strconv"
	"strings"
	"time"
)

// Grouped formats 1284 as 1,284.
func Grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// counted returns a number with an English noun in the right form.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Grouped(n) + " " + many
}

// Articles returns a number of articles.
func (w *Words) Articles(n int) string {
	return w.text(Grouped(n)+" 篇", counted(n, "article", "articles"))
}

// Total returns a number of articles, in Chinese marked as being all there are.
func (w *Words) Total(n int) string { return w.text("共 ", "") + w.Articles(n) }

// Things returns a number of articles or paragraphs.
func (w *Words) Things(n int, paragraphs bool) string {
	if paragraphs {
		return w.text(Grouped(n)+" 段", counted(n, "paragraph", "paragraphs"))
	}
	return w.Articles(n)
}

// Found returns the number of hits. Only a count that stopped early is called
// approximate.
func (w *Words) Found(n int, paragraphs, atLeast bool) string {
	things := w.Things(n, paragraphs)
	if atLeast {
		return w.text("约 "+things+"以上", "at least "+things)
	}
	return w.text("共 ", "") + things
}

// Took returns a duration, rounded to the precision that matters to a reader.
func (w *Words) Took(d time.Duration) string {
	unit := w.text(" 毫秒", " ms")
	if ms := float64(d) / float64(time.Millisecond); ms < 10 {
		return strconv.FormatFloat(ms, 'f', 1, 64) + unit
	}
	return Grouped(int(d.Round(time.Millisecond)/time.Millisecond)) + unit
}

// Day formats a day for running text: 2022年1月12日, 12 January 2022.
func (w *Words) Day(t time.Time) string { return t.Format(w.text("2006年1月2日", "2 January 2006")) }

// Month formats a month: 2022年1月, January 2022.
func (w *Words) Month(t time.Time) string { return t.Format(w.text("2006年1月", "January 2006")) }

// DayOfMonth formats a day without its year: 1月12日, 12 January.
func (w *Words) DayOfMonth(t time.Time) string { return t.Format(w.text("1月2日", "2 January")) }

// Year formats a year: 2022年, 2022.
func (w *Words) Year(t time.Time) string { return t.Format(w.text("2006年", "2006")) }

// Page names a newspaper's page by its number: 第5版, A03版, page 5. Without a
// number it returns "".
func (w *Words) Page(number string) string {
	if number == "" {
		return ""
	}
	chinese := number + "版"
	if strings.Trim(number, "0123456789") == "" {
		chinese = "第" + chinese
	}
	return w.text(chinese, "page "+number)
}

// Paragraph names an article's nth paragraph.
func (w *Words) Paragraph(n int) string {
	return w.text("第"+strconv.Itoa(n)+"段", "¶\u00a0"+strconv.Itoa(n))
}
