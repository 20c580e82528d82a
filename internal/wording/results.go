package wording

// Results holds the texts of a page of search results.
type Results struct {
	For                       string // the heading, with a Slot for the query
	Filtered                  string // the heading without a query
	FilteredTitle             string
	List                      string // label of the list of hits
	Sort                      string // label of the links that sort
	Relevance, Newest, Oldest string
	View                      string // label of the links to articles, paragraphs and contexts
	ByArticle, ByParagraph    string
	InContext                 string
	InTitle                   string // where a match is
	Export                    string
	NearDuplicates            string // label of the links that collapse near-duplicates or list all
	CollapseNearDuplicates    string
	ListAll                   string
	DidYouMean                string // precedes the suggested query
	Waiting                   string // during a slow search
	Unreachable, CheckNetwork string // when the server can't be reached
	Pagination, First, Next   string
	About                     string // the page's description, with a Slot for the query

	NoResults                        string // the heading without hits, with a Slot for the query
	NoFiltered, MissingWords         string
	Try, TryOtherWords               string
	TryByArticle, TryWithoutFilters  string
	WithoutMissing, WithoutOneWord   string // with a Slot for the shorter query
	WithoutExclusions, WithoutQuotes string
	NewestArticles, QueryHelp        string
	PlainWords                       string // follows an error
	PageExpired, ForeignPage         string
}

func newResults(text translator) Results {
	return Results{
		For:                    text("“%s”的搜索结果", "Results for “%s”"),
		Filtered:               text("筛选结果", "Filtered articles"),
		FilteredTitle:          text("筛选", "Filtered"),
		List:                   text("结果", "Results"),
		Sort:                   text("排序", "Sort by"),
		Relevance:              text("相关", "Relevance"),
		Newest:                 text("最新", "Newest"),
		Oldest:                 text("最早", "Oldest"),
		View:                   text("按稿件或段落", "View"),
		ByArticle:              text("稿件", "Articles"),
		InContext:              text("上下文", "In context"),
		InTitle:                text("标题", "title"),
		Export:                 text("导出", "Export"),
		ByParagraph:            text("段落", "Paragraphs"),
		NearDuplicates:         text("相同稿件", "Near-duplicates"),
		CollapseNearDuplicates: text("合并相同", "Group near-duplicates"),
		ListAll:                text("全部列出", "List all"),
		Waiting:                text("正在搜索…", "Searching…"),
		Unreachable:            text("没有连上服务器", "Can’t reach the server"),
		CheckNetwork:           text("请检查网络，再试一次。", "Check your connection and try again."),
		DidYouMean:             text("您是不是要找：", "Did you mean: "),
		Pagination:             text("翻页", "Pages"),
		First:                  text("第一页", "First page"),
		Next:                   text("下一页", "Next page"),
		About:                  text("寻闻：%s的搜索结果", "Xunwen: results for %s"),

		NoResults:         text("没有找到“%s”", "No results for “%s”"),
		NoFiltered:        text("这些筛选条件下没有稿件", "No articles match these filters"),
		MissingWords:      text("索引里没有：", "Not in the archive: "),
		Try:               text("可以试试：", "You could try:"),
		TryOtherWords:     text("可以换一个说法，或用更短的词。", "Try different or shorter words."),
		TryByArticle:      text("按稿件搜索：各词可以在不同的段落里", "Search by article: words may be in different paragraphs"),
		TryWithoutFilters: text("去掉全部筛选条件", "Remove all filters"),
		WithoutMissing:    text("去掉找不到的词：%s", "Without the missing words: %s"),
		WithoutOneWord:    text("少一个词：%s", "With fewer words: %s"),
		WithoutExclusions: text("去掉排除词：%s", "Without exclusions: %s"),
		WithoutQuotes:     text("去掉引号：%s", "Without quotation marks: %s"),
		NewestArticles:    text("最新稿件", "Newest articles"),
		QueryHelp:         text("怎样写搜索词", "How to write a query"),
		PlainWords:        text("下面是按普通词搜索的结果。", " These are the results for the words alone."),
		PageExpired:       text("索引已更新，从第一页重新列出。", "The index has been updated. This is the first page."),
		ForeignPage: text("网址里的页不属于这次搜索，从第一页列出。",
			"The page in the address belongs to another search. This is the first page."),
	}
}

