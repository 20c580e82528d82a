package html_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/source/html"
	"xunwen/internal/source/worktest"
)

const sentence = "<p>记者昨天从市政府新闻发布会上获悉，今年的工作已经全部完成，效果很好，市民满意。</p>"

// maxSize is just below what is read of the text of a page, in bytes.
const maxSize = 1900 << 10

// hostilePages are pages of what makes HTML parsers slow, up to a size in bytes
// and as deep as that allows.
func hostilePages(size int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	nested := func(most int, s string) string { return strings.Repeat(s, min(most, size/len(s))) }
	var open strings.Builder
	for i := range 400 {
		fmt.Fprintf(&open, "<b x%d>", i)
	}
	return map[string]string{
		"nested divs":                fill("<div>甲"),
		"text in 480 divs":           nested(480, "<div>"+strings.Repeat(sentence, 30)),
		"much text in 480 divs":      strings.Repeat("<div>", 480) + fill(sentence),
		"text in 240 divs":           nested(240, "<div>"+strings.Repeat(sentence, 16)),
		"elements that are reopened": open.String() + fill("<p>x</p>"),
		"much text":                  "<p>" + strings.Repeat("记者昨天。", 10*size/15),
		"much script":                sentence + "<script>" + strings.Repeat("var a;\n", 10*size/7) + "</script>",
		"one long tag":               sentence + "<img src='" + strings.Repeat("A", 10*size) + "'>",
		"many paragraphs":            fill(sentence),
		"many line breaks":           "<div>" + fill("甲<br>"),
		"many links":                 fill("<a href=x>甲乙丙丁</a>"),
		"many rows":                  "<table>" + fill("<tr><td>甲<td>乙"),
		"tables in tables":           nested(150, "<table><tr><td>"+sentence) + fill(sentence),
		"a title of separators":      "<title>" + fill("甲_") + "</title>" + sentence,
		"a title without end":        "<title>" + fill("_"),
		"a comment without end":      sentence + "<!--" + fill("-"),
		"lists in JSON-LD": "<script type=application/ld+json>" + strings.Repeat(
			"[",
			size/2,
		) + "</script>" + sentence,
		"days":                        "<p>" + fill("2019-09-09 "),
		"forms that are not closed":   fill("<select><div>甲"),
		"nothing but opening angles":  fill("<"),
		"attributes without elements": "<meta " + fill("a=b ") + ">" + sentence,
	}
}

// TestHostilePages reads each page at its full size.
func TestHostilePages(t *testing.T) {
	for name, page := range hostilePages(maxSize) {
		t.Run(name, func(t *testing.T) {
			a, err := html.Parse(page)
			check(t, a.Title, err)
		})
	}
}

// TestLinear requires that the work of reading a page grows with its size.
func TestLinear(t *testing.T) {
	const small, large = maxSize / 16, maxSize / 4
	counter := worktest.NewCounter(t, "TestReadHostile",
		"xunwen/internal/source/html", "golang.org/x/net/html", "regexp")
	for _, name := range slices.Sorted(maps.Keys(hostilePages(0))) {
		t.Run(name, func(t *testing.T) { counter.Linear(t, name, small, large) })
	}
}

// TestReadHostile is what TestLinear counts.
func TestReadHostile(t *testing.T) {
	name, size := worktest.Case(t)
	page := hostilePages(size)[name]
	worktest.Allocated(t, func() {
		if a, err := html.Parse(page); err == nil {
			check(t, a.Title, err)
		}
	})
}

// check requires of every outcome an article or a reason, in UTF-8.
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
	pages := hostilePages(maxSize)
	for _, name := range []string{"much script", "one long tag", "lists in JSON-LD"} {
		a, err := html.Parse(pages[name])
		if err != nil || len(a.Paragraphs) != 1 {
			t.Errorf("%s: %d paragraphs, %v", name, len(a.Paragraphs), err)
		}
	}
}
