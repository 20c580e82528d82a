package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/net/html"
)

// chineseOutside returns the texts of a page that contain Chinese characters outside
// an element marked as Chinese. A title, a description and a reader's own input
// can't be marked.
func chineseOutside(n *html.Node, isChinese bool) []string {
	if n.Type == html.ElementNode {
		if n.Data == "title" || n.Data == "meta" || n.Data == "script" {
			return nil
		}
		for _, a := range n.Attr {
			if a.Key == "lang" {
				isChinese = strings.HasPrefix(a.Val, "zh")
			}
		}
	}
	var out []string
	texts := []string{}
	if n.Type == html.TextNode {
		texts = append(texts, n.Data)
	}
	for _, a := range n.Attr {
		if a.Key == "placeholder" || a.Key == "title" {
			texts = append(texts, a.Val)
		}
	}
	for _, text := range texts {
		if !isChinese && strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			out = append(out, strings.TrimSpace(text))
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = append(out, chineseOutside(c, isChinese)...)
	}
	return out
}

// TestEnglishPages checks that a page in English is English throughout and marks
// newspaper text as Chinese.
func TestEnglishPages(t *testing.T) {
	base := serveSamples(t)
	for name, path := range states {
		if name == "api" { // its description has the Chinese terms next to the English ones
			continue
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+encode(path), nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Language", "en")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range chineseOutside(doc, false) {
			t.Errorf("%s: Chinese text on the English page: %q", name, text)
		}
	}
}

// TestLanguageLink switches to English and back on a page of results.
func TestLanguageLink(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	const address = "/search?q=青禾大桥&by=paragraph&sort=newest#list"
	do(t, ctx, chromedp.Navigate(base+encode(address)))
	for _, want := range []string{"en", "zh-CN"} {
		tabTo(t, ctx, "#language")
		do(t, ctx, chromedp.KeyEvent(kb.Enter),
			chromedp.WaitVisible(chromedp.CSS(fmt.Sprintf("html[lang=%q] .hits", want))))
		if got := path(t, ctx); got != address {
			t.Errorf("in %s the page is at %s", want, got)
		}
	}
}
