package server

import (
	"strconv"
	"strings"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// How the pages say things: numbers with units, dates, places in a newspaper.

// grouped writes 1284 as 1,284.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// countWords says how many hits there are, and honestly so: 约 stands only
// where counting stopped.
func countWords(total int, relation search.Relation, by search.By) string {
	unit := "篇"
	if by == search.ByParagraph {
		unit = "段"
	}
	if relation == search.Gte {
		return "约 " + grouped(total) + " " + unit + "以上"
	}
	return "共 " + grouped(total) + " " + unit
}

// tookWords rounds to what a reader can tell apart.
func tookWords(d time.Duration) string {
	if ms := milliseconds(d); ms < 10 {
		return strconv.FormatFloat(ms, 'f', 1, 64) + " 毫秒"
	}
	return grouped(int(d.Round(time.Millisecond)/time.Millisecond)) + " 毫秒"
}

// pageWords names a newspaper's page: 第5版 国际, A03版.
func pageWords(page, name string) string {
	words := ""
	if page != "" {
		words = page + "版"
		if strings.Trim(page, "0123456789") == "" {
			words = "第" + words
		}
	}
	return strings.TrimSpace(words + " " + name)
}

// longDate writes a day as texts do: 2022年1月12日. What is no day stays.
func longDate(date string) string {
	t, err := time.Parse(news.DateLayout, date)
	if err != nil {
		return date
	}
	return t.Format("2006年1月2日")
}

func paragraphWords(n int) string { return "第" + strconv.Itoa(n) + "段" }

// kindWords names the kinds of paragraph that are worth naming.
func kindWords(k news.Kind) string {
	switch k {
	case news.Caption:
		return "图片说明"
	case news.Table:
		return "表格"
	}
	return ""
}

// heading is what stands as an article's title and what stands above and below
// it. Some articles were printed without a title: then the kicker or the
// subtitle moves into its place.
func heading(a news.Article) (title, kicker, subtitle string) {
	switch {
	case strings.TrimSpace(a.Title) != "":
		return a.Title, a.Kicker, a.Subtitle
	case strings.TrimSpace(a.Kicker) != "":
		return a.Kicker, "", a.Subtitle
	case strings.TrimSpace(a.Subtitle) != "":
		return a.Subtitle, "", ""
	}
	return "（无题）", "", ""
}

// filled returns the words that are not empty.
func filled(words ...string) []string {
	var out []string
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			out = append(out, w)
		}
	}
	return out
}

// queryWords says in the reader's words why a query can't be understood.
func queryWords(bad *query.Error) string {
	switch bad.Code {
	case query.MissingSide:
		return "这里的 OR 或 | 少了一边的词。"
	case query.Unclosed:
		return "这里的引号或括号没有另一半。"
	case query.BadDate:
		return "这个日期不在日历上，或写法有误；日期可以写成 2022-01-12、2022-01、2022，或 2022-01-10..2022-01-12。"
	case query.OnlyExclusions:
		return "只写了要排除的词；请再写一个要找的词。"
	case query.TooLong:
		return "搜索词太长，最多 " + strconv.Itoa(query.MaxRunes) + " 个字。"
	case query.TooMany:
		return "搜索词太多，最多 " + strconv.Itoa(query.MaxOperands) + " 个。"
	}
	return "看不懂这里。"
}
