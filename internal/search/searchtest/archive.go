package searchtest

import (
	"fmt"
	"strings"

	"xunwen/internal/news"
)

// archive is a small archive: three newspapers with sections, reprints on other
// days, an article without a date and one without a newspaper.
func archive() []news.Article {
	papers := []string{"临江日报", "青禾晚报", "江畔周刊", ""}
	sources := []string{"新华社", "本报", ""}
	var out []news.Article
	for i := range 48 {
		a := news.Article{
			ID:          fmt.Sprintf("f%02d", i),
			Title:       fmt.Sprintf("渡口第%d班", i),
			Publication: papers[i%7%4],
			Source:      sources[i%3],
			Page:        fmt.Sprint(1 + i%11),
			PageName:    []string{"要闻", "本地"}[i%2],
			Date:        fmt.Sprintf("2026-%02d-%02d", 1+i%3, 1+i%27),
			Paragraphs: []news.Paragraph{
				{
					Text: fmt.Sprintf("渡口今天开放，第%d班船载客%d人，水位比昨天上涨%d厘米。", i, i*7, i),
					Kind: news.Body,
				},
				{
					Section: []string{"水位", "客流"}[i/2%2],
					Text:    fmt.Sprintf("据记者观察，渡口%d号泊位最忙。", i*13),
					Kind:    news.Body,
				},
				{Section: "水位", Text: fmt.Sprintf("摄影：渡口第%d班船。", i), Kind: news.Caption},
			},
		}
		if i%5 == 0 { // a reprint on another day
			a.Paragraphs[0].Text, a.Paragraphs[1].Text = wire+strings.Repeat("渡口", i%2), "渡口"+wire
		}
		if i == 17 {
			a.Date = ""
		}
		out = append(out, a)
	}
	return out
}
