package wording

// Help holds the texts of the help page. It also uses those of Home for the
// operators of a query; the queries themselves are the page's.
type Help struct {
	Title, About                                         string
	Queries, Query, Finds                                string // the table of operators
	Not, Grouping, InLead, InFields, InDays, Since       string
	Near, Within, InOrder, OneSentence, OneParagraph     string
	ManyTimes, LongTexts, Prefix                         string
	Capitals, Dashes, Quotes, Spaces                     string // how operators are written
	Equivalents                                          string // which characters match each other
	Fields, FieldNames                                   string
	Results, ByRelevance, NearDuplicates, Period         string
	ByParagraph, InContext                               string
	Keys, SlashKey, EscapeKey, ArrowKeys, ShiftArrowKeys string
	MatchKeys                                            string
	Completion                                           string
	Developers, API, Feed                                string
}

func newHelp(text translator) Help {
	return Help{
		Title:    text("帮助", "Help"),
		About:    text("搜索词的写法、结果的看法、键盘的用法。", "How to write queries, read results and use the keyboard."),
		Queries:  text("搜索词", "Queries"),
		Query:    text("写法", "Query"),
		Finds:    text("意思", "Finds"),
		Not:      text("有前者，没有后者；词前写一个全角减号也可以", "the first, not the second; as with a minus"),
		Grouping: text("先算括号里的", "parentheses group words"),
		InLead:   text("在标题或第一段里", "in the title or the first paragraph"),
		InFields: text("只在指定的栏目里找", "in certain fields only"),
		InDays:   text("从某日到某日", "in a range of dates"),
		Since:    text("某月起；“..”写在前面就是到某月", "from a month on; with “..” in front, up to it"),
		Within:   text("两词相隔不超过 10 字，先后不论", "at most 10 characters apart, in either order"),
		InOrder: text("两词相隔不超过 10 字，先后不变",
			"at most 10 characters apart, in this order"),
		OneSentence:  text("在同一句里", "in one sentence"),
		OneParagraph: text("在同一段里", "in one paragraph"),
		ManyTimes:    text("全文至少出现 3 次", "at least 3 times in the article"),
		LongTexts:    text("全文超过 300 字", "articles with more than 300 characters"),
		Capitals: text("AND、OR、NOT、/NEAR 等写大写，前后空格，全角也行；小写的 or、and、not 是普通词。",
			"AND, OR, NOT, /NEAR and the like are written in capitals, full-width or not, with spaces around. "+
				"In small letters, or, and and not are words."),
		Dashes: text("减号写在空格、括号或栏目的冒号后，后面紧接着词，才是排除；全角减号和破折号也行。粘贴来的标题里的破折号仍是标点。",
			"A minus excludes if a space, a bracket or a field’s colon precedes it and a word follows directly; a full-width minus or a dash does too. "+
				"Dashes in a pasted headline are punctuation."),
		Quotes: text("各种引号都可以，前后不成对也行；书名号不是引号。",
			"All shapes of quotation marks work, also mixed ones."),
		Spaces: text("空格隔开的词都要有，可以不在一处；不加空格的短词要连在一起或相距很近。理解与写法不同时，结果上方写明“解读为”。",
			"Words with spaces between must all occur, anywhere in the article; "+
				"a short query without spaces must occur together or nearly so. "+
				"Where a query is read differently than typed, the results say what it was understood as."),
		Near: text("在同一段里，中间最多隔 10 个字，先后不论",
			"in one paragraph, at most 10 characters apart, in either order"),
		Prefix: text("以这些字母或数字开头的词；汉字不用加星号",
			"words that start with these letters or digits; Chinese characters need no asterisk"),
		Equivalents: text("繁体和简体、全角和半角、大写和小写都算一样。没有引号时，名字和词不论怎样断开都找得到。",
			"Traditional and simplified characters, full and half width, upper and lower case match each other. "+
				"Without quotation marks, names and words are found however the text is split into words."),
		Fields:     text("栏目", "Fields"),
		FieldNames: text("冒号前可以写中文，也可以写英文：", "Write a field’s Chinese or English name before the colon:"),
		Results:    text("结果", "Results"),
		ByRelevance: text("按相关排列时，标题和段落里词越集中、越少见，稿件越靠前；也可以按日期排列。",
			"Sorted by relevance, articles come first if rare words of the query occur in the title or in the same "+
				"paragraph. You can also sort by date."),
		ByParagraph: text("一篇稿件最多显示三段；选“段落”就每段单独列出，各词须在同一段里。",
			"An article shows up to three matching paragraphs. “Paragraphs” lists each one separately; "+
				"all words must then be in the same paragraph."),
		InContext: text("选“上下文”就一处匹配一行，上下对齐，便于比较用法；全部结果可以存成文件。",
			"“In context” shows one match per line, aligned, so that you can compare how a word is used. "+
				"All results can be saved as a file."),
		NearDuplicates: text("几份报纸登的同一篇稿件合为一条，并说明还有几份。",
			"An article that several newspapers printed is listed once, with the number of near-duplicates."),
		Period: text("时间图里点一条就只看那一段时间，按住拖动可以选几段；也可以和别的词比较多少。",
			"In the chart, click a bar to see that period only, or drag across several. "+
				"You can also compare a query with others over time."),
		Keys:           text("键盘", "Keyboard"),
		SlashKey:       text("到搜索框", "go to the search box"),
		EscapeKey:      text("收起补全，再按清空搜索框", "close the suggestions; press again to clear the search box"),
		ArrowKeys:      text("选补全；在时间图里移动", "choose a suggestion; move along the chart"),
		ShiftArrowKeys: text("在时间图里选几段，回车确定", "select several periods in the chart; Enter applies them"),
		MatchKeys:      text("稿件里的下一处和上一处匹配", "next and previous match in an article"),
		Completion:     text("词写到一半会有补全，也可以用拼音写开头：", "Words are completed as you type, from characters or pinyin:"),
		Developers:     text("给程序用", "For developers"),
		API:            text("接口", "API"),
		Feed:           text("每次搜索都有订阅地址。", "Every search has a feed."),
	}
}
