package wording

import "strconv"

// Compare is what the page says that compares queries over time.
type Compare struct {
	Title, About                       string
	Explain                            string
	Queries, Run                       string
	Interval, Finest, Day, Month, Year string
	Unit, Counts, Shares               string
	Period, All, Count, Share, Sum     string
	Table, Nothing                     string
	ForPrograms                        string
	WithOthers                         string // leads here from a search
}

func newCompare(say pick) Compare {
	return Compare{
		Title:       say("比较", "Compare"),
		About:       say("比较几个词在报纸里随时间的多少。", "How often words come up in newspapers over time."),
		Explain:     say("写下一到五个词，看它们在各个时段有多少篇稿件。", "Write one to five queries to see how many articles each has over time."),
		Queries:     say("搜索词", "Queries"),
		Run:         say("比较", "Compare"),
		Interval:    say("时段", "By"),
		Finest:      say("自动", "automatic"),
		Day:         say("日", "day"),
		Month:       say("月", "month"),
		Year:        say("年", "year"),
		Unit:        say("单位", "Unit"),
		Counts:      say("篇数", "Counts"),
		Shares:      say("占比", "Shares"),
		Period:      say("时段", "Period"),
		All:         say("全部稿件", "All articles"),
		Count:       say("篇", "articles"),
		Share:       say("占比", "share"),
		Sum:         say("合计", "Sum"),
		Table:       say("数字", "Numbers"),
		Nothing:     say("这些词在有日期的稿件里都没有。", "No article with a date has any of these."),
		ForPrograms: say("给程序读的同样数字（JSON）", "The same numbers for programs (JSON)"),
		WithOthers:  say("与其他词比较", "Compare with others"),
	}
}

// QueryNumber names one of the fields.
func (w *Words) QueryNumber(n int) string {
	return w.pick("搜索词 "+strconv.Itoa(n), "Query "+strconv.Itoa(n))
}

// InQuery says in which of them something is wrong.
func (w *Words) InQuery(n int, problem string) string {
	return w.QueryNumber(n) + w.pick("：", ": ") + problem
}

// ShareOf writes a share of all articles, to two digits that count.
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

// CountAndShare says both of a period.
func (w *Words) CountAndShare(period string, count, total int) string {
	return w.NameValue(period, w.Articles(count)) + w.pick("，占 ", ", ") + w.ShareOf(count, total)
}
