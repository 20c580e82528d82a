package page

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

const helpPath = "/help"

// helpPage says by example what can be written and what the pages do.
type helpPage struct {
	frame
	Examples []example
	Fields   []fieldNames
	Keys     []example
	Begun    []string // words that are begun, by characters and by pinyin
}

// example is something to write and what it means. Its link is "" where it is
// no query.
type example struct{ Text, Means, Link string }

// fieldNames are the names of a field in the query language.
type fieldNames struct{ Chinese, English string }

func (s *Site) serveHelp(c *gin.Context) error {
	w := s.words.of(c.Request)
	page := helpPage{
		frame:    s.paperFrame(c.Request, w.Title(w.Help.Title), w.Help.About),
		Examples: examples(w),
		Fields: []fieldNames{{"标题", "title"}, {"小标题", "section"}, {"来源", "source"}, {"作者", "byline"}, {"报纸", "publication"},
			{"版次", "page"}, {"版名", "page_name"}, {"日期", "date"}},
		Keys:  []example{{Text: "/", Means: w.Help.Slash}, {Text: "Esc", Means: w.Help.Escape}, {Text: "↑ ↓ ← →", Means: w.Help.Arrows}, {Text: "Shift ← →", Means: w.Help.Shift}, {Text: "n p", Means: w.Help.NextMatch}},
		Begun: []string{"航天", "hangtian", "htian", "ht"},
	}
	return s.writePage(c, http.StatusOK, "help", page)
}

func examples(w *wording.Words) []example {
	out := []example{
		{Text: "北约 东扩", Means: w.Home.Both},
		{Text: "“北约东扩”", Means: w.Home.Exact},
		{Text: "北约 OR 欧盟", Means: w.Home.Either},
		{Text: "北约 -乌克兰", Means: w.Home.Without},
		{Text: "(北约 OR 欧盟) 对话", Means: w.Help.Grouped},
		{Text: "标题：对话", Means: w.Home.InTitle},
		{Text: "来源：新华社 版名：国际", Means: w.Help.InField},
		{Text: "对话 日期：2022-01", Means: w.Home.InDate},
		{Text: "对话 日期：2022-01-10..2022-01-12", Means: w.Help.InDays},
		{Text: `"俄罗斯 北约"~10`, Means: w.Help.Near},
		{Text: "C91*", Means: w.Help.Star},
	}
	for i := range out {
		out[i].Link = param.Search{By: search.ByArticle, Sort: search.ByRelevance, Size: param.DefaultSize}.WithText(out[i].Text).Results()
	}
	return out
}
