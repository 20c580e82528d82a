package wording

import "strconv"

// Compare holds the texts of the page that compares queries over time.
type Compare struct {
	Title, About                          string
	Explain                               string
	Queries, Submit                       string
	Interval, Automatic, Day, Month, Year string
	Unit, Counts, Shares                  string
	Period, All, Count, Share, Total      string
	Table, Nothing                        string
	AsJSON                                string
	WithOthers                            string // link from a search to this page
}

func newCompare(text translator) Compare {
	return Compare{
		Title: text("比较", "Compare"),
		About: text("比较几个词在报纸里随时间的多少。", "Compare how often words appear in newspapers over time."),
		Explain: text(
			"写下一到五个词，看它们在各个时段有多少篇稿件。",
			"Enter one to five queries to see how many articles match over time.",
		),
		Queries:    text("搜索词", "Queries"),
		Submit:     text("比较", "Compare"),
		Interval:   text("时段", "Interval"),
		Automatic:  text("自动", "Automatic"),
		Day:        text("日", "Day"),
		Month:      text("月", "Month"),
		Year:       text("年", "Year"),
		Unit:       text("单位", "Unit"),
		Counts:     text("篇数", "Counts"),
		Shares:     text("占比", "Shares"),
		Period:     text("时段", "Period"),
		All:        text("全部稿件", "All articles"),
		Count:      text("篇", "articles"),
		Share:      text("占比", "share"),
		Total:      text("合计", "Total"),
		Table:      text("数字", "Table"),
		Nothing:    text("这些词在有日期的稿件里都没有。", "No dated article matches any of these queries."),
		AsJSON:     text("给程序读的同样数字（JSON）", "The same data as JSON"),
		WithOthers: text("与其他词比较", "Compare with others"),
	}
}

// QueryNumber labels one of the query fields.
func (w *Words) QueryNumber(n int) string {
	return w.text("搜索词 "+strconv.Itoa(n), "Query "+strconv.Itoa(n))
}

// InQuery attributes a problem to one of the queries.
func (w *Words) InQuery(n int, problem string) string {
	return w.QueryNumber(n) + w.text("：", ": ") + problem
}

// ShareOf formats a share of all articles in percent, with two significant digits.
func (w *Words) ShareOf(part, whole int) string {
	if whole == 0 || part == 0 {
		return "0%"
	}
	percent := 100 * float64(part) / float64(whole)
	decimals := 0
	for limit := 10.0; percent < limit && decimals < 4; limit /= 10 {
		decimals++
	}
	return strconv.FormatFloat(percent, 'f', decimals, 64) + "%"
}

// CountAndShare returns a period's count and share.
func (w *Words) CountAndShare(period string, count, total int) string {
	return w.NameValue(period, w.Articles(count)) + w.text("，占 ", ", ") + w.ShareOf(count, total)
}
