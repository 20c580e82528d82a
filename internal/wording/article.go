package wording

// Article is what the page of an article says.
type Article struct {
	Back             string
	ThisPage         string // link to the page that it stood on
	Source, Original string
	Beside           string // of what stands beside the article
	Contents         string // what of it can be jumped to
	Sections         string
	Matches          string
	MatchesIn        string // of the links to matching paragraphs
	Before, After    string // the match before and after, with their keys
	Keys             string // whether those keys work
	Copies, Similar  string
	Related          string // of both
	Cite, Copy       string
	Copied           string
	PrintForm        string // of a citation
	OnlineForm       string
}

func newArticle(say pick) Article {
	return Article{
		Back:       say("← 返回结果", "← Back to the results"),
		ThisPage:   say("浏览本版", "Browse this page"),
		Source:     say("来源：", "Source: "),
		Original:   say("原文", "Original"),
		Beside:     say("本篇", "This article"),
		Sections:   say("小标题", "Sections"),
		Matches:    say("匹配", "Matches"),
		MatchesIn:  say("匹配的段落", "Paragraphs that match"),
		Contents:   say("目录", "Contents"),
		Before:     say("上一处匹配（p 键）", "Previous match (key p)"),
		After:      say("下一处匹配（n 键）", "Next match (key n)"),
		Keys:       say("单键快捷键 n、p、/", "Single-key shortcuts n, p, /"),
		Related:    say("相关稿件", "Related articles"),
		Cite:       say("引用", "Cite"),
		Copy:       say("复制", "Copy"),
		Copied:     say("已复制", "Copied"),
		PrintForm:  say("报纸", "In print"),
		OnlineForm: say("网络", "Online"),
		Copies:     say("其他版本", "Other versions"),
		Similar:    say("相似报道", "Similar articles"),
	}
}

// Times is a number of matches.
func (w *Words) Times(n int) string { return Grouped(n) + w.pick(" 处", "×") }

// Matches says how many matches an article has.
func (w *Words) Matches(n int) string {
	return w.pick(Grouped(n)+" 处匹配", counted(n, "match", "matches"))
}

// MatchOf says which match is shown, # standing for its number.
func (w *Words) MatchOf(n int) string {
	return w.pick("第 # 处匹配，共 "+Grouped(n)+" 处", "Match # of "+Grouped(n))
}

// MoreArticles says how many there are besides those listed.
func (w *Words) MoreArticles(n int) string {
	return w.pick("另有 "+Grouped(n)+" 篇", Grouped(n)+" more")
}
