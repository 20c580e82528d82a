package markdown_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/source/field"
	"xunwen/internal/source/hantest"
	"xunwen/internal/source/markdown"
)

// shown returns what a file is read as, a line for each article and error.
func shown(content string) string {
	var lines []string
	for record, err := range markdown.Read(content, field.Reader{}) {
		if err != nil {
			lines = append(lines, err.Error())
			continue
		}
		lines = append(lines, shownArticle(record))
	}
	return strings.Join(lines, "\n")
}

func shownArticle(r field.Record) string {
	a := r.Article
	var parts []string
	for name, value := range map[string]string{
		"1": a.Publication, "2": a.Date, "3": a.PageName, "4": a.Title, "5": a.Subtitle, "6": a.Byline, "7": a.URL} {
		if value != "" {
			parts = append(parts, name+value)
		}
	}
	slices.Sort(parts)
	for i := range parts {
		parts[i] = parts[i][1:]
	}
	for _, p := range a.Paragraphs {
		parts = append(parts, strings.TrimPrefix(p.Section+"/"+p.Text, "/"))
	}
	if len(r.Left) > 0 {
		parts = append(parts, fmt.Sprintf("left out %q", r.Left))
	}
	return fmt.Sprintf("%d: %s", r.Line, strings.Join(parts, "|"))
}

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, content, want string }{
		{"a heading with sections", "# 新桥\n\n甲文。\n\n## 过江\n\n乙文。\n", "1: 新桥|甲文。|过江/乙文。"},
		{"headings below one another", "# 新桥\n\n## 过江\n\n### 步行\n\n乙文。\n\n## 坐车\n", "1: 新桥|过江|步行/乙文。|坐车"},
		{"front matter", "---\ntitle: 新桥\ndate: 2024-03-05\nauthor: 周舟\ntags: [桥]\nsummary: 短\n---\n\n# 新桥\n\n甲文。\n",
			`9: 2024-03-05|新桥|周舟|甲文。|left out ["tags" "summary"]`},
		{"front matter with another title", "---\ntitle: 新桥\nsubtitle: 副题\n---\n# 老桥\n\n甲文。\n", "5: 新桥|副题|老桥|甲文。"},
		{"people in front matter", "---\ntitle: 新桥\nauthors:\n  - name: 周舟\n    bio: 记者\n---\n甲文。\n",
			`7: 新桥|周舟|甲文。|left out ["authors.bio"]`},
		{"a colon in the title", "---\ntitle: 新桥: 通车\nauthor: 周舟\n---\n甲文。\n", "5: 新桥: 通车|周舟|甲文。"},
		{"a name twice", "---\ntitle: 新桥\ntitle: 老桥\n---\n甲文。\n", `5: 新桥|甲文。|left out ["title"]`},
		{"a quotation mark that isn't closed", "---\ntitle: \"新桥\nauthor:\n  - 周舟\n---\n甲文。\n", "6: 新桥|周舟|甲文。"},
		{"aliases in front matter", "---\na: &a [x, x]\nb: [*a, *a]\ntitle: 新桥\n---\n甲文。\n",
			`6: 新桥|甲文。|left out ["a" "b"]`},
		{"a text between lines", "---\n- 甲\n- 乙\n---\n甲文。\n", "1: 甲|乙|甲文。"},
		{"lines that end with CR", "---\rtitle: 新桥\r---\r\r# 新桥\r\r甲文。\r", "5: 新桥|甲文。"},
		{"several articles", "# 新桥\n\n甲文。\n\n# 老桥\n\n# 渡口\n\n乙文。\n",
			"1: 新桥|甲文。\n7: 渡口|乙文。\nline 5: no text below the title 老桥"},
		{"an issue with parts", "# 柳河日报 2024-03-05\n\n# 要闻\n\n## 头版\n\n### 新桥\n\n（柳河社柳河电）甲文。\n\n### 老桥\n\n" +
			"（柳河社柳河3月5日电）乙文。\n\n## 二版\n\n### 渡口\n\n（柳河社柳河电）丙文。\n\n# 广告\n",
			"7: 要闻|头版|新桥|（柳河社柳河电）甲文。\n11: 要闻|头版|老桥|（柳河社柳河3月5日电）乙文。\n" +
				"17: 要闻|二版|渡口|（柳河社柳河电）丙文。\nline 1: no text below the title 柳河日报 2024-03-05\n" +
				"line 21: no text below the title 广告"},
		{"only a heading", "# 新桥\n", "line 1: no text below the title 新桥"},
		{"nothing", "\n\n", "line 1: no article: neither a heading nor text"},
		{"footnotes", "# 新桥\n\n甲文[^1]。\n\n[^1]: 注文。\n[^二]: 没有人提到的注。\n",
			"1: 新桥|甲文。|注文。|没有人提到的注。"},
		{"a name in brackets", "# 新桥\n\n[记者]: 请介绍新桥。\n\n[地图]: https://n.example/map\n\n甲文。\n",
			"1: 新桥|[记者]: 请介绍新桥。|甲文。"},
	} {
		if got := shown(tt.content); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// TestHostile reads texts on which the parser alone would work for minutes to years.
func TestHostile(t *testing.T) {
	const size = 300 << 10
	for _, piece := range []string{"[甲](", "![甲](<", "_*甲", "> ", "1. ", "- ", "*甲", "`", "[甲][", "<a ", "[^1]: "} {
		text := "# 新桥\n\n" + strings.Repeat(piece, size/len(piece)) + "\n"
		kept := shown(text)
		if !strings.Contains(kept, "新桥") || strings.Contains(piece, "甲") && !strings.Contains(kept, "甲") {
			t.Errorf("%q: %.100s", piece, kept)
		}
	}
	var bomb strings.Builder
	bomb.WriteString("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 12 {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 10))
	}
	if got := shown(bomb.String() + "---\n甲文。\n"); !strings.Contains(got, "甲文。") {
		t.Errorf("aliases: %.100s", got)
	}
}

// FuzzRead checks that nothing panics and that no Han character of a text is lost. What isn't
// shown of Markdown is left alone: addresses, comments, languages of code.
func FuzzRead(f *testing.F) {
	f.Add("---\ntitle: 新桥\ntags: [桥]\n---\n\n# 新桥\n\n甲文。\n\n## 过江\n\n- 一\n- 二\n\n|站|客|\n|-|-|\n|东|九|\n")
	f.Add("# 柳河日报 2024-03-05\n\n## 要闻\n\n### 新桥\n\n柳河台消息（播报）：甲文\n\n### 老桥\n\n柳河台消息：乙文\n")
	f.Add("新桥\n===\n\n甲文[^1]。\n\n[^1]: 注\n\n**过江**\n\n> 引\n>> 文\n\n[记者]: 问\n\n    码\n")
	f.Add("+++\ntitle = \"新桥\"\n+++\n1. 一\n   2. 二\n***重**点*\n")
	f.Add("# 柳河日报 2024\n#\n###\n(柳河) 甲文\n###\n乙消息")
	f.Fuzz(func(t *testing.T, text string) {
		kept := []string{}
		for record, err := range markdown.Read(text, field.Reader{}) {
			if err != nil {
				kept = append(kept, err.Error())
				continue
			}
			if len(record.Left) > 0 {
				return // reported by name
			}
			kept = append(kept, hantest.Texts(record.Article)...)
			if a := *record.Article; a.Title == "" && len(a.Paragraphs) == 0 {
				t.Errorf("%q: an article of nothing", text)
			}
		}
		if strings.ContainsAny(text, "<&\x00") || strings.Contains(text, "](") || strings.Contains(text, "]:") ||
			strings.Contains(text, "```") || strings.Contains(text, "~~~") || strings.Contains(text, "[^") ||
			strings.HasPrefix(text, "---") || strings.HasPrefix(text, "+++") {
			return
		}
		if lost := hantest.Lost(text, kept...); lost != "" {
			t.Errorf("%q loses %q: %q", text, lost, kept)
		}
	})
}

// TestDeepFrontMatter reads front matter for which parsers take gigabytes or end the program: it is
// read line by line.
func TestDeepFrontMatter(t *testing.T) {
	for name, matter := range map[string]string{
		"YAML in braces":   "---\na: " + strings.Repeat("{a: ", 20_000) + "\n---\n",
		"YAML in brackets": "---\na: " + strings.Repeat("[", 60_000) + "\n---\n",
		"YAML in dashes":   "---\na:\n" + strings.Repeat("- ", 30_000) + "b\n---\n",
		"TOML in brackets": "+++\na = " + strings.Repeat("[", 1_000_000) + "\n+++\n",
		"TOML in dots":     "+++\n" + strings.Repeat("a.", 30_000) + "a = 1\n+++\n",
		"TOML in a header": "+++\n[" + strings.Repeat("a.", 30_000) + "a]\n+++\n",
		"much of it":       "---\n" + strings.Repeat("a: b\n", 100_000) + "---\n",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := ""
		for record, err := range markdown.Read(matter+"# 新桥\n\n大桥通车。\n", field.Reader{Lenient: true}) {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if record.Article != nil {
				got += record.Article.Title
			}
		}
		runtime.ReadMemStats(&after)
		const most = 256 << 20
		if took := after.TotalAlloc - before.TotalAlloc; took > most {
			t.Errorf("%s: it takes %d MiB", name, took>>20)
		}
		if got != "新桥" {
			t.Errorf("%s: title %q", name, got)
		}
	}
}

// TestCells reads tables whose rows the parser would fill up to millions of cells, and paragraphs
// of more markers than it can match.
func TestCells(t *testing.T) {
	wide := strings.Repeat("|甲", 1000) + "|\n" + strings.Repeat("|-", 1000) + "|\n"
	for _, tt := range []struct{ name, content, last string }{
		{"a wide table", wide + strings.Repeat("|新桥|\n", 1000), "|新桥|"},
		{"in a quotation", "> " + strings.ReplaceAll(wide, "\n", "\n> ") + strings.Repeat("> |新桥|\n", 1000), "|新桥|"},
		{"many markers", strings.Repeat("|[[新桥\n", 1000), "|[[新桥"},
		{"a table of the usual size", "|甲|乙|\n|-|-|\n" + strings.Repeat("|新桥|**通车**|\n", 5000), "通车"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		found := shown("# 题\n\n" + tt.content)
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 400 {
			t.Errorf("%s: %d MB allocated", tt.name, used)
		}
		if end := found[max(0, len(found)-100):]; !strings.HasSuffix(found, tt.last) {
			t.Errorf("%s: it ends with %q, want %q", tt.name, end, tt.last)
		}
	}
}
