package wording

import (
	"strconv"
	"strings"
	"time"
)

// Grouped writes 1284 as 1,284.
func Grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// counted is English for a number of things.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Grouped(n) + " " + many
}

// Articles is a number of articles.
func (w *Words) Articles(n int) string {
	return w.pick(Grouped(n)+" 篇", counted(n, "article", "articles"))
}

// Total is a number of articles that is all there are.
func (w *Words) Total(n int) string { return w.pick("共 ", "") + w.Articles(n) }

// Found says how many hits there are, and honestly so: 约 stands only where
// counting stopped.
func (w *Words) Found(n int, paragraphs, atLeast bool) string {
	things := w.Articles(n)
	if paragraphs {
		things = w.pick(Grouped(n)+" 段", counted(n, "paragraph", "paragraphs"))
	}
	if atLeast {
		return w.pick("约 "+things+"以上", "at least "+things)
	}
	return w.pick("共 ", "") + things
}

// Took rounds to what a reader can tell apart.
func (w *Words) Took(d time.Duration) string {
	unit := w.pick(" 毫秒", " ms")
	if ms := float64(d) / float64(time.Millisecond); ms < 10 {
		return strconv.FormatFloat(ms, 'f', 1, 64) + unit
	}
	return Grouped(int(d.Round(time.Millisecond)/time.Millisecond)) + unit
}

// Day writes a day as texts do: 2022年1月12日, 12 January 2022.
func (w *Words) Day(t time.Time) string { return t.Format(w.pick("2006年1月2日", "2 January 2006")) }

// Month writes a month: 2022年1月, January 2022.
func (w *Words) Month(t time.Time) string { return t.Format(w.pick("2006年1月", "January 2006")) }

// DayOfMonth writes a day within its year: 1月12日, 12 January.
func (w *Words) DayOfMonth(t time.Time) string { return t.Format(w.pick("1月2日", "2 January")) }

// Year writes a year: 2022年, 2022.
func (w *Words) Year(t time.Time) string { return t.Format(w.pick("2006年", "2006")) }

// Page names a newspaper's page by its number: 第5版, A03版, page 5. Without a
// number it is "".
func (w *Words) Page(number string) string {
	if number == "" {
		return ""
	}
	chinese := number + "版"
	if strings.Trim(number, "0123456789") == "" {
		chinese = "第" + chinese
	}
	return w.pick(chinese, "page "+number)
}

// Paragraph names an article's nth paragraph.
func (w *Words) Paragraph(n int) string {
	return w.pick("第"+strconv.Itoa(n)+"段", "¶\u00a0"+strconv.Itoa(n))
}
