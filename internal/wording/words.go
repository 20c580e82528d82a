package wording

// Slot stands in a text for what a newspaper printed or a reader wrote.
const Slot = "%s"

// Words is all that the pages say in one language.
type Words struct {
	Language Language
	Site     Site
	Home     Home
	Results  Results
	Filters  Filters
	Article  Article
	Browse   Browse
	Compare  Compare
	API      API
	Problems Problems
	Help     Help
	SignIn   SignIn

	pick pick
}

// pick returns the text of the language that is spoken.
type pick func(chinese, english string) string

// In returns the words of a language.
func In(l Language) *Words {
	say := func(chinese, english string) string {
		if l == English {
			return english
		}
		return chinese
	}
	return &Words{
		Language: l,
		Site:     newSite(say), Home: newHome(say), Results: newResults(say), Filters: newFilters(say),
		Article: newArticle(say), Browse: newBrowse(say), Compare: newCompare(say), API: newAPI(say), Problems: newProblems(say), Help: newHelp(say),
		SignIn: newSignIn(say),
		pick:   say,
	}
}

// Site is what stands on every page.
type Site struct {
	Name                         string // in titles
	About                        string // what the site is for
	Home                         string // of the name in the bar
	Skip                         string
	Parts                        string // of the links in the bar
	Browse                       string
	Theme                        string // of the button for dark and light
	ThemeTip                     string
	Search                       string
	Query                        string // of the search box
	QueryHint                    string
	Feed                         string
	Completions, CompletionCount string // the second with # for their number
	Untitled                     string
}

func newSite(say pick) Site {
	return Site{
		Name:            say("寻闻", "Xunwen"),
		About:           say("在中文报纸里找一句话、一个名字、一件事。", "Find a sentence, a name, an event in Chinese newspapers."),
		Home:            say("寻闻，首页", "寻闻 Xunwen, home"),
		Skip:            say("跳到正文", "Skip to content"),
		Parts:           say("网站", "Site"),
		Browse:          say("浏览", "Browse"),
		Theme:           say("切换深色和浅色", "Switch between dark and light"),
		ThemeTip:        say("深色 / 浅色", "Dark / light"),
		Search:          say("搜索", "Search"),
		Query:           say("搜索词", "Query"),
		QueryHint:       say("词、名字，或加引号的原文", "Words, names, or “exact text”"),
		Completions:     say("补全", "Completions"),
		CompletionCount: say("# 个补全，用上下键选", "# completions, choose with the arrow keys"),
		Feed:            say("订阅", "Feed"),
		Untitled:        say("（无题）", "(untitled)"),
	}
}

// Title is a page's title with the site's name.
func (w *Words) Title(page string) string { return page + " · " + w.Site.Name }

// Other is the language that the pages can be switched to.
func (w *Words) Other() Language {
	if w.Language == English {
		return Chinese
	}
	return English
}

// OtherName is what that language calls itself.
func (w *Words) OtherName() string { return w.pick("English", "中文") }

// OtherShort is a short sign for it.
func (w *Words) OtherShort() string { return w.pick("EN", "中文") }

// Home is what the first page says: what can be written in the box.
type Home struct {
	Both, Exact, Either, Without, InTitle, InDate string
	TitleExample, DateExample                     string
}

func newHome(say pick) Home {
	return Home{
		Both:         say("两个词都有", "both words"),
		Exact:        say("原文就是这几个字", "exactly these characters"),
		Either:       say("有一个就行", "either of them"),
		Without:      say("有前者，没有后者", "the first without the second"),
		InTitle:      say("只在标题里找", "in titles only"),
		InDate:       say("某日、某月、某年", "a day, a month, a year"),
		TitleExample: say("标题：对话", "title:对话"),
		DateExample:  say("日期：2022-01", "date:2022-01"),
	}
}

// API is what the page of the API says around its English description.
type API struct {
	Title, About, Description                                string
	Contents, Parameters, Parameter, Type, Meaning, Required string
	Schemas, Member, Optional                                string
}

func newAPI(say pick) API {
	return API{
		Title:       say("接口", "API"),
		About:       say("寻闻的 JSON 接口、订阅和导出。", "The JSON API of Xunwen, its feeds and exports."),
		Description: say("给程序读的同一份说明：", "The same for programs to read: "),
		Contents:    say("目录", "Contents"),
		Parameters:  say("参数", "Parameters"),
		Parameter:   say("参数", "Parameter"),
		Type:        say("类型", "Type"),
		Meaning:     say("说明", "Meaning"),
		Required:    say("必填", "required"),
		Schemas:     say("数据类型", "Types"),
		Member:      say("成员", "Member"),
		Optional:    say("可缺", "optional"),
	}
}
