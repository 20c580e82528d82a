package wording

// Article holds the texts of an article's page.
type Article struct {
	Back                     string
	BrowsePage               string // link to the newspaper page it was printed on
	Source, Original         string
	InThisArticle            string // label of the column next to the article
	Contents                 string
	Sections                 string
	Matches                  string
	MatchingParagraphs       string // label of the links to matching paragraphs
	PreviousMatch, NextMatch string // previous and next match, with their keys
	Keys                     string // label of the switch for single-key shortcuts
	NearDuplicates, Similar  string
	Related                  string // label of both
	Beginning, Rest          string // of a long text, links
	Cite, Copy               string
	Copied                   string
	PrintForm                string // of a citation
	OnlineForm               string
	CitationFiles            string // label of the links to files with the citation
}

func newArticle(text translator) Article {
	return Article{
		Back:               text("← 返回结果", "← Back to results"),
		BrowsePage:         text("浏览本版", "Browse this page"),
		Source:             text("来源：", "Source: "),
		Original:           text("原文", "Original"),
		InThisArticle:      text("本篇", "In this article"),
		Sections:           text("小标题", "Sections"),
		Matches:            text("匹配", "Matches"),
		MatchingParagraphs: text("匹配的段落", "Matching paragraphs"),
		Contents:           text("目录", "Contents"),
		PreviousMatch:      text("上一处匹配（p 键）", "Previous match (p)"),
		NextMatch:          text("下一处匹配（n 键）", "Next match (n)"),
		Keys:               text("单键快捷键 n、p、/", "Single-key shortcuts n, p, /"),
		Related:            text("相关稿件", "Related articles"),
		Beginning:          text("从头看", "From the beginning"),
		Rest:               text("后文 →", "Continue →"),
		Cite:               text("引用", "Cite"),
		Copy:               text("复制", "Copy"),
		Copied:             text("已复制", "Copied"),
		PrintForm:          text("报纸", "Print"),
		OnlineForm:         text("网络", "Online"),
		CitationFiles:      text("文件", "Files"),
		NearDuplicates:     text("相同稿件", "Near-duplicates"),
		Similar:            text("相似报道", "Similar articles"),
	}
}

// Times returns a number of matches.
func (w *Words) Times(n int) string { return Grouped(n) + w.text(" 处", "×") }

// Matches returns how many matches an article has.
func (w *Words) Matches(n int) string {
	return w.text(Grouped(n)+" 处匹配", counted(n, "match", "matches"))
}

// MatchOf announces the current match; # stands for its number.
func (w *Words) MatchOf(n int) string {
	return w.text("第 # 处匹配，共 "+Grouped(n)+" 处", "Match # of "+Grouped(n))
}

// MorePublications returns how many more newspapers there are than are listed.
func (w *Words) MorePublications(n int) string {
	return w.text("另有 "+Grouped(n)+" 份报纸", Grouped(n)+" more")
}

// MoreArticles returns how many more articles there are than are listed.
func (w *Words) MoreArticles(n int) string {
	return w.text("另有 "+Grouped(n)+" 篇", Grouped(n)+" more")
}