// Filters holds the names of the filters.
type Filters struct {
	Title, Active, Clear, Apply                        string
	SkipToResults, More                                string
	Time, CustomDates, AllTime                         string
	Date, From, To                                     string
	Publication, Page, PageName, Source, Section, Kind string
	Body, Caption, Table                               string
	Size                                               string
	Match, Anywhere                                    string
}

func newFilters(text translator) Filters {
	return Filters{
		Title:         text("筛选", "Filters"),
		Active:        text("已选的筛选条件", "Active filters"),
		Clear:         text("全部清除", "Clear all"),
		Apply:         text("看结果", "Show results"),
		SkipToResults: text("跳到结果", "Skip to results"),
		More:          text("更多条件", "More filters"),
		Time:          text("时间", "Time"),
		CustomDates:   text("自选日期", "Custom dates"),
		AllTime:       text("全部时间", "Any time"),
		Date:          text("日期", "Date"),
		From:          text("从", "From"),
		To:            text("到", "To"),
		Publication:   text("报纸", "Newspaper"),
		Page:          text("版次", "Page"),
		PageName:      text("版名", "Page name"),
		Source:        text("来源", "Source"),
		Section:       text("小标题", "Section"),
		Kind:          text("类型", "Type"),
		Body:          text("正文", "Body text"),
		Caption:       text("图片说明", "Caption"),
		Table:         text("表格", "Table"),
		Size:          text("每页", "Per page"),
		Match:         text("匹配", "Match"),
		Anywhere:      text("各词出现在文中任意位置", "all words anywhere"),
	}
}

// NameValue joins a filter's name and its value.
func (w *Words) NameValue(name, value string) string { return name + w.text("：", ": ") + value }

// RemoveFilter labels the link that removes a filter.
func (w *Words) RemoveFilter(name, value string) string {
	return w.text("去掉 ", "Remove ") + w.NameValue(name, value)
}

// DateSpan describes a filter by date; each end may be "".
func (w *Words) DateSpan(from, to string) string {
	switch {
	case from == to:
		return from
	case to == "":
		return w.text(from+" 起", "from "+from)
	case from == "":
		return w.text("到 "+to, "until "+to)
	}
	return from + w.text(" 至 ", " to ") + to
}

// Hits returns a number of hits a page.
func (w *Words) Hits(n int) string { return Grouped(n) + w.text(" 条", "") }

// MoreNearDuplicates returns how many near-duplicates are collapsed into a hit.
func (w *Words) MoreNearDuplicates(n int) string {
	return w.text("另有 "+Grouped(n)+" 份相同稿件", counted(n, "near-duplicate", "near-duplicates"))
}

// NthNearDuplicate names one of which neither publication nor date is known.
func (w *Words) NthNearDuplicate(n int) string {
	return w.text("第"+Grouped(n)+"份", "no. "+Grouped(n))
}

// FeedSubtitle describes the feed of a query.
func (w *Words) FeedSubtitle(query string) string {
	return w.text("寻闻：“"+query+"”的最新报道", "Xunwen: latest on “"+query+"”")
}

// MoreMatches returns how many more matches an article has than are listed.
func (w *Words) MoreMatches(n int) string {
	return w.text("本篇另有 "+Grouped(n)+" 处", Grouped(n)+" more in this article")
}

// MoreValues returns how many values of a filter are hidden.
func (w *Words) MoreValues(n int) string {
	return w.text("其余 "+Grouped(n)+" 个", Grouped(n)+" more")
}

// Chart labels a chart of hits over time.
func (w *Words) Chart(interval string, paragraphs bool) string {
	chinese, english := "稿件数", "Articles"
	if paragraphs {
		chinese, english = "段落数", "Paragraphs"
	}
	switch interval {
	case "day":
		return w.text("每日"+chinese, english+" per day")
	case "month":
		return w.text("每月"+chinese, english+" per month")
	}
	return w.text("每年"+chinese, english+" per year")
}
