package wording

// Results is what a page of hits says.
type Results struct {
	For                       string // the heading, with a Slot for the query
	Filtered                  string // the heading without a query
	FilteredTitle             string
	List                      string // of the list of hits
	Sort                      string // of the links that sort, and their names
	Relevance, Newest, Oldest string
	View                      string // of the links to articles and paragraphs
	ByArticle, ByParagraph    string
	InContext                 string
	InTitle                   string // where a match is
	Export                    string
	Copies                    string // of the links that fold copies
	Fold, Unfold              string
	MeantBefore               string
	Waiting                   string // while a search takes long
	Unreachable, CheckNetwork string // where the server can't be asked
	Paging, First, Next       string
	About                     string // describes the page, with a Slot for the query

	Nothing                    string // was found for the query in the Slot
	EmptyFilters, NotInIndex   string
	Try, TryShorter            string
	TryArticles, TryNoFilters  string
	DropMissing, DropWord      string // with a Slot for the query that is left
	DropExclusions, DropQuotes string
	NewestArticles, HowToWrite string
	PlainWords                 string // after an error
	PageGone, PageForeign      string
}

func newResults(say pick) Results {
	return Results{
		For:           say("“%s”的搜索结果", "Results for “%s”"),
		Filtered:      say("筛选结果", "Filtered articles"),
		FilteredTitle: say("筛选", "Filtered"),
		List:          say("结果", "Results"),
		Sort:          say("排序", "Order"),
		Relevance:     say("相关", "Relevance"),
		Newest:        say("最新", "Newest"),
		Oldest:        say("最早", "Oldest"),
		View:          say("按稿件或段落", "Articles or paragraphs"),
		ByArticle:     say("稿件", "Articles"),
		InContext:     say("上下文", "In context"),
		InTitle:       say("标题", "title"),
		Export:        say("导出", "Export"),
		ByParagraph:   say("段落", "Paragraphs"),
		Copies:        say("相同稿件", "Copies"),
		Fold:          say("合并相同", "Fold copies"),
		Unfold:        say("全部列出", "List all"),
		Waiting:       say("正在搜索…", "Searching…"),
		Unreachable:   say("没有连上服务器", "The server can’t be reached"),
		CheckNetwork:  say("请检查网络，再试一次。", "Check the network and try again."),
		MeantBefore:   say("您是不是要找：", "Did you mean: "),
		Paging:        say("翻页", "Pages"),
		First:         say("第一页", "First page"),
		Next:          say("下一页", "Next page"),
		About:         say("寻闻：%s的搜索结果", "Xunwen: results for %s"),

		Nothing:        say("没有找到“%s”", "Nothing found for “%s”"),
		EmptyFilters:   say("这些筛选条件下没有稿件", "No article fits these filters"),
		NotInIndex:     say("索引里没有：", "Not in the index: "),
		Try:            say("可以试试：", "You could try:"),
		TryShorter:     say("可以换一个说法，或用更短的词。", "Say it in other words, or in shorter ones."),
		TryArticles:    say("按稿件搜索：各词可以在不同的段落里", "Search by article: words may stand in different paragraphs"),
		TryNoFilters:   say("去掉全部筛选条件", "Drop all filters"),
		DropMissing:    say("去掉找不到的词：%s", "Without the words that aren’t there: %s"),
		DropWord:       say("少一个词：%s", "One word less: %s"),
		NewestArticles: say("最新稿件", "The newest articles"),
		HowToWrite:     say("怎样写搜索词", "How to write a query"),
		DropExclusions: say("去掉排除词：%s", "Without exclusions: %s"),
		DropQuotes:     say("去掉引号：%s", "Without quotation marks: %s"),
		PlainWords:     say("下面是按普通词搜索的结果。", " Below is what the plain words find."),
		PageGone:       say("索引已更新，从第一页重新列出。", "The index has changed; this is the first page again."),
		PageForeign:    say("网址里的页不属于这次搜索，从第一页列出。", "The page in the address belongs to another search; this is the first page."),
	}
}

// Filters is what the filters are called.
type Filters struct {
	Title, Set, Clear, Apply                           string
	SkipToResults, Further                             string
	Time, OwnDates, AllTime                            string
	Date, From, To                                     string
	Publication, Page, PageName, Source, Section, Kind string
	Body, Caption, Table                               string
	Size                                               string
}

func newFilters(say pick) Filters {
	return Filters{
		Title:         say("筛选", "Filters"),
		Set:           say("已选的筛选条件", "Filters that are set"),
		Clear:         say("全部清除", "Clear all"),
		Apply:         say("看结果", "Show results"),
		SkipToResults: say("跳到结果", "Skip to results"),
		Further:       say("更多条件", "More filters"),
		Time:          say("时间", "Time"),
		OwnDates:      say("自选日期", "Other dates"),
		AllTime:       say("全部时间", "All time"),
		Date:          say("日期", "Date"),
		From:          say("从", "from"),
		To:            say("到", "to"),
		Publication:   say("报纸", "Newspaper"),
		Page:          say("版次", "Page"),
		PageName:      say("版名", "Page name"),
		Source:        say("来源", "Source"),
		Section:       say("小标题", "Section"),
		Kind:          say("类型", "Kind"),
		Body:          say("正文", "Body text"),
		Caption:       say("图片说明", "Caption"),
		Table:         say("表格", "Table"),
		Size:          say("每页", "A page"),
	}
}

// NameValue joins a filter's name and its value.
func (w *Words) NameValue(name, value string) string { return name + w.pick("：", ": ") + value }

// RemoveFilter is the name of a link that takes a filter off.
func (w *Words) RemoveFilter(name, value string) string {
	return w.pick("去掉 ", "Remove ") + w.NameValue(name, value)
}

// DateSpan says which days a filter lets through; each end may be "".
func (w *Words) DateSpan(from, to string) string {
	switch {
	case from == to:
		return from
	case to == "":
		return w.pick(from+" 起", "since "+from)
	case from == "":
		return w.pick("到 "+to, "until "+to)
	}
	return from + w.pick(" 至 ", " to ") + to
}

// Hits is a number of hits on a page.
func (w *Words) Hits(n int) string { return Grouped(n) + w.pick(" 条", "") }

// MoreCopies says how many copies fold into a hit.
func (w *Words) MoreCopies(n int) string {
	return w.pick("另有 "+Grouped(n)+" 份相同稿件", counted(n, "more copy", "more copies"))
}

// Copy is the nth of them.
func (w *Words) Copy(n int) string { return w.pick("第"+Grouped(n)+"份", "no. "+Grouped(n)) }

// NewestAbout describes a feed.
func (w *Words) NewestAbout(query string) string {
	return w.pick("寻闻：“"+query+"”的最新报道", "Xunwen: the newest on “"+query+"”")
}

// MoreMatches says how many matches there are besides those listed.
func (w *Words) MoreMatches(n int) string {
	return w.pick("本篇另有 "+Grouped(n)+" 处", Grouped(n)+" more in this article")
}

// MoreValues says how many values of a filter are folded away.
func (w *Words) MoreValues(n int) string {
	return w.pick("其余 "+Grouped(n)+" 个", Grouped(n)+" more")
}

// Chart says what a chart of hits over time shows.
func (w *Words) Chart(interval string, paragraphs bool) string {
	chinese, english := "稿件数", "Articles"
	if paragraphs {
		chinese, english = "段落数", "Paragraphs"
	}
	switch interval {
	case "day":
		return w.pick("每日"+chinese, english+" by day")
	case "month":
		return w.pick("每月"+chinese, english+" by month")
	}
	return w.pick("每年"+chinese, english+" by year")
}
