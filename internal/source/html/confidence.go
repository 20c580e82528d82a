package html

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// How sure a reading is, from 0 to 1: half is for text having been found at
// all, the rest for what speaks for it.
const (
	sureOfText     = .5
	titleConfirmed = .2 // <title> and a line of the page or a meta agree
	dayGiven       = .1
	longText       = .1 // as long as a news item, which lists and notices aren't
	fullSentences  = .1 // most paragraphs end like sentences

	longTextRunes = 200
)

func confidence(title headline, a news.Article) float64 {
	sure := sureOfText
	if title.confirmed {
		sure += titleConfirmed
	}
	if a.Date != "" {
		sure += dayGiven
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
		sure += longText
	}
	if 2*ended > bodies {
		sure += fullSentences
	}
	return float64(int(100*sure+.5)) / 100
}
