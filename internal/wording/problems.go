package wording

import (
	"strconv"
	"strings"
)

// Problems is what the pages say where something can't be answered.
type Problems struct {
	// Headings of error pages.
	BadAddress, NoPage, BadMethod, Changed, Unavailable, Fault string
	TooOften, Forbidden                                        string
	Retry, GoHome                                              string

	// What is wrong, in whole sentences.
	BadEncoding, NotUTF8                                           string
	NothingAsked                                                   string
	NoSuchPath, NoSuchArticle, ReadOnly                            string
	TooBroad, ForeignCursor, ExpiredCursor                         string
	AskLess, OtherSite                                             string
	NotReady, Damaged, Busy, TooSlow, Internal, NoBegin, LongBegin string
	EmptyTrend                                                     string

	// Where a query can't be understood.
	MissingSide, Unclosed, BadDate, OnlyExclusions, Unknown string
}

func newProblems(say pick) Problems {
	return Problems{
		BadAddress:  say("看不懂这个地址", "This address can’t be understood"),
		NoPage:      say("没有这一页", "There is no such page"),
		BadMethod:   say("不能这样访问", "This can’t be asked that way"),
		Changed:     say("索引已更新", "The index has changed"),
		Unavailable: say("暂时不能搜索", "No search for the moment"),
		TooOften:    say("请求太频繁", "Too many requests"),
		Forbidden:   say("不接受这个表单", "This form is not taken"),
		Fault:       say("出错了", "Something went wrong"),
		Retry:       say("再试一次", "Try again"),
		GoHome:      say("回首页", "First page"),

		BadEncoding:   say("地址里的参数编码有误。", "The parameters in the address are not encoded as they should be."),
		NotUTF8:       say("地址里的文字不是 UTF-8 编码。", "The text in the address is not UTF-8."),
		NothingAsked:  say("请写下要找的词，或选一个筛选条件。", "Write what to look for, or choose a filter."),
		NoSuchPath:    say("没有这个页面。请检查地址，或从搜索开始。", "There is no such page. Check the address, or begin with a search."),
		NoSuchArticle: say("索引里没有这篇稿件，它可能已被删除。", "The index doesn’t hold this article; it may have been removed."),
		ReadOnly:      say("这个地址只能读取。", "This address can only be read."),
		TooBroad: say("星号前写得太少，能代表的词太多。请在星号前多写几个字母或数字。",
			"Too many words begin like that. Write more letters or digits before the star."),
		ForeignCursor: say("这个翻页位置不属于当前的搜索，请从第一页看起。", "This page belongs to another search; begin with the first."),
		ExpiredCursor: say("索引已更新，请从第一页看起。", "The index has changed; begin with the first page."),
		AskLess:       say("请求次数超过了限制，请稍后再试。", "This is more than may be asked. Try again later."),
		OtherSite:     say("这个表单来自别的网站。请从本站的页面提交。", "The form was sent by a page of another site. Send it from a page of this one."),
		NotReady:      say("索引还没有建好，或者暂时不能使用，稍后再试。", "The index is not built yet, or can't be used just now. Try again later."),
		Damaged:       say("索引文件已损坏，正在换用较早的版本。请稍后再试。", "The index is damaged on the disk; an earlier one is being opened. Try again in a moment."),
		Busy:          say("现在搜索的人太多，请稍后再试。", "Too many people are searching. Try again in a moment."),
		TooSlow:       say("这次搜索用时太长，已停止。请换一个更具体的说法，或稍后再试。", "The search took too long and was stopped. Be more specific, or try again later."),
		Internal:      say("服务器出了问题，已记入日志。请稍后再试。", "Something went wrong on the server and was logged. Try again later."),
		NoBegin:       say("请写下一个词的开头。", "Write the beginning of a word."),
		LongBegin:     say("写得太长了。", "This is too long."),
		EmptyTrend:    say("有一个搜索词是空的。", "One of the queries is empty."),

		MissingSide: say("这里的 OR 或 | 少了一边的词。", "OR or | lacks a word on one side here."),
		Unclosed:    say("这里的引号或括号没有另一半。", "This quotation mark or bracket has no other half."),
		BadDate: say("这个日期不在日历上，或写法有误；日期可以写成 2022-01-12、2022-01、2022，或 2022-01-10..2022-01-12。",
			"This is no date; write 2022-01-12, 2022-01, 2022 or 2022-01-10..2022-01-12."),
		OnlyExclusions: say("只写了要排除的词；请再写一个要找的词。", "There are only words to exclude; write one to look for."),
		Unknown:        say("看不懂这里。", "This can’t be understood."),
	}
}

// TooLong says how many characters a query may have.
func (w *Words) TooLong(most int) string {
	n := strconv.Itoa(most)
	return w.pick("搜索词太长，最多 "+n+" 个字。", "The query is too long: at most "+n+" characters.")
}

// TooMany says how many operands it may have.
func (w *Words) TooMany(most int) string {
	n := strconv.Itoa(most)
	return w.pick("搜索词太多，最多 "+n+" 个。", "The query has too many words: at most "+n+".")
}

// BadDay says that a value is no day.
func (w *Words) BadDay(value string) string {
	return w.pick("“"+value+"”不是日历上的一天，日期请写成 2022-01-31。", "“"+value+"” is not a day of the calendar; write 2022-01-31.")
}

// DaysReversed says that a filter ends before it begins.
func (w *Words) DaysReversed(from, to string) string {
	return w.pick("开始日期 "+from+" 晚于结束日期 "+to+"。", "The first day, "+from+", is after the last, "+to+".")
}

// GivenTwice says that a parameter can have one value.
func (w *Words) GivenTwice(name string) string {
	return w.pick("参数 "+name+" 给了不止一次。", "The parameter "+name+" is given more than once.")
}

// NotAChoice says which values a parameter can have.
func (w *Words) NotAChoice(name string, choices []string) string {
	return w.pick("参数 "+name+" 只能是 "+strings.Join(choices, "、")+"。",
		"The parameter "+name+" can be "+strings.Join(choices, ", ")+".")
}

// BadSize says how many hits a page may have.
func (w *Words) BadSize(most int) string {
	n := strconv.Itoa(most)
	return w.pick("每页条数只能是 1 到 "+n+"。", "A page can have 1 to "+n+" hits.")
}

// BadContext says how many characters may stand beside a match.
func (w *Words) BadContext(most int) string {
	n := strconv.Itoa(most)
	return w.pick("上下文的字数只能是 0 到 "+n+"。", "The context can have 0 to "+n+" characters.")
}

// HowManyTrends says how many queries can be compared.
func (w *Words) HowManyTrends(most int) string {
	n := strconv.Itoa(most)
	return w.pick("一次可以比较 1 到 "+n+" 个搜索词。", "1 to "+n+" queries can be compared.")
}
