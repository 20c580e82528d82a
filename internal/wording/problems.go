package wording

import (
	"strconv"
	"strings"
)

// Problems holds the texts for requests that can't be answered.
type Problems struct {
	// Headings of error pages.
	BadAddress, NoPage, BadMethod, Changed, Unavailable, Fault string
	TooManyRequests, Forbidden, WrongAddress                   string
	Retry, GoHome                                              string

	// What is wrong, in whole sentences.
	BadEncoding, NotUTF8                       string
	EmptySearch                                string
	NoSuchPath, NoSuchArticle, ReadOnly        string
	TooBroad, ForeignCursor, ExpiredCursor     string
	RateLimited, ForeignForm, WrongHost        string
	NotReady, Damaged, Busy, TooSlow, Internal string
	Partial, Unsupported                       string
	EmptyPrefix, LongPrefix                    string
	EmptyTrend                                 string
	NoOtherArticle                             string

	// What is wrong with a query.
	MissingSide, Unclosed, BadDate, BadLength, BadOperand, OnlyExclusions, Unknown string
}

func newProblems(text translator) Problems {
	return Problems{
		BadAddress:      text("看不懂这个地址", "Invalid address"),
		NoPage:          text("没有这一页", "Page not found"),
		BadMethod:       text("不能这样访问", "Method not allowed"),
		Changed:         text("索引已更新", "The index has been updated"),
		Unavailable:     text("暂时不能搜索", "Search is unavailable"),
		TooManyRequests: text("请求太频繁", "Too many requests"),
		Forbidden:       text("不接受这个表单", "Form rejected"),
		WrongAddress:    text("地址不对", "Wrong address"),
		Fault:           text("出错了", "Something went wrong"),
		Retry:           text("再试一次", "Try again"),
		GoHome:          text("回首页", "Home page"),

		BadEncoding:   text("地址里的参数编码有误。", "The address is not encoded correctly."),
		NotUTF8:       text("地址里的文字不是 UTF-8 编码。", "The text in the address is not UTF-8."),
		EmptySearch:   text("请写下要找的词，或选一个筛选条件。", "Enter a query or choose a filter."),
		NoSuchPath:    text("没有这个页面。请检查地址，或从搜索开始。", "This page doesn’t exist. Check the address or start a search."),
		NoSuchArticle: text("索引里没有这篇稿件，它可能已被删除。", "The archive doesn’t have this article. It may have been removed."),
		ReadOnly:      text("这个地址只能读取。", "This address is read-only."),
		TooBroad: text("星号前写得太少，能代表的词太多。请在星号前多写几个字母或数字。",
			"Too many words start with these characters. Type more letters or digits before the asterisk."),
		ForeignCursor: text("这个翻页位置不属于当前的搜索，请从第一页看起。",
			"This page belongs to another search. Go back to the first page."),
		ExpiredCursor: text("索引已更新，请从第一页看起。", "The index has been updated. Go back to the first page."),
		RateLimited:   text("请求次数超过了限制，请稍后再试。", "You have reached the request limit. Try again later."),
		ForeignForm: text("这个表单来自别的网站。请从本站的页面提交。",
			"The form was sent from another site. Send it from a page on this site."),
		WrongHost: text("本站没有启用这个域名，请用本站的网址访问。",
			"The site isn’t available at this address. Open it by its own."),
		NotReady: text("索引还没有建好，或者暂时不能使用，稍后再试。",
			"The index isn’t ready or is temporarily unavailable. Try again later."),
		Damaged: text("索引文件已损坏，正在换用较早的版本。请稍后再试。",
			"The index is damaged and an earlier version is being loaded. Try again in a moment."),
		Partial: text("有一部分索引暂时连不上，不完整的结果不予显示。请稍后再试。",
			"A part of the archive can’t be reached, and results without it would be incomplete. Try again in a moment."),
		Unsupported: text("这样的搜索要读的稿件太多。请用日期或更多的词缩小范围。",
			"This search would have to read too many articles. Narrow it by dates or more words."),
		Busy: text("现在搜索的人太多，请稍后再试。", "Too many searches are running. Try again in a moment."),
		TooSlow: text("这次搜索用时太长，已停止。请换一个更具体的说法，或稍后再试。",
			"The search took too long and was stopped. Make it more specific, or try again later."),
		Internal: text("服务器出了问题，已记入日志。请稍后再试。",
			"The server had a problem, which was logged. Try again later."),
		EmptyPrefix:    text("请写下一个词的开头。", "Type the beginning of a word."),
		LongPrefix:     text("写得太长了。", "This is too long."),
		NoOtherArticle: text("没有写与哪篇稿件比较。", "The article to compare with is missing."),
		EmptyTrend:     text("有一个搜索词是空的。", "One of the queries is empty."),

		MissingSide: text("这里的运算符少了一边的词。", "This operator needs a word on both sides."),
		Unclosed:    text("这里的引号或括号没有另一半。", "This quotation mark or parenthesis is missing its other half."),
		BadDate: text("这个日期不在日历上，或写法有误；日期可以写成 2022-01-12、2022-01、2022，或 2022-01-10..2022-01-12。",
			"This isn’t a valid date. Use a form such as 2022-01-12, 2022-01, 2022 or 2022-01-10..2022-01-12."),
		BadLength: text("字数可以写成 >2000、<500 或 500..1000。",
			"This isn’t a number of characters. Use a form such as >2000, <500 or 500..1000."),
		BadOperand: text("/NEAR、/PREV、/SEN、/PRG 两边各写一个词或一句加引号的原文，并且只用于文字，不用于报纸、来源等栏目。",
			"/NEAR, /PREV, /SEN and /PRG need one word or phrase on each side, in texts and not in other fields."),
		OnlyExclusions: text("只写了要排除的词；请再写一个要找的词。", "The query only excludes words. Add one to search for."),
		Unknown:        text("看不懂这里。", "This part of the query is invalid."),
	}
}

