package page

import (
	"strings"
	"time"
	"unicode/utf8"

	"xunwen/internal/news"
)

// candidates returns queries that show an operator, the best first. Most of them find
// at least the article that they are made from.
func (s *archiveSample) candidates(o operator) []exampleQuery {
	switch o {
	case exactPhrase:
		return s.phrases()
	case inTitle:
		return s.each(func(word string) exampleQuery { return exampleQuery{"标题：" + word, "title:" + word} })
	case inFields:
		return s.fields()
	case wordPrefix:
		return s.prefixes()
	}
	var out []exampleQuery
	for _, p := range s.pairs() {
		out = append(out, s.ofPair(o, p)...)
	}
	return out
}

// pair is two words of one title, the better one first.
type pair struct {
	first, second string
	article       news.Article
}

// pairs returns pairs of words, the best words first: for each word the first
// article that has another in its title.
func (s *archiveSample) pairs() []pair {
	var out []pair
	for _, first := range s.words {
		for _, second := range s.words {
			if strings.Contains(first.text, second.text) || strings.Contains(second.text, first.text) {
				continue
			}
			if a, ok := s.withTitle(first.text, second.text); ok {
				out = append(out, pair{first.text, second.text, a})
				break
			}
		}
		if len(out) == maxTries {
			break
		}
	}
	return out
}

// withTitle returns the newest article with both words in its title.
func (s *archiveSample) withTitle(first, second string) (news.Article, bool) {
	for _, a := range s.articles {
		if strings.Contains(a.Title, first) && strings.Contains(a.Title, second) {
			return a, true
		}
	}
	return news.Article{}, false
}

// other returns the best word that is not in an article's title.
func (s *archiveSample) other(a news.Article) (string, bool) {
	for _, w := range s.words {
		if !strings.Contains(a.Title, w.text) {
			return w.text, true
		}
	}
	return "", false
}

// ofPair returns the queries for an operator that takes two words or a date.
func (s *archiveSample) ofPair(o operator, p pair) []exampleQuery {
	other, hasOther := s.other(p.article)
	day, err := time.Parse(news.DateLayout, p.article.Date)
	switch {
	case o == bothWords:
		return plain(p.first + " " + p.second)
	case o == nearWords:
		return plain(`"` + p.first + " " + p.second + `"~10`)
	case o == eitherWord && hasOther:
		return plain(p.first + " OR " + other)
	case o == withoutWord:
		return plain(p.first + " -" + p.second)
	case o == groupedWords && hasOther:
		return plain("(" + p.first + " OR " + other + ") " + p.second)
	case o == inMonth && err == nil:
		return dated(p.first, day.Format("2006-01"))
	case o == inDays && err == nil:
		from, to := day.AddDate(0, 0, -1), day.AddDate(0, 0, 1)
		return dated(p.first, from.Format(news.DateLayout)+".."+to.Format(news.DateLayout))
	}
	return nil
}

// plain returns a query that is the same in both languages.
func plain(text string) []exampleQuery { return []exampleQuery{{text, text}} }

func dated(word, date string) []exampleQuery {
	return []exampleQuery{{word + " 日期：" + date, word + " date:" + date}}
}

// each returns a query for each of the best words.
func (s *archiveSample) each(make func(word string) exampleQuery) []exampleQuery {
	var out []exampleQuery
	for _, w := range s.words[:min(len(s.words), maxTries)] {
		out = append(out, make(w.text))
	}
	return out
}

// maxPhraseRunes keeps a phrase short enough for a line on a phone.
const maxPhraseRunes = 12

// phrases returns the parts of titles from one word of a pair to the other, then
// single words.
func (s *archiveSample) phrases() []exampleQuery {
	var out []exampleQuery
	quoted := func(text string) exampleQuery { return exampleQuery{"“" + text + "”", "“" + text + "”"} }
	for _, p := range s.pairs() {
		title := p.article.Title
		i, j := strings.Index(title, p.first), strings.Index(title, p.second)
		phrase := title[min(i, j):max(i+len(p.first), j+len(p.second))]
		if utf8.RuneCountInString(phrase) <= maxPhraseRunes && !strings.ContainsAny(phrase, quotes) {
			out = append(out, quoted(phrase))
		}
	}
	return append(out, s.each(quoted)...)
}

// quotes are the characters that end a phrase.
const quotes = "\"“”「」"

// fields returns queries for the newspaper and the page name of an article, then
// queries for a newspaper or a source alone.
func (s *archiveSample) fields() []exampleQuery {
	var two, one []exampleQuery
	for _, a := range s.articles {
		publication, page, source := fieldValue(a.Publication), fieldValue(a.PageName), fieldValue(a.Source)
		switch {
		case publication != "" && page != "":
			two = append(two, exampleQuery{
				chinese: "报纸：" + publication + " 版名：" + page,
				english: "publication:" + publication + " page_name:" + page,
			})
		case publication != "":
			one = append(one, exampleQuery{"报纸：" + publication, "publication:" + publication})
		case source != "":
			one = append(one, exampleQuery{"来源：" + source, "source:" + source})
		}
	}
	return append(two[:min(len(two), maxTries/2)], one...)
}

// fieldValue returns a field's value, quoted if necessary, or "" if it is too long for
// an example or can't be quoted.
func fieldValue(value string) string {
	const maxRunes = 12
	if utf8.RuneCountInString(value) > maxRunes || strings.ContainsAny(value, quotes) {
		return ""
	}
	if strings.ContainsAny(value, " \t\n　()（）|*:：") {
		return "“" + value + "”"
	}
	return value
}

// prefixes returns the beginnings of runs of letters and digits.
func (s *archiveSample) prefixes() []exampleQuery {
	var out []exampleQuery
	for _, run := range s.runs {
		out = append(out, plain(run[:len(run)-1]+"*")...)
	}
	return out
}
