package wording

// Results holds the texts of a page of search results.
type Results struct {
	For                       string // the heading, with a Slot for the query
	Filtered                  string // the heading without a query
	FilteredTitle             string
	List                      string // label of the list of hits
	Sort                      string // label of the links that sort
	Relevance, Newest, Oldest string
	Reprinted                 string // the most near-duplicates first
	View                      string // label of the links to articles, paragraphs and contexts
	ByArticle, ByParagraph    string
	InContext                 string
	InTitle, InByline         string // where a match is
	Byline                    string // precedes the authors
	Export                    string
	NearDuplicates            string // label of the links that collapse near-duplicates or list all
	CollapseNearDuplicates    string
	ListAll                   string
	DidYouMean                string // precedes the suggested query
	Waiting                   string // during a slow search
	Unreachable, CheckNetwork string // when the server can't be reached
	Pagination, First, Next   string
	About                     string // the page's description, with a Slot for the query

	Offers                           string // label of the searches that a reader may have meant
	OnlySource, OnlyPublication      string // with a Slot for a name
	InSource, InPublication          string // with a Slot for a name and one for a query
	NoResults                        string // the heading without hits, with a Slot for the query
	NoFiltered, Why                  string
	Nowhere, NoneInPeriod            string // why there are no hits
	NoneOfLength, NoWordStarts       string
	NeitherPhrase, NeverInOne        string
	NoneHas                          string // with a Slot for words
	TryAnywhere                      string
	WithoutQuotesAnywhere            string // likewise
	WithOperators, AnyWord           string // with a Slot for the other query
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
		Reprinted:              text("转载最多", "Most reprinted"),
		View:                   text("按稿件或段落", "View"),
		ByArticle:              text("稿件", "Articles"),
		InContext:              text("上下文", "In context"),
		InTitle:                text("标题", "title"),
		InByline:               text("作者", "byline"),
		Byline:                 text("作者：", "By "),
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

		NoResults:       text("没有找到“%s”", "No results for “%s”"),
		NoFiltered:      text("这些筛选条件下没有稿件", "No articles match these filters"),
		Why:             text("为什么没有：", "Why:"),
		Nowhere:         text("没有一篇稿件里有", "in no article"),
		NoneInPeriod:    text("这段时间没有稿件", "no articles of these days"),
		NoneOfLength:    text("没有这个字数的稿件", "no articles of this length"),
		NoWordStarts:    text("没有以此开头的词", "no word starts with this"),
		NeitherPhrase:   text("没有这句原文，不加引号也没有", "in no article, nor without quotation marks"),
		NeverInOne:      text("每个词都有，但没有一篇稿件同时有", "each is there, but never in one article"),
		NoneHas:         text("没有一篇稿件里有 %s", "no article has %s"),
		Offers:          text("也许要找的是", "Other searches"),
		OnlySource:      text("只看来源“%s”的稿件", "Only articles from the source %s"),
		OnlyPublication: text("只看报纸“%s”的稿件", "Only articles in the newspaper %s"),
		InSource:        text("只在来源“%s”里找“%s”", "Only from the source %s: %s"),
		InPublication:   text("只在报纸“%s”里找“%s”", "Only in the newspaper %s: %s"),
		TryAnywhere:     text("各词出现在文中任意位置", "All words anywhere"),
		WithOperators:   text("运算符要大写：%s", "With operators in capitals: %s"),
		WithoutQuotesAnywhere: text("去掉引号，各词在任意位置：%s",
			"Without quotation marks, all words anywhere: %s"),
		AnyWord:           text("有任意一个词：%s", "Any of the words: %s"),
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
