package source_test

import (
	"strings"
	"testing"

	"xunwen/internal/source"
)

// Paragraphs longer than a line of any paper.
const (
	longOpened = "柳河新桥昨天上午九时正式通车，附近居民过江只要十分钟，比从前绕行老桥快了半个小时，公交公司也为新桥开通了两条线路，首末班车都延长到晚上十点半。"
	longWalked = "市民代表走上桥面，有人带来了三十年前渡口的照片，照片里的船工如今在桥上的养护队上班，他说每天早晨最先上桥的是送孩子上学的人，然后是去菜市场的人。"
)

func TestReadTexts(t *testing.T) {
	labelled := "新桥通车\n作者：周舟;李涛  时间：2024-03-05\n\n\n　　" + opened + "\n　　本报记者　周　舟\n\n　　" + walked +
		"\n\n老桥封闭检修\n时间：2024-03-06\n　　" + walked + "\n"
	want := []string{"新桥通车,2024-03-05,周舟 李涛,,,," + opened + "|本报记者　周　舟|" + walked,
		"老桥封闭检修,2024-03-06,,,,," + walked}
	formatCases{
		{name: "titles with author and day", file: "a.txt", content: labelled, want: want},
		{name: "in GB18030 with other line ends", file: "a.txt",
			content: inGB(t, strings.ReplaceAll(labelled, "\n", "\r\n")), want: want},
		{name: "compressed, without a name", file: "a", content: gz(t, labelled), want: want},
		{name: "a label on each line", file: "a.txt",
			content: "标题：新桥通车\n作者：记者 周舟\n来源：柳河日报\n发布时间：2024年3月5日 08:30\n正文：\n" + opened + "\n" + walked +
				"\n\n标题：老桥\n时间：2024-03-06\n内容：" + walked + "\n",
			want: []string{"新桥通车,2024-03-05,周舟,柳河日报,,," + opened + "|" + walked, "老桥,2024-03-06,,,,," + walked}},
		{name: "a day and a source", file: "a.txt",
			content: "新桥通车\n2024-03-05 08:30 来源：柳河日报 作者：周舟\n" + opened + "\n" + walked + "\n",
			want:    []string{"新桥通车,2024-03-05,周舟,柳河日报,,," + opened + "|" + walked}},
		{name: "labels in a text", file: "a.txt",
			content: "新桥通车\n时间：2024-03-05\n" + opened + "\n时间：下周二\n地点：柳河\n" + walked + "\n",
			want:    []string{"新桥通车,2024-03-05,,,,," + opened + "|时间：下周二|地点：柳河|" + walked}},
		{name: "one article of a category", file: "时政/12.txt",
			content: "新桥通车\n　　" + longOpened + "\n过江十分钟\n　　" + longWalked + "\n　　" + longOpened + "\n",
			want:    []string{"新桥通车,,,,,时政," + longOpened + "|[过江十分钟]" + longWalked + "|[过江十分钟]" + longOpened}},
		{name: "a day and the title in its name", file: "2024-03-05 09:37:49@新桥通车第一天.txt",
			content: "新桥通车第一天\n" + longOpened + longWalked + "\n",
			want:    []string{"新桥通车第一天,2024-03-05,,,,," + longOpened + longWalked}},
		{
			name:    "the title only in its name",
			file:    "20240305_新桥通车第一天.txt",
			content: longOpened + "\n" + longWalked + "\n",
			want:    []string{"新桥通车第一天,2024-03-05,,,,," + longOpened + "|" + longWalked},
		},
		{
			name:    "a title and paragraphs",
			file:    "a.txt",
			content: "新桥通车\n\n本报记者 周　舟\n\n" + longOpened + "\n\n" + longWalked,
			want:    []string{"新桥通车,,周舟,,,," + longOpened + "|" + longWalked},
		},
		{name: "decoded wrongly", file: "a.txt", content: "鏂版ˉ閫氳溅\n鏌虫渤鏂版ˉ鏄ㄥぉ涓婂崍閫氳溅锛屽眳姘戣繃姹熷彧瑕佸崄鍒嗛挓銆俓n",
			want: []string{"a.txt:1: decoded in the wrong encoding before (GBK instead of UTF-8): " +
				"get the bytes again, or encode the text as GBK and read that"}},
	}.run(t)
}

