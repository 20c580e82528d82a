package server

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

const browsePath = "/browse"

// browsePage leads from publications to a calendar, to an issue, to its pages.
// One of Publications, Calendar and Issue is there.
type browsePage struct {
	frame
	Trail        []choice // the way here, from the whole to the part
	Heading      string
	Empty        string // why there is nothing to show
	Publications []publicationView
	Calendar     *calendarView
	Issue        *issueView
}

type publicationView struct {
	Name, Link  string
	Count, Span string
}

// unnamed stands for the publication of articles that name none.
const unnamed = "未署报名"

// browse answers /browse.
func (s *server) browse(c *gin.Context) error {
	values, err := parameters(c)
	if err != nil {
		return err
	}
	day, err := readDay("date", values.Get("date"))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), engineTime)
	defer cancel()
	at := place{values.Get("publication"), day, values.Get("page")}
	var page browsePage
	switch {
	case day != "":
		page, err = s.browseIssue(ctx, at)
	case values.Has("publication"):
		page, err = s.browseCalendar(ctx, at, values.Get("year"))
	default:
		page, err = s.browsePublications(ctx)
	}
	if err != nil {
		return err
	}
	page.frame = s.newFrame(page.Heading+" · 寻闻", "按报纸、日期和版面浏览："+page.Heading, box{})
	return s.writePage(c, http.StatusOK, "browse", page)
}

// place is a place among newspapers.
type place struct{ publication, date, page string }

// link is its address.
func (p place) link() string {
	address := browsePath + "?publication=" + url.QueryEscape(p.publication)
	if p.date != "" {
		address += "&date=" + p.date
	}
	if p.page != "" {
		address += "&page=" + url.QueryEscape(p.page)
	}
	return address
}

func (p place) name() string {
	if p.publication == "" {
		return unnamed
	}
	return p.publication
}

// trail leads to the place from the whole.
func (p place) trail() []choice {
	out := []choice{{Label: "全部报纸", Link: browsePath}}
	if p.date != "" {
		out = append(out, choice{Label: p.name(), Link: place{publication: p.publication}.link()})
	}
	if p.page != "" {
		out = append(out, choice{Label: longDate(p.date), Link: place{publication: p.publication, date: p.date}.link()})
	}
	return out
}

func (s *server) browsePublications(ctx context.Context) (browsePage, error) {
	found, err := s.engine.Publications(ctx)
	page := browsePage{Heading: "浏览"}
	for _, p := range found.List {
		at := place{publication: p.Value}
		v := publicationView{Name: at.name(), Link: at.link(), Count: grouped(p.Count) + " 篇"}
		if p.From != "" {
			v.Span = p.From + " 至 " + p.To
		}
		page.Publications = append(page.Publications, v)
	}
	if len(page.Publications) == 0 {
		page.Empty = "索引里还没有稿件。"
	}
	return page, err
}

// calendarView is a year of issues.
type calendarView struct {
	Years  []choice
	Months []monthView
}

type monthView struct {
	Name  string // 2026年1月
	Weeks [][]dayView
}

// dayView is a day in its week; N is "" before the first and after the last.
type dayView struct {
	N     string
	Link  string // "" without an issue
	Words string // 1月8日，12 篇
}

func (s *server) browseCalendar(ctx context.Context, at place, year string) (browsePage, error) {
	found, err := s.engine.Issues(ctx, at.publication)
	page := browsePage{Trail: at.trail(), Heading: at.name(), Calendar: newCalendar(at, year, found.List)}
	if page.Calendar == nil {
		page.Empty = "索引里没有这份报纸，或它的稿件都没有日期。"
	}
	return page, err
}

