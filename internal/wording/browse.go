package wording

import "time"

// Browse holds the texts of the pages that list newspapers, issues and pages.
type Browse struct {
	Title, All                                string
	Breadcrumb, Years, Pages, PreviousAndNext string // labels of lists of links
	Unnamed, Unnumbered, WholeIssue           string
	NoArticles, NoIssues                      string
	NoIssue, NoSuchPage                       string
	PreviousPage, NextPage                    string
	SearchHere                                string
}

func newBrowse(text translator) Browse {
	return Browse{
		Title:           text("浏览", "Browse"),
		All:             text("全部报纸", "All newspapers"),
		Breadcrumb:      text("位置", "You are here"),
		Years:           text("年份", "Years"),
		Pages:           text("版面", "Pages"),
		PreviousAndNext: text("前后", "Previous and next"),
		Unnamed:         text("未署报名", "Unnamed newspaper"),
		Unnumbered:      text("未标版次", "No page number"),
		WholeIssue:      text("全部版面", "All pages"),
		NoArticles:      text("索引里还没有稿件。", "The archive has no articles yet."),
		NoIssues: text(
			"索引里没有这份报纸，或它的稿件都没有日期。",
			"The archive doesn’t have this newspaper, or none of its articles has a date.",
		),
		NoIssue:      text("这一天没有这份报纸的稿件。", "This newspaper has no articles on this day."),
		NoSuchPage:   text("这一期没有这一版。", "This issue has no such page."),
		PreviousPage: text("上一版", "Previous page"),
		NextPage:     text("下一版", "Next page"),
		SearchHere:   text("在这里搜索", "Search these articles"),
	}
}

// BrowseAbout describes a page for browsing.
func (w *Words) BrowseAbout(heading string) string {
	return w.text("按报纸、日期和版面浏览：", "Browse newspapers by date and page: ") + heading
}

// PreviousIssue labels the link to the issue before, which has this date.
func (w *Words) PreviousIssue(date string) string {
	return w.text("上一期 ", "Previous issue, ") + date
}

// NextIssue labels the link to the issue after, which has this date.
func (w *Words) NextIssue(date string) string { return w.text("下一期 ", "Next issue, ") + date }

// Issue describes what was printed on a day.
func (w *Words) Issue(day time.Time, articles int) string {
	return w.DayOfMonth(day) + w.text("，", ", ") + w.Articles(articles)
}

// Weekdays returns the days of a week from Monday, abbreviated to fit a column.
func (w *Words) Weekdays() []string {
	if w.Language == English {
		return []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
	}
	return []string{"一", "二", "三", "四", "五", "六", "日"}
}
