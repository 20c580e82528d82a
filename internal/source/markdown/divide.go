package markdown

import (
	"regexp"
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// dispatch matches how a report of an agency or broadcaster begins.
var dispatch = regexp.MustCompile(`^\s*(?:[（(][^（）()]{2,24}(?:电|電|讯|訊|消息)[)）]|` +
	`(?:[（(][^（）()]{2,24}[)）]|[^。！？]{2,24}(?:电|電|讯|訊|消息))[\s　（(:：])`)

// divides returns the level of the headings each of which is an article, 0 if the file is one.
func divides(parts []part, title string) int {
	count, texts, dispatches := map[int]int{}, map[int]int{}, map[int]int{}
	for _, p := range parts {
		count[p.level]++
		if hanIn(p.paragraphs) > 0 {
			texts[p.level]++
			if dispatch.MatchString(p.paragraphs[0].Text + " ") {
				dispatches[p.level]++
			}
		}
	}
	if texts[1] > 1 && title == "" && texts[1]*2 > count[1] {
		return 1
	}
	if i := slices.IndexFunc(parts, func(p part) bool { return p.level == 1 }); i >= 0 && count[1] == 1 &&
		len(parts[i].paragraphs) == 0 && dayInHeading.MatchString(parts[i].heading) && texts[2] > 1 {
		return 2 // an issue of a day
	}
	for level := 1; level <= 6; level++ {
		if texts[level] > 1 && dispatches[level]*2 > texts[level] {
			return level
		}
	}
	return 0
}

func hanIn(paragraphs []news.Paragraph) int {
	n := 0
	for _, p := range paragraphs {
		for _, r := range p.Text {
			if textnorm.IsHan(r) {
				n++
			}
		}
	}
	return n
}

// dayInHeading matches the day of an issue in its heading.
var dayInHeading = regexp.MustCompile(`[(（]?\d{4}[-年./]?\d{1,2}[-月./]?\d{1,2}日?[)）]?`)

// article is the parts of one, and the headings that it is below.
type article struct {
	parts []part
	above []part
}

// divide returns the articles of a file. Headings without a text of their own that are above the
// level of articles say what these belong to; all of them are returned as well.
func divide(parts []part, level int) (articles []article, headings []part) {
	var path []part
	for _, p := range parts {
		n := len(articles)
		switch {
		case level > 0 && p.level == 0 && len(p.paragraphs) == 0:
		case level > 0 && p.level < level && len(p.paragraphs) == 0:
			headings = append(headings, p)
			for len(path) > 0 && path[len(path)-1].level >= p.level {
				path = path[:len(path)-1]
			}
			path = append(slices.Clip(path), p)
		case n > 0 && (level == 0 || p.level > level || p.level == 0):
			articles[n-1].parts = append(articles[n-1].parts, p)
		default:
			articles = append(articles, article{[]part{p}, path})
		}
	}
	return articles, headings
}
