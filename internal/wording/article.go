package wording

// Article is what the page of an article says.
type Article struct {
	Back             string
	ThisPage         string // link to the page that it stood on
	Source, Original string
	Beside           string // of what stands beside the article
	Sections         string
	Matches          string
	MatchesIn        string // of the links to matching paragraphs
	Copies, Similar  string
}

func newArticle(say pick) Article {
	return Article{
		Back:      say("← 返回结果", "← Back to the results"),
		ThisPage:  say("浏览本版", "Browse this page"),
		Source:    say("来源：", "Source: "),
		Original:  say("原文", "Original"),
		Beside:    say("本篇", "This article"),
		Sections:  say("小标题", "Sections"),
		Matches:   say("匹配", "Matches"),
		MatchesIn: say("匹配的段落", "Paragraphs that match"),
		Copies:    say("其他版本", "Other versions"),
		Similar:   say("相似报道", "Similar articles"),
	}
}

// Times is a number of matches.
func (w *Words) Times(n int) string { return Grouped(n) + w.pick(" 处", "×") }

// MoreArticles says how many there are besides those listed.
func (w *Words) MoreArticles(n int) string {
	return w.pick("另有 "+Grouped(n)+" 篇", Grouped(n)+" more")
}
