package page

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

const helpPath = "/help"

// helpPage explains by example what queries can say and what the pages do.
type helpPage struct {
	frame
	Examples []example
	Fields   []fieldNames
	Keys     []example
	Typed    []string // ways to type a word, by characters and by pinyin
}

// fieldNames are the names of a field in the query language.
type fieldNames struct{ Chinese, English string }

var queryFields = []fieldNames{
	{"标题", "title"},
	{"导语", "lead"},
	{"小标题", "section"},
	{"来源", "source"},
	{"作者", "byline"},
	{"报纸", "publication"},
	{"版次", "page"},
	{"版名", "page_name"},
	{"日期", "date"},
	{"字数", "length"},
}

func (s *Site) serveHelp(c *gin.Context) error {
	w := s.words.of(c.Request)
	set, finished := s.examples.Get(c.Request.Context())
	if !finished {
		leaveOut(c, partExamples)
	}
	return s.writePage(c, http.StatusOK, "help", helpPage{
		frame:    s.paperFrame(c.Request, w.Title(w.Help.Title), w.Help.About),
		Examples: listExamples(set, w, helpOperators),
		Fields:   queryFields,
		Keys: []example{
			{Text: "/", Means: w.Help.SlashKey},
			{Text: "Esc", Means: w.Help.EscapeKey},
			{Text: "↑ ↓ ← →", Means: w.Help.ArrowKeys},
			{Text: "Shift ← →", Means: w.Help.ShiftArrowKeys},
			{Text: "n p", Means: w.Help.MatchKeys},
		},
		Typed: set.Typed,
	})
}
