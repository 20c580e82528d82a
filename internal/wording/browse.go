package wording

import "time"

// Browse is what the pages of newspapers, days and pages say.
type Browse struct {
	Title, All                      string
	Trail, Years, Pages, Beside     string // what lists of links are called
	Unnamed, Unnumbered, WholeIssue string
	NoArticles, NoIssues            string
	NothingThatDay, NoSuchPage      string
	PreviousPage, NextPage          string
	SearchHere                      string
}

func newBrowse(say pick) Browse {
	return Browse{
		Title:          say("浏览", "Browse"),
		All:            say("全部报纸", "All newspapers"),
		Trail:          say("位置", "Where you are"),
		Years:          say("年份", "Years"),
		Pages:          say("版面", "Pages"),
		Beside:         say("前后", "Before and after"),
		Unnamed:        say("未署报名", "No newspaper named"),
		Unnumbered:     say("未标版次", "No page number"),
		WholeIssue:     say("全部版面", "All pages"),
		NoArticles:     say("索引里还没有稿件。", "The index holds no articles yet."),
		NoIssues:       say("索引里没有这份报纸，或它的稿件都没有日期。", "The index doesn’t hold this newspaper, or none of its articles has a date."),
		NothingThatDay: say("这一天没有这份报纸的稿件。", "There is no article of this newspaper on this day."),
		NoSuchPage:     say("这一期没有这一版。", "This issue has no such page."),
		PreviousPage:   say("上一版", "Previous page"),
		SearchHere:     say("在这里搜索", "Search in these"),
		NextPage:       say("下一版", "Next page"),
	}
}

// BrowseAbout describes a page for browsing.
func (w *Words) BrowseAbout(heading string) string {
	return w.pick("按报纸、日期和版面浏览：", "Newspapers by day and page: ") + heading
}

// PreviousIssue leads to the issue of a day.
func (w *Words) PreviousIssue(date string) string {
	return w.pick("上一期 ", "Previous issue, ") + date
}

// NextIssue leads to the issue of a day.
func (w *Words) NextIssue(date string) string { return w.pick("下一期 ", "Next issue, ") + date }

// Issue says what was printed on a day.
func (w *Words) Issue(day time.Time, articles int) string {
	return w.DayOfMonth(day) + w.pick("，", ", ") + w.Articles(articles)
}

// Weekdays are the days of a week from Monday, as short as a column.
func (w *Words) Weekdays() []string {
	if w.Language == English {
		return []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
	}
	return []string{"一", "二", "三", "四", "五", "六", "日"}
}
