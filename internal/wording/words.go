package wording

// Slot marks, in a text, where printed text or the reader's query goes.
const Slot = "%s"

// Words holds the texts of all pages in one language.
type Words struct {
	Language Language
	Site     Site
	Home     Home
	Results  Results
	Places   Places
	Filters  Filters
	Article  Article
	Browse   Browse
	Compare  Compare
	Story    Story
	Batch    Batch
	API      API
	Problems Problems
	Help     Help
	SignIn   SignIn

	Understood Understood

	text translator
}

// translator returns whichever of two translations is in its language.
type translator func(chinese, english string) string

// In returns the words in a language.
func In(l Language) *Words {
	text := func(chinese, english string) string {
		if l == English {
			return english
		}
		return chinese
	}
	return &Words{
		Language: l,
		Site:     newSite(text),
		Home:     newHome(text),
		Results:  newResults(text),
		Places:   newPlaces(text),
		Filters:  newFilters(text),
		Article:  newArticle(text),
		Browse:   newBrowse(text),
		Compare:  newCompare(text),
		Story:    newStory(text),
		Batch:    newBatch(text),
		API:      newAPI(text),
		Problems: newProblems(text),
		Help:     newHelp(text),
		SignIn:   newSignIn(text),

		Understood: newUnderstood(text),

		text: text,
	}
}

// Site holds the texts around every page's content.
type Site struct {
	Name            string // in page titles
	About           string // what the site is for
	Home            string // label of the name in the header
	Skip            string
	Navigation      string // label of the links in the header
	Browse          string
	Theme           string // label of the button for dark mode
	ThemeTip        string
	Search          string
	Query           string // label of the search box
	QueryHint       string
	Feed            string
	Completions     string
	CompletionCount string // with # for their number
	Untitled        string
}

func newSite(text translator) Site {
	return Site{
		Name:            text("寻闻", "Xunwen"),
		About:           text("在中文报纸里找一句话、一个名字、一件事。", "Search Chinese newspapers for a phrase, a name or an event."),
		Home:            text("寻闻，首页", "寻闻 Xunwen, home"),
		Skip:            text("跳到正文", "Skip to content"),
		Navigation:      text("网站", "Site"),
		Browse:          text("浏览", "Browse"),
		Theme:           text("切换深色和浅色", "Dark mode"),
		ThemeTip:        text("深色 / 浅色", "Dark / light"),
		Search:          text("搜索", "Search"),
		Query:           text("搜索词", "Search query"),
		QueryHint:       text("词、名字，或加引号的原文", "Words or “a phrase”"),
		Completions:     text("补全", "Suggestions"),
		CompletionCount: text("# 个补全，用上下键选", "# suggestions; use the arrow keys to choose"),
		Feed:            text("订阅", "Feed"),
		Untitled:        text("（无题）", "(untitled)"),
	}
}

// Title returns a page's title with the site's name.
func (w *Words) Title(page string) string { return page + " · " + w.Site.Name }

// Other returns the language that the pages can be switched to.
func (w *Words) Other() Language {
	if w.Language == English {
		return Chinese
	}
	return English
}

// OtherName returns what that language calls itself.
func (w *Words) OtherName() string { return w.text("English", "中文") }

// OtherShort returns a short sign for it.
func (w *Words) OtherShort() string { return w.text("EN", "中文") }

// Home holds the texts of the home page: what the operators of a query mean.
type Home struct {
	BothWords, ExactPhrase, EitherWord, WithoutWord, InTitle, InPeriod string
}

func newHome(text translator) Home {
	return Home{
		BothWords:   text("两个词都有", "both words"),
		ExactPhrase: text("原文就是这几个字", "this exact phrase"),
		EitherWord:  text("有一个就行", "either word"),
		WithoutWord: text("有前者，没有后者", "the first, not the second"),
		InTitle:     text("只在标题里找", "in titles only"),
		InPeriod:    text("某日、某月、某年", "day, month or year"),
	}
}

// API holds the texts around the API's English description.
type API struct {
	Title, About, Description                                string
	Contents, Parameters, Parameter, Type, Meaning, Required string
	Schemas, Member, Optional                                string
}

func newAPI(text translator) API {
	return API{
		Title:       text("接口", "API"),
		About:       text("寻闻的 JSON 接口、订阅和导出。", "Xunwen’s JSON API, feeds and exports."),
		Description: text("给程序读的同一份说明：", "Machine-readable: "),
		Contents:    text("目录", "Contents"),
		Parameters:  text("参数", "Parameters"),
		Parameter:   text("参数", "Parameter"),
		Type:        text("类型", "Type"),
		Meaning:     text("说明", "Description"),
		Required:    text("必填", "required"),
		Schemas:     text("数据类型", "Types"),
		Member:      text("成员", "Member"),
		Optional:    text("可缺", "optional"),
	}
}
