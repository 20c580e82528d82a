package table_test

import (
	"strings"
	"testing"

	"xunwen/internal/source/field"
	"xunwen/internal/source/hantest"
	"xunwen/internal/source/table"
)

func valid(int, int) error { return nil }

// shown returns what a table is read as, a line for each row and error.
func shown(text string, fields field.Reader, tabs bool) string {
	d := table.Guess(table.Head{Text: text, Whole: true}, fields, tabs)
	var lines []string
	for record, err := range table.Read(strings.NewReader(text), d, fields, valid) {
		if err != nil {
			lines = append(lines, err.Error())
			continue
		}
		a := record.Article
		parts := []string{a.Title}
		for _, s := range []string{a.Date, a.Byline, a.PageName} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		for _, p := range a.Paragraphs {
			parts = append(parts, p.Text)
		}
		for _, name := range record.Left {
			parts = append(parts, "-"+name)
		}
		lines = append(lines, strings.Join(parts, "|"))
	}
	return strings.Join(lines, "\n")
}

const long = "柳河新桥昨天上午通车，居民过江只要十分钟。市民代表走上桥面，桥长八百二十米。"

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"commas", "标题,日期,正文\n新桥,2024-03-05,\"甲,\n乙\"\n老桥,,丙\n", "新桥|2024-03-05|甲,|乙\n老桥|丙"},
		{"semicolons, as a first line says", "sep=;\r\n标题;正文\r\n新桥;甲\r\n", "新桥|甲"},
		{"bars", "title|text\n新桥|甲\n", "新桥|甲"},
		{"full-width commas", "标题，正文\n新桥，甲\n", "新桥|甲"},
		{"lines that end with CR", "标题,正文\r新桥,\"甲\"\r老桥,乙\r", "新桥|甲\n老桥|乙"},
		{"one column", "正文\n甲。\n乙。\n", "|甲。\n|乙。"},
		{"one column of titles", "title\n新桥\n", "新桥"},
		{"a column without a name", ",标题,正文\n零,新桥,甲\n1,老桥,乙\n", "新桥|甲|-column 1\n老桥|乙"},
		{"quotation marks within values", "标题,正文\n新桥,他说\"好\"。\n", "新桥|他说\"好\"。"},
		{"quotation marks after a backslash", "title,text\n\"新桥\",\"他说\\\"好\\\"，C:\\\\\"\n\"老桥\",\"乙\"\n",
			"新桥|他说\"好\"，C:\\\\\n老桥|乙"},
		{"a row with another number of columns", "标题,正文\n新桥,甲,乙\n老桥,丙\n", "line 2: 3 columns instead of 2: " +
			"a value with a separator or a quotation mark in it must be within quotation marks\n老桥|丙"},
		{"a quotation mark that isn't closed", "标题,正文\n新桥,\"甲\n老桥,乙\n渡口,丙\n",
			"line 2: a quotation mark is out of place " +
				"(line 4, column 12): within a quoted value it must be doubled; the rows up to there were not read"},
		{"headlines", "1_!_101_!_news_culture_!_新桥通车_!_新桥,老桥\n", "新桥通车|news_culture|新桥,老桥"},
		{"labels and texts", strings.Repeat("体育\t"+long+"\n", 3),
			strings.TrimSpace(strings.Repeat("|体育|"+long+"\n", 3))},
		{"no header", "2024-03-05,新桥通车了," + long + "\n",
			"line 1: the first row doesn't name the columns: add one, such as " +
				"title,date,text, or pass --map date=1,title=2,text=3 to read what they seem to hold"},
		{"nothing", "\n\n", ""},
	} {
		if got := shown(tt.text, field.Reader{}, false); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
	if got := shown("bt\tnr\n新桥通车\t"+long+"\n", field.Reader{}, true); !strings.Contains(got, "--map title=bt") {
		t.Errorf("unknown names between tabs: %s", got)
	}
	const tabs = "标题\t正文\n新桥\t\"甲\n老桥\t他说\"好\"\n"
	if got := shown(tabs, field.Reader{}, true); got != "新桥|\"甲\n老桥|他说\"好\"" {
		t.Errorf("quotation marks among tabs: %s", got)
	}
	mapped := field.Reader{Map: field.Map{"1": field.Title, "3": field.Text}}
	if got := shown("新桥,某,甲\n老桥,2,乙\n", mapped, false); got != "新桥|甲|-column 2\n老桥|乙" {
		t.Errorf("mapped: %s", got)
	}
}

func TestDetect(t *testing.T) {
	for text, want := range map[string]bool{
		"标题,正文\n": true, "title\tcontent\n": true, "1_!_2_!_x_!_新桥\n": true, strings.Repeat("体育\t"+long+"\n", 3): true,
		"标题（全）,正文(一),\n": false, "标题,备注（一）,news id,\n": true, "标题,备注。\n": false,
		"\"甲\",\"乙\"\n": true, strings.Repeat(long+"\t2024\n", 3): true, "标题\n": false,
		"新桥通车，居民过江\n": false, long + "\n": false, "甲\t乙\n": false, "": false,
	} {
		if _, got := table.Detect(table.Head{Text: text, Whole: true}, field.Reader{}); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// FuzzRead checks that nothing panics and that no Han character of a row is lost.
func FuzzRead(f *testing.F) {
	f.Add("标题,日期,正文\n新桥,2024-03-05,\"甲,\n乙\"\n", false)
	f.Add("标题\t正文\t题目\n新桥\t\"甲\t丁\n", true)
	f.Add("sep=;\n;标题;正文\n一;新桥;甲\n", false)
	f.Add("1_!_101_!_某_!_新桥_!_桥\r2_!_1_!_某_!_老桥\r", false)
	f.Add(strings.Repeat("体育\t"+long+"\n", 3), false)
	f.Add("标题,正文\n\"新桥\",\"他说\\\"好\\\"\"\n", false)
	f.Fuzz(func(t *testing.T, text string, tabs bool) {
		d := table.Guess(table.Head{Text: text, Whole: true}, field.Reader{}, tabs)
		kept := []string{}
		for record, err := range table.Read(strings.NewReader(text), d, field.Reader{Lenient: true}, valid) {
			if err != nil || len(record.Left) > 0 {
				return // reported
			}
			kept = append(kept, hantest.Texts(record.Article)...)
		}
		if len(kept) == 0 || strings.ContainsAny(text, "<&") {
			return // a header only; tags
		}
		_, rows, _ := strings.Cut(strings.TrimLeft(strings.ReplaceAll(text, "\r", "\n"), "\n \t"), "\n")
		if strings.HasPrefix(rows, "sep=") || strings.HasPrefix(text, "sep=") || strings.Contains(text, "\"") {
			return // its first row may be more than a line
		}
		if lost := hantest.Lost(rows, kept...); lost != "" {
			t.Errorf("%q loses %q: %q", text, lost, kept)
		}
	})
}
