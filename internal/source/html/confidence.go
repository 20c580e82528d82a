package html

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// sureness is the confidence of members, 0 to 1.
type sureness struct{ title, date float64 }

// Shares of the members in the confidence of an article, which add up to 1. The text
// counts most.
const (
	textShare  = 0.6
	titleShare = 0.25
	dateShare  = 0.15

	// Parts of the confidence in the text.
	textFound     = 0.5
	longText      = 0.25 // as long as a news item, unlike lists and notices
	fullSentences = 0.25 // most paragraphs end like sentences

	longTextRunes = 200
	sure          = 0.7 // a member with this confidence counts in full
)

func confidence(s sureness, a news.Article) float64 {
	text := textFound
	runes, ended, bodies := 0, 0, 0
	for _, p := range a.Paragraphs {
		if p.Kind != news.Body {
			continue
		}
		bodies++
		runes += utf8.RuneCountInString(p.Text)
		if last, _ := utf8.DecodeLastRuneInString(p.Text); strings.ContainsRune("。！？…”」）", last) {
			ended++
		}
	}
	if runes >= longTextRunes {
		text += longText
	}
	if 2*ended > bodies {
		text += fullSentences
	}
	score := textShare*text + titleShare*min(1, s.title/sure) + dateShare*min(1, s.date/sure)
	return float64(int(100*score+0.5)) / 100
}