// TooLong gives the most characters a query may have.
func (w *Words) TooLong(most int) string {
	n := strconv.Itoa(most)
	return w.text("搜索词太长，最多 "+n+" 个字。", "The query is too long. The limit is "+n+" characters.")
}

// TooMany gives the most operands a query may have.
func (w *Words) TooMany(most int) string {
	n := strconv.Itoa(most)
	return w.text("搜索词太多，最多 "+n+" 个。", "The query has too many words. The limit is "+n+".")
}

// BadDay rejects a value that is not a day.
func (w *Words) BadDay(value string) string {
	return w.text("“"+value+"”不是日历上的一天，日期请写成 2022-01-31。",
		"“"+value+"” isn’t a valid date. Use the form 2022-01-31.")
}

// DaysReversed rejects a filter that ends before it begins.
func (w *Words) DaysReversed(from, to string) string {
	return w.text("开始日期 "+from+" 晚于结束日期 "+to+"。", "The start date "+from+" is after the end date "+to+".")
}

// GivenTwice rejects a second value of a parameter.
func (w *Words) GivenTwice(name string) string {
	return w.text("参数 "+name+" 给了不止一次。", "The parameter "+name+" is given more than once.")
}

// NotAChoice lists the values that a parameter can have.
func (w *Words) NotAChoice(name string, choices []string) string {
	return w.text("参数“"+name+"”只能是 "+alternatives(choices, "、", " 或 ")+"。",
		"The parameter “"+name+"” must be "+alternatives(choices, ", ", " or ")+".")
}

// alternatives joins choices, the last one with a separator of its own.
func alternatives(choices []string, separator, last string) string {
	n := len(choices) - 1
	if n < 1 {
		return strings.Join(choices, "")
	}
	return strings.Join(choices[:n], separator) + last + choices[n]
}

// BadSize gives the most hits a page may have.
func (w *Words) BadSize(most int) string {
	n := strconv.Itoa(most)
	return w.text("每页条数只能是 1 到 "+n+"。", "A page can have 1 to "+n+" results.")
}

// BadContext gives the most characters that may be shown on each side of a match.
func (w *Words) BadContext(most int) string {
	n := strconv.Itoa(most)
	return w.text("上下文的字数只能是 0 到 "+n+"。", "The context can have 0 to "+n+" characters.")
}

// BadHits gives the most hits that a batch may list of a query.
func (w *Words) BadHits(most int) string {
	n := strconv.Itoa(most)
	return w.text("每个词只能列出 0 到 "+n+" 条结果。", "A batch can list 0 to "+n+" hits of a query.")
}

// BadList says what a list of queries has to be.
func (w *Words) BadList(most int) string {
	n := Grouped(most)
	return w.text("词表要有 1 到 "+n+" 个词，一行一个，或是 CSV 的一列。",
		"A list has 1 to "+n+" queries, one on each line or in a column of a CSV file.")
}

// QueryLimit gives the most queries that can be compared.
func (w *Words) QueryLimit(most int) string {
	n := strconv.Itoa(most)
	return w.text("一次可以比较 1 到 "+n+" 个搜索词。", "You can compare 1 to "+n+" queries at a time.")
}