func TestReadMarkdown(t *testing.T) {
	formatCases{
		{name: "front matter", file: "a.md",
			content: "---\ntitle: 新桥通车\ndate: 2024-03-05T08:30:00+08:00\nauthor: 周舟\ntags: [桥]\n---\n\n# 新桥通车\n\n**本报讯** " +
				opened + "\n\n## 过江\n\n" + walked + "\n[老桥](https://n.example/2)还在。\n\n[原文](https://n.example/1)\n",
			want: []string{"新桥通车,2024-03-05,周舟,,https://n.example/1,,本报讯 " + opened + "|[过江]" + walked + "老桥还在。"}},
		{name: "TOML", file: "a.md", content: "+++\ntitle = \"新桥通车\"\ndate = 2024-03-05\n+++\n" + opened,
			want: []string{"新桥通车,2024-03-05,,,,," + opened}},
		{
			name:    "a heading",
			file:    "a.markdown",
			content: "新桥通车\n====\n\n" + opened + "\n\n- 一\n- 二\n\n| 站 | 客 |\n|---|---|\n| 东 | 9 |\n",
			want:    []string{"新桥通车,,,,,," + opened + "|一|二|站 客|东 9"},
		},
		{name: "several articles", file: "a.md", content: "# 新桥\n\n" + opened + "\n\n# 老桥\n\n" + walked,
			want: []string{"新桥,,,,,," + opened, "老桥,,,,,," + walked}},
		{name: "dispatches of a day", file: "a.md",
			content: "# 柳河播报 (20240305)\n\n## 要闻\n\n### 新桥\n\n<p><strong>柳河台消息</strong>（播报）：" + opened + "</p>\n\n### 老桥\n\n柳河台消息（播报）：" + walked,
			want:    []string{"新桥,2024-03-05,,,,要闻,柳河台消息（播报）：" + opened, "老桥,2024-03-05,,,,要闻,柳河台消息（播报）：" + walked}},
		{name: "a text named as Markdown", file: "a.md", content: "新桥通车\n作者：周舟 时间：2024-03-05\n" + opened,
			want: []string{"新桥通车,2024-03-05,周舟,,,," + opened}},
		{name: "labels below the title", file: "a.md",
			content: "# 新桥通车\n\n> 作者：周舟  \n> 时间：2024-03-05\n\n来源：柳河日报 编辑：李华\n\n" + opened + "\n\n时间：下周二\n",
			want:    []string{"新桥通车,2024-03-05,周舟,柳河日报,,," + opened + "|时间：下周二"}},
		{name: "labels that say otherwise", file: "a.md",
			content: "---\ntitle: 新桥通车\nauthors:\n  - name: 周舟\n---\n作者：李华\n\n" + opened + "\n",
			want:    []string{"新桥通车,,周舟,,,,作者：李华|" + opened}},
		{name: "HTML in Markdown", file: "a.md", content: "<h1>新桥通车</h1>\n\n" + opened + "\n",
			want: []string{"新桥通车,,,,,," + opened}},
		{name: "an issue", file: "a.md", content: "# 柳河日报 2024年3月5日\n\n## 新桥\n\n" + opened + "\n\n## 老桥\n\n" + walked,
			want: []string{"新桥,2024-03-05,,,,," + opened, "老桥,2024-03-05,,,,," + walked}},
		{name: "without headings", file: "a.md", content: "新桥通车\n\n" + opened + "\n\n**过江**\n\n" + walked,
			want: []string{"新桥通车,,,,,," + opened + "|[过江]" + walked}},
		{name: "named as a text", file: "a.txt", content: "# 新桥通车\n\n" + opened, want: []string{"新桥通车,,,,,," + opened}},
		{name: "broken front matter", file: "a.md", content: "---\ntitle: [新桥\n---\n\n" + opened,
			want: []string{"[新桥,,,,,," + opened}},
		{
			name:    "nothing",
			file:    "a.md",
			content: "---\ntitle: x\n---\n",
			want:    []string{"a.md:4: no text below the title x"},
		},
	}.run(t)
}

func TestReadFeeds(t *testing.T) {
	rss := `<?xml version="1.0" encoding="gb2312"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>柳河新闻</title>
<item><title>新桥通车</title><link>https://n.example/1</link><pubDate>Tue, 05 Mar 2024 20:00:00 GMT</pubDate><dc:creator>周舟</dc:creator>
<category>要闻</category><description><![CDATA[<p>` + opened + `</p>]]></description>
<content:encoded><![CDATA[<p>` + opened + `</p><p>` + walked + `</p>]]></content:encoded></item>
<item><title>老桥</title><description>` + walked + `……</description></item></channel></rss>`
	atom := `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>柳河新闻</title><entry><title>新桥通车</title>
<link href="https://n.example/1"/><updated>2024-03-05T20:00:00Z</updated><author><name>周舟</name></author>
<content type="html">&lt;p&gt;` + opened + `&lt;/p&gt;</content></entry></feed>`
	want := []string{"新桥通车,2024-03-06,周舟,,https://n.example/1,要闻," + opened + "|" + walked, "老桥,,,,,," + walked + "……"}
	formatCases{
		{name: "RSS", file: "a.xml", content: rss, want: want},
		{name: "RSS in GB18030", file: "a.rss", content: inGB(t, rss), want: want},
		{name: "RSS named as a text", file: "a.txt", content: "\ufeff" + rss, want: want},
		{
			name:    "Atom",
			file:    "a.atom",
			content: atom,
			want:    []string{"新桥通车,2024-03-06,周舟,,https://n.example/1,," + opened},
		},
		{name: "without items", file: "a.xml", content: "<rss><channel><title>柳河</title></channel></rss>",
			want: []string{"a.xml:1: the feed has no items"}},
		{
			name: "JSON Feed",
			file: "a.json",
			content: `{"version":"https://jsonfeed.org/version/1.1","title":"柳河","items":[{"id":"1",` +
				`"url":"https://n.example/1","title":"新桥通车","content_html":"<p>` + opened + `</p>",` +
				`"date_published":"2024-03-05T08:00:00+08:00",` +
				`"authors":[{"name":"周舟"}]}]}`,
			want: []string{"新桥通车,2024-03-05,周舟,,https://n.example/1,," + opened},
		},
	}.run(t)
	articles, _ := read(t, tree(t, map[string]string{"a.xml": rss}), source.Options{}, "a.xml")
	if len(articles) != 2 || articles[0].Publication != "柳河新闻" || articles[1].Confidence >= 1 {
		t.Errorf("%+v", articles)
	}
}