// newCalendar shows the year asked for, or else the last with an issue.
func newCalendar(at place, year string, days []search.IssueDate) *calendarView {
	if len(days) == 0 {
		return nil
	}
	counts, years := map[string]int{}, []string{}
	for _, d := range days {
		counts[d.Date] = d.Count
		if y := d.Date[:4]; !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	if !slices.Contains(years, year) {
		year = years[len(years)-1]
	}
	v := &calendarView{}
	for _, y := range years {
		v.Years = append(v.Years, choice{y + "年", at.link() + "&year=" + y, y == year})
	}
	n, _ := strconv.Atoi(year) // a date's first four characters
	for m := time.January; m <= time.December; m++ {
		if month := newMonth(at, n, m, counts); month != nil {
			v.Months = append(v.Months, *month)
		}
	}
	return v
}

const daysOfWeek = 7

// newMonth lays a month out in weeks from Monday; a month without an issue is
// nil.
func newMonth(at place, year int, month time.Month, counts map[string]int) *monthView {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	v := &monthView{Name: first.Format("2006年1月")}
	week := make([]dayView, (int(first.Weekday())+daysOfWeek-1)%daysOfWeek)
	issues := 0
	for d := first; d.Month() == month; d = d.AddDate(0, 0, 1) {
		day := dayView{N: strconv.Itoa(d.Day())}
		if at.date = d.Format(news.DateLayout); counts[at.date] > 0 {
			day.Link = at.link()
			day.Words = d.Format("1月2日") + "，" + grouped(counts[at.date]) + " 篇"
			issues++
		}
		if week = append(week, day); len(week) == daysOfWeek {
			v.Weeks, week = append(v.Weeks, week), nil
		}
	}
	if len(week) > 0 {
		v.Weeks = append(v.Weeks, append(week, make([]dayView, daysOfWeek-len(week))...))
	}
	if issues == 0 {
		return nil
	}
	return v
}

// issueView is an issue, or one page of it.
type issueView struct {
	Count          string
	Pages          []choice // all pages of the issue
	Shown          []pageView
	Previous, Next []choice // the page and the issue before and after
}

type pageView struct {
	Words    string // 第5版 国际
	Articles []choice
}

func (s *server) browseIssue(ctx context.Context, at place) (browsePage, error) {
	found, err := s.engine.Issue(ctx, search.IssueRequest{Publication: at.publication, Date: at.date})
	page := browsePage{Trail: at.trail(), Heading: at.name() + " " + longDate(at.date), Issue: newIssueView(at, found)}
	if len(page.Issue.Shown) == 0 {
		page.Empty = "这一天没有这份报纸的稿件。"
		if len(found.Pages) > 0 {
			page.Empty = "这一期没有这一版。"
		}
	}
	return page, err
}

func newIssueView(at place, issue search.Issue) *issueView {
	v := &issueView{}
	whole := place{publication: at.publication, date: at.date}
	if len(issue.Pages) > 0 {
		v.Pages = append(v.Pages, choice{"全部版面", whole.link(), at.page == ""})
	}
	count, shown := 0, -1
	for i, p := range issue.Pages {
		link := place{at.publication, at.date, p.Page}.link()
		words := pageWords(p.Page, p.Name)
		if p.Page == "" {
			words = "未标版次"
		} else {
			v.Pages = append(v.Pages, choice{words, link, p.Page == at.page})
		}
		if at.page != "" && p.Page != at.page {
			continue
		}
		shown = i
		view := pageView{Words: words}
		for _, a := range p.Articles {
			view.Articles = append(view.Articles, choice{Label: titleOr(a.Title), Link: articleBase + url.PathEscape(a.ID)})
		}
		count += len(p.Articles)
		v.Shown = append(v.Shown, view)
	}
	v.Count = "共 " + grouped(count) + " 篇"
	beside := func(to *[]choice, i int, words string) {
		if at.page != "" && shown >= 0 && i >= 0 && i < len(issue.Pages) && issue.Pages[i].Page != "" {
			*to = append(*to, choice{Label: words, Link: place{at.publication, at.date, issue.Pages[i].Page}.link()})
		}
	}
	beside(&v.Previous, shown-1, "上一版")
	beside(&v.Next, shown+1, "下一版")
	if issue.Previous != "" {
		v.Previous = append(v.Previous, choice{Label: "上一期 " + issue.Previous, Link: place{publication: at.publication, date: issue.Previous}.link()})
	}
	if issue.Next != "" {
		v.Next = append(v.Next, choice{Label: "下一期 " + issue.Next, Link: place{publication: at.publication, date: issue.Next}.link()})
	}
	return v
}

func titleOr(title string) string {
	if title == "" {
		return "（无题）"
	}
	return title
}
