package html_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"xunwen/internal/source/html"
)

const sentence = "<p>记者昨天从市政府新闻发布会上获悉，今年的工作已经全部完成，效果很好，市民满意。</p>"

// hostilePages are as large or as deep as a page may come, and what makes parsers
// of HTML slow.
func hostilePages() map[string]string {
	const size = 1900 << 10 // just below what is read
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	var open strings.Builder
	for i := range 400 {
		fmt.Fprintf(&open, "<b x%d>", i)
	}
	return map[string]string{
		"100,000 nested divs":         strings.Repeat("<div>甲", 100_000),
		"text in 480 divs":            strings.Repeat("<div>"+strings.Repeat(sentence, 30), 480),
		"much text in 480 divs":       strings.Repeat("<div>", 480) + fill(sentence),
		"text in 240 divs":            strings.Repeat("<div>"+strings.Repeat(sentence, 16), 240),
		"elements that are reopened":  open.String() + strings.Repeat("<p>x</p>", 200_000),
		"20 MB of text":               "<p>" + strings.Repeat("记者昨天。", 20<<20/15),
		"20 MB of script":             sentence + "<script>" + strings.Repeat("var a;\n", 20<<20/7) + "</script>",
		"20 MB in one tag":            sentence + "<img src='" + strings.Repeat("A", 20<<20) + "'>",
		"many paragraphs":             fill(sentence),
		"many line breaks":            "<div>" + fill("甲<br>"),
		"many links":                  fill("<a href=x>甲乙丙丁</a>"),
		"many rows":                   "<table>" + fill("<tr><td>甲<td>乙"),
		"tables in tables":            strings.Repeat("<table><tr><td>"+sentence, 150) + fill(sentence),
		"a title of separators":       "<title>" + fill("甲_") + "</title>" + sentence,
		"a title without end":         "<title>" + fill("_"),
		"a comment without end":       sentence + "<!--" + fill("-"),
		"lists in JSON-LD":            "<script type=application/ld+json>" + strings.Repeat("[", 1<<20) + "</script>" + sentence,
		"days":                        "<p>" + fill("2019-09-09 "),
		"forms that are not closed":   fill("<select><div>甲"),
		"nothing but opening angles":  fill("<"),
		"attributes without elements": "<meta " + fill("a=b ") + ">" + sentence,
	}
}

// patience is how long a page may take. The worst takes half a second; the race
// detector makes it ten times that, and other tests run beside this one.
const patience = 15 * time.Second

func TestHostilePagesEnd(t *testing.T) {
	for name, page := range hostilePages() {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			a, err := html.Parse(page)
			if took := time.Since(start); took > patience {
				t.Errorf("%d KB took %v", len(page)>>10, took)
			}
			check(t, a.Title, err)
		})
	}
}

// check holds what is true of every outcome: an article or a reason, in UTF-8.
func check(t *testing.T, title string, err error) {
	t.Helper()
	var none *html.NoArticleError
	if err != nil && (!errors.As(err, &none) || none.Reason == "") {
		t.Errorf("an error without a reason: %v", err)
	}
	if !utf8.ValidString(title) {
		t.Errorf("title %q is not UTF-8", title)
	}
}

func TestLargeScriptsDoNotHideTheArticle(t *testing.T) {
	pages := hostilePages()
	for _, name := range []string{"20 MB of script", "20 MB in one tag", "lists in JSON-LD"} {
		a, err := html.Parse(pages[name])
		if err != nil || len(a.Paragraphs) != 1 {
			t.Errorf("%s: %d paragraphs, %v", name, len(a.Paragraphs), err)
		}
	}
}
