package html

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// Parts of the confidence, which add up to 1: half is for having found text, the
// rest for evidence that it is an article.
const (
	textFound      = 0.5
	titleConfirmed = 0.2 // <title> and a line of the page or a meta agree
	dateFound      = 0.1
	longText       = 0.1 // as long as a news item, unlike lists and notices
	fullSentences  = 0.1 // most paragraphs end like sentences

	longTextRunes = 200
)

func confidence(title headline, a news.Article) float64 {
	score := textFound
	if title.confirmed {
		score += titleConfirmed
	}
	if a.Date != "" {
		score += dateFound
	}
	runes, ended, bodies := 0, 0, 0
	for _, p := range a.Paragraphs {
		if p.Kind != news.Body {
			continue
		}
		bodies++
		runes += utf8.RuneCountInString(p.Text)
		if last, _ := utf8.DecodeLastRuneInString(p.Text); strings.ContainsRune("。！？…”）", last) {
			ended++
		}
	}
	if runes >= longTextRunes {
		score += longText
	}
	if 2*ended > bodies {
		score += fullSentences
	}
	return float64(int(100*score+0.5)) / 100
}
