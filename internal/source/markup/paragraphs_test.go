package markup_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/source/hantest"
	"xunwen/internal/source/markup"
)

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"一段。\n\n　二段。\r\n": "body 一段。|body 二段。",
		"<p>河上<strong>新桥</strong>通车。</p><p>“桥”&nbsp;&ldquo;长&rdquo;。</p>": "body 河上新桥通车。|body “桥” “长”。",
		"甲<br>乙<br/>丙":                            "body 甲|body 乙|body 丙",
		"一段<b>重</b>点\n二段":                         "body 一段重点|body 二段",
		"<div>一<p>二</div>三":                       "body 一|body 二|body 三",
		"<h2>过江</h2><p>十分钟。</p><p>又一段。</p>":       "[过江]body 十分钟。|[过江]body 又一段。",
		"<p><b>过江</b></p><p>十分钟。</p>":             "[过江]body 十分钟。",
		"<p><b>全文都是重点。</b></p>":                   "body 全文都是重点。",
		"<h2>甲</h2><h3>乙</h3><p>丙。</p><h2>丁</h2>": "body 甲|[乙]body 丙。|[乙]body 丁",
		"<table><tr><th>站</th><th>客</th></tr><tr><td>东</td><td><p>9</p></td></tr></table>": "table 站 客|table 东 9",
		"<figure><img src=x><figcaption>桥头</figcaption></figure><p>文。</p>":                 "caption 桥头|body 文。",
		"<script>var a='<p>假</p>'</script><style>p{}</style><p>真。</p><!-- 注 -->":           "body 真。",
		"<p>一行\n二行 a\nb</p>":       "body 一行二行 a b",
		"3 < 5，a<b，AT&T，&lt;甲&gt;": "body 3 < 5，a<b，AT&T，<甲>",
		"<甲> 书名":                   "body <甲> 书名",
		"":                         "",
		"他写下<script>三个字，<b>再</b>走。":  "body 他写下三个字，<b>再</b>走。",
		"<p>一</p><!-- 没有结束的注 二":      "body 一|body <!-- 没有结束的注 二",
		"<p>一</p><b 二":               "body 一|body <b 二",
		"<p>一<!重要>二</p><![endif]-->": "body 一<!重要>二",
		"<p>3 <b 甲 丙>2</p>":          "body 3 <b 甲 丙>2",
		"<p>写作<a甲>。</p>":             "body 写作<a甲>。",
		"<![CDATA[<p>一</p>]]>":       "body 一",
		"<script src=x /><p>一</p>":   "body <p>一</p>",
	} {
		var got []string
		for _, p := range markup.Text(text) {
			section := ""
			if p.Section != "" {
				section = "[" + p.Section + "]"
			}
			got = append(got, fmt.Sprintf("%s%s %s", section, p.Kind, p.Text))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: got %s, want %s", text, s, want)
		}
	}
}

func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		"新<b>桥</b>通车&nbsp;&mdash;&nbsp;出席": "新桥通车 — 出席", "新桥 & 老桥": "新桥 & 老桥", "a < b": "a < b",
		"新桥&amp;老桥": "新桥&老桥", "<font color=red>新桥</font>": "新桥",
	} {
		if got := strings.ReplaceAll(markup.Line(text), "\u00a0", " "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestHostile reads texts of which a tree of elements would take hours.
func TestHostile(t *testing.T) {
	for _, piece := range []string{"<b>", "<p><b><i>", "<table><tr>", "<", "<p", "&nbsp;", "<!--"} {
		markup.Paragraphs(strings.Repeat(piece, 1<<20/len(piece)))
	}
}

// FuzzText checks that nothing panics and that no Han character that isn't in a tag, comment or
// script is lost.
func FuzzText(f *testing.F) {
	f.Add("<p>河上<strong>新桥</strong>通车。</p><h2>过江</h2>&nbsp;甲<br/>乙")
	f.Add("<table><tr><th>站</th><td><p>九</p></td></tr></table><figcaption>桥头</figcaption>尾")
	f.Add("<b>甲</b>\n<li>乙<section>丙</table></tr>丁</b>")
	f.Add("<![CDATA[甲]]><!乙><丙></A丁</i>戊<b 己")
	f.Fuzz(func(t *testing.T, text string) {
		markup.Line(text)
		var kept []string
		for _, p := range markup.Text(text) {
			if strings.TrimSpace(p.Text) == "" {
				t.Errorf("%q: an empty paragraph", text)
			}
			kept = append(kept, p.Section, p.Text)
		}
		if strings.Contains(text, "<!--") || strings.Contains(text, "<?") || strings.Contains(text, "<![") ||
			hidden.MatchString(text) || !utf8.ValidString(text) || strings.ContainsAny(text, "=\"'") {
			return
		}
		if lost := hantest.Lost(tags.ReplaceAllString(text, ""), kept...); lost != "" {
			t.Errorf("%q loses %q: %q", text, lost, kept)
		}
	})
}

var (
	hidden = regexp.MustCompile(`(?i)<(?:script|style)`)
	tags   = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
)
