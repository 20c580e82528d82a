package wording

// Help is what the page of help says. What can be written is said by Home and
// here; how it is written, by the page itself.
type Help struct {
	Title, About                         string
	Written, Write, Means                string // the table of what can be written
	Grouped, InField, InDays, Near, Star string
	Alike                                string // what counts as the same
	Fields, FieldsAre                    string
	Results, ByRelevance, Copies, Period string
	ByParagraph, InContext               string
	Keys, Slash, Escape, Arrows, Shift   string
	NextMatch                            string
	Complete                             string
	Programs, API, Feed                  string
}

func newHelp(say pick) Help {
	return Help{
		Title:   say("帮助", "Help"),
		About:   say("搜索词的写法、结果的看法、键盘的用法。", "How to write queries, read results and use the keyboard."),
		Written: say("搜索词", "Queries"),
		Write:   say("写法", "Written"),
		Means:   say("意思", "Means"),
		Grouped: say("先算括号里的", "what is in brackets goes together"),
		InField: say("只在一个栏目里找", "in one field only"),
		InDays:  say("从某日到某日", "from one day to another"),
		Near:    say("在同一段里，中间最多隔 10 个字，先后不论", "in one paragraph, at most 10 characters apart, in either order"),
		Star:    say("以这些字母或数字开头的词；汉字不用加星号", "what begins with these letters or digits; Han characters need no star"),
		Alike: say("繁体和简体、全角和半角、大写和小写都算一样。没有引号时，名字和词不论怎样断开都找得到。",
			"Traditional and simplified characters, full and half width, capitals and small letters are the same. Without quotation marks a word or a name is found however the text is cut into words."),
		Fields:    say("栏目", "Fields"),
		FieldsAre: say("冒号前可以写中文，也可以写英文：", "Before the colon stands the Chinese or the English name:"),
		Results:   say("结果", "Results"),
		ByRelevance: say("按相关排列时，标题和段落里词越集中、越少见，稿件越靠前；也可以按日期排列。",
			"By relevance, articles come first that hold the rarer words close together, in titles and paragraphs; they can also be ordered by date."),
		ByParagraph: say("一篇稿件最多显示三段；选“段落”就每段单独列出，各词须在同一段里。",
			"An article shows three paragraphs at most. “Paragraphs” lists each by itself; then the words must stand in one paragraph."),
		InContext: say("选“上下文”就一处匹配一行，上下对齐，便于比较用法；全部结果可以存成文件。",
			"“In context” has a line for each match, one below the other, to compare how a word is used; all of it can be saved as a file."),
		Copies: say("几份报纸登的同一篇稿件合为一条，并说明还有几份。",
			"The same article in several newspapers is one result, which says how many there are."),
		Period: say("时间图里点一条就只看那一段时间，按住拖动可以选几段；也可以和别的词比较多少。",
			"In the chart, a bar leads to its own period; drag over several to choose them all. It can be compared with other words."),
		Keys:      say("键盘", "Keyboard"),
		Slash:     say("到搜索框", "to the search box"),
		Escape:    say("收起补全，再按清空搜索框", "close the completions, then clear the box"),
		Arrows:    say("选补全；在时间图里移动", "choose a completion; move in the chart"),
		Shift:     say("在时间图里选几段，回车确定", "choose several periods in the chart, Enter takes them"),
		NextMatch: say("稿件里的下一处和上一处匹配", "the next and the previous match in an article"),
		Complete:  say("词写到一半会有补全，也可以用拼音写开头：", "A word that is begun is completed, by its pinyin too:"),
		Programs:  say("给程序用", "For programs"),
		API:       say("接口", "API"),
		Feed:      say("每次搜索都有订阅地址。", "Every search has a feed."),
	}
}
