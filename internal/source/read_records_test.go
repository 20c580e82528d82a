package source_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xunwen/internal/news"
	"xunwen/internal/source"
	"xunwen/internal/source/field"
)

// inGB returns a text in GB18030.
func inGB(t *testing.T, text string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// shown is an article in a line: what the formats of records have in common.
func shown(a news.Article) string {
	var paragraphs []string
	for _, p := range a.Paragraphs {
		text := p.Text
		if p.Section != "" {
			text = "[" + p.Section + "]" + text
		}
		paragraphs = append(paragraphs, text)
	}
	return strings.Join(
		[]string{a.Title, a.Date, a.Byline, a.Source, a.URL, a.PageName, strings.Join(paragraphs, "|")},
		",",
	)
}

// formatCases are single files with what is read of them.
type formatCases []struct {
	name, file, content string
	opts                source.Options
	want                []string // shown articles, then rejects
}

func (cases formatCases) run(t *testing.T) {
	t.Helper()
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			articles, rejects := read(t, tree(t, map[string]string{tt.file: tt.content}), tt.opts, tt.file)
			var got []string
			for _, a := range articles {
				got = append(got, shown(a))
			}
			got = append(got, rejects...)
			if g, w := strings.Join(got, "\n"), strings.Join(tt.want, "\n"); g != w {
				t.Errorf("got\n%s\nwant\n%s", g, w)
			}
		})
	}
}

const (
	opened = "柳河新桥昨天上午通车，居民过江只要十分钟。"
	walked = "市民代表走上桥面，桥长八百二十米。"
)

func TestReadJSON(t *testing.T) {
	crawled := `{"url":"https://n.example/1","标题":"新桥通车","pub_time":"2024-03-05 08:30","author":"本报记者 周　舟",` +
		`"来源":" 柳河日报 ","content":"` + opened + `\n` + walked + `","crawl_time":1709600000}`
	want := "新桥通车,2024-03-05,周舟,柳河日报,https://n.example/1,," + opened + "|" + walked
	formatCases{
		{name: "lines", file: "a.jsonl", content: crawled + "\n" + crawled, want: []string{want, want}},
		{name: "an array", file: "a.json", content: "[" + crawled + ",\n" + crawled + "]", want: []string{want, want}},
		{
			name:    "wrapped",
			file:    "a.json",
			content: `{"code":0,"data":{"list":[` + crawled + `]}}`,
			want:    []string{want},
		},
		{
			name:    "wrapped on lines",
			file:    "a.json",
			content: "{\n \"data\": [\n" + crawled + "\n]\n}",
			want:    []string{want},
		},
		{
			name:    "over lines",
			file:    "a.json",
			content: strings.ReplaceAll(crawled, `,"`, ",\n  \""),
			want:    []string{want},
		},
		{name: "an array named as lines", file: "a.jsonl", content: "[" + crawled + "]", want: []string{want}},
		{name: "an array named as a text", file: "a.txt", content: "\ufeff[" + crawled + "]", want: []string{want}},
		{name: "in GB18030", file: "a.json", content: inGB(t, "["+crawled+","+crawled+"]"), want: []string{want, want}},
		{name: "one object", file: "a", content: crawled, want: []string{want}},
		{name: "HTML in the text", file: "a.jsonl",
			content: `{"title":"新<b>桥</b>","text":"<p>` + opened + `</p><h3>过江</h3><p>` + walked + `&nbsp;</p>"}`,
			want:    []string{"新桥,,,,,," + opened + "|[过江]" + walked}},
		{name: "mapped", file: "a.jsonl", content: `{"bt":"新桥","nr":"` + opened + `","zz":{"xm":"周舟"}}`,
			opts: source.Options{Map: field.Map{"bt": field.Title, "nr": field.Text, "zz.xm": field.Byline}},
			want: []string{"新桥,,周舟,,,," + opened}},
		{name: "unknown names", file: "a.jsonl", content: strings.Repeat(
			`{"bt":"柳河新桥通车","nr":"`+opened+`","sj":"2024年3月5日","zz":"周舟","lj":"https://n.example/1","k":1}`+"\n", 3),
			want: []string{`a.jsonl:1: unknown members "bt", "nr", "sj", "zz", "lj", "k": pass --map ` +
				`title=bt,text=nr,date=sj,byline=zz,url=lj to read what they seem to hold, and --lenient to leave "k" out`,
				"a.jsonl:3: 2 more with the same fault as line 1, the last on line 3"}},
		{name: "lenient, without a text", file: "a.jsonl", content: `{"title":"新桥","nr":"` + opened + `"}`,
			opts: source.Options{Lenient: true},
			want: []string{`a.jsonl:1: no text: left out: "nr": pass --map text=nr to read what it seems to hold`}},
		{name: "answers of Elasticsearch", file: "a.json", content: `{"took":1,"hits":{"total":1,"hits":[` +
			`{"_index":"news","_id":"x","_source":{"title":"新桥","content":"` + opened + `"}}]}}`,
			want: []string{"新桥,,,,,," + opened}},
		{name: "a person as an object in the article", file: "a.json", content: `{"data":{"article":{"title":"新桥",` +
			`"content":"` + opened + `","author":{"name":"周舟","avatar":"x"}}}}`, want: []string{"新桥,,周舟,,,," + opened}},
		{name: "parts of a text", file: "a.jsonl",
			content: `{"title":"新桥","content":[{"type":"text","text":"` + opened + `"},{"type":"img"},` +
				`{"type":"text","text":"` + walked + `"}]}` + "\n" +
				`{"title":"老桥","body":{"paragraphs":["` + opened + `"]}}`,
			want: []string{"新桥,,,,,," + opened + "|" + walked, "老桥,,,,,," + opened}},
		{name: "an export of WordPress", file: "a.json", content: `[{"id":7,"date":"2024-03-05T08:30:00","slug":"x",` +
			`"title":{"rendered":"新桥"},"content":{"rendered":"<p>` + opened + `</p>","protected":false},` +
			`"excerpt":{"rendered":"` + walked + `"},"author":3,"categories":[5]}]`,
			want: []string{"新桥,2024-03-05,,,,," + opened}},
		{name: "traditional names", file: "a.jsonl", content: `{"標題":"新橋","發佈時間":"2024-03-05","來源":"柳河日報","內文":"` +
			opened + `"}`, want: []string{"新橋,2024-03-05,,柳河日報,,," + opened}},
		{name: "a broken line", file: "a.jsonl", content: crawled + "\n{\"title\":\n" + crawled,
			want: []string{want, want, "a.jsonl:2: the record is incomplete: it must be on one line"}},
		{name: "Python's notation", file: "a.jsonl", content: "{'title': '新桥'}\n",
			want: []string{"a.jsonl:1: not JSON at byte 2 of the line: invalid character '\\'' at start of value"}},
		{name: "an incomplete array", file: "a.json.gz", content: gz(t, "["+crawled+",\n{\"title\":\"乙"),
			want: []string{want, "a.json.gz:2: the JSON ends within a record or a list: the file is incomplete; " +
				"what is before was read"}},
		{
			name:    "a truncated archive of an array",
			file:    "a.json.gz",
			content: gz(t, "["+crawled+",\n"+crawled+"]")[:200],
			want:    []string{"a.json.gz:1: the .gz file is truncated here"},
		},
		{name: "impossible and missing values", file: "a.jsonl",
			content: `{"title":" 新桥 ","date":"2024-13-45","text":"文"}` + "\n" +
				`{"title":"桥","date":"N/A","page":"第01版","text":"文"}`,
			want: []string{"桥,,,,,,文", `a.jsonl:1: date "2024-13-45" is not a calendar day (want YYYY-MM-DD)`}},
		{name: "decoded wrongly", file: "a.jsonl", content: `{"title":"锟斤拷锟斤拷","text":"锟斤拷"}`,
			want: []string{
				"a.jsonl:1: characters are lost (锟斤拷 or \ufffd): the text was decoded in the wrong encoding before; " +
					"get it again from where it comes from",
			}},
	}.run(t)
}

func TestReadTables(t *testing.T) {
	const header = "标题,发布时间,作者,来源,链接,分类,正文\r\n"
	row := `新桥通车,2024/3/5,周舟,柳河日报,https://n.example/1,要闻,"` + opened + "\n" + walked + "\"\r\n"
	want := "新桥通车,2024-03-05,周舟,柳河日报,https://n.example/1,要闻," + opened + "|" + walked
	tabs := "title\tdate\tcontent\n新桥\"通\"车\t2024-03-05\t\"" + opened + "\n"
	formatCases{
		{name: "CSV", file: "a.csv", content: header + row + row, want: []string{want, want}},
		{name: "CSV of a spreadsheet", file: "a.csv", content: "\ufeff" + header + row, want: []string{want}},
		{name: "CSV in GB18030", file: "a.csv", content: inGB(t, header+row+row), want: []string{want, want}},
		{name: "CSV by another name", file: "a.txt", content: header + row, want: []string{want}},
		{
			name:    "semicolons",
			file:    "a.csv",
			content: "title;text\n新桥;" + opened + "\n",
			want:    []string{"新桥,,,,,," + opened},
		},
		{
			name:    "numbered rows",
			file:    "a.csv",
			content: ",title,text\n0,新桥," + opened + "\n",
			want:    []string{"新桥,,,,,," + opened},
		},
		{name: "TSV", file: "a.tsv", content: tabs, want: []string{`新桥"通"车,2024-03-05,,,,,"` + opened}},
		{name: "without a header", file: "a.csv", content: "新桥通车了,2024-03-05," + opened + "\n",
			want: []string{"a.csv:1: the first row doesn't name the columns: add one, such as title,date,text, or " +
				"pass --map title=1,date=2,text=3 to read what they seem to hold"}},
		{name: "without a header, mapped", file: "a.csv", content: "新桥,x," + opened + "\n老桥,x," + walked + "\n",
			opts: source.Options{Map: field.Map{"1": field.Title, "3": field.Text}},
			want: []string{"新桥,,,,,," + opened, "老桥,,,,,," + walked}},
		{name: "unknown columns", file: "a.csv", content: "bt,nr\n新桥通车," + opened + "\n",
			want: []string{
				`a.csv:2: unknown members "bt", "nr": pass --map title=bt,text=nr to read what they seem to hold`,
			}},
		{name: "a row too long", file: "a.csv", content: "title,text\n新桥," + opened + ",多\n老桥," + walked + "\n",
			want: []string{
				"老桥,,,,,," + walked,
				"a.csv:2: 3 columns instead of 2: a value with a separator or a quotation " +
					"mark in it must be within quotation marks",
			}},
		{name: "a quotation mark that isn't closed", file: "a.csv",
			content: "title,text\n\"甲\",\"一\"\n\"乙\",\"二\n\"丙\",\"三\"\n\"丁\",\"四\"\n",
			want: []string{"甲,,,,,,一", "丁,,,,,,四",
				"a.csv:3: a quotation mark is out of place (line 4, column 1): within a quoted value it must be doubled"}},
		{name: "headlines of a collection", file: "a.txt",
			content: "65517_!_101_!_news_culture_!_柳河有哪些桥值得一看_!_新桥,老桥\n65518_!_102_!_news_car_!_过江的车多了_!_\n",
			want:    []string{"柳河有哪些桥值得一看,,,,,news_culture,新桥,老桥", "过江的车多了,,,,,news_car,"}},
		{name: "labels and texts", file: "a.txt",
			content: strings.Repeat("体育\t"+opened+walked+"\n时政\t"+walked+opened+"\n", 2),
			want: []string{",,,,,体育," + opened + walked, ",,,,,时政," + walked + opened,
				",,,,,体育," + opened + walked, ",,,,,时政," + walked + opened}},
		{name: "columns without a header", file: "a.txt",
			content: strings.Repeat("2024-03-05\t新桥通车第一天\t"+opened+walked+"\n", 3),
			want: []string{"a.txt:1: the first row doesn't name the columns: add one, such as title,date,text, or " +
				"pass --map date=1,title=2,text=3 to read what they seem to hold"}},
		{name: "an invalid byte", file: "a.csv", content: "title,text\n新桥,坏\xff坏坏坏坏坏\n老桥," + walked + "\n",
			want: []string{"老桥,,,,,," + walked,
				"a.csv:2: not UTF-8, GB18030, Big5 or UTF-16 (byte 0xff): convert it or pass --encoding"}},
		{name: "only a header", file: "a.csv", content: header},
		{name: "labels for a program", file: "a.txt", content: strings.Repeat("柳 B-LOC\n河 I-LOC\n新 O\n桥 O\n\n", 9),
			want: []string{"a.txt:1: a table of labels for training a program, without sentences: not articles"}},
	}.run(t)
}

func TestReadDocuments(t *testing.T) {
	doc := "<doc>\n<url>http://n.example/1.shtml?a=1&b=2</url>\n<docno>ff%d</docno>\n<contenttitle>新桥通车</contenttitle>\n" +
		"<content>" + opened + walked + "</content>\n</doc>\n"
	want := "新桥通车,,,,http://n.example/1.shtml?a=1&b=2,," + opened + walked
	two := fmt.Sprintf(doc, 1) + fmt.Sprintf(doc, 2)
	formatCases{
		{name: "a collection", file: "a.dat", content: inGB(t, two), want: []string{want, want}},
		{name: "named as a text", file: "a.txt", content: two, want: []string{want, want}},
		{
			name:    "as XML",
			file:    "a.xml",
			content: "<?xml version=\"1.0\"?>\n<docs>\n" + two + "</docs>",
			want:    []string{want, want},
		},
		{
			name:    "attributes",
			file:    "a",
			content: `<doc id="7" url="u" title="新桥通车">` + "\n" + opened + "\n\n" + walked + "\n</doc>",
			want:    []string{"新桥通车,,,,u,," + opened + "|" + walked},
		},
		{
			name: "capitals and paragraphs",
			file: "a.txt",
			content: "<DOC>\n<DOCNO>1</DOCNO>\n<HEADLINE>新桥通车</HEADLINE>\n<TEXT>\n<P>\n" +
				opened + "\n</P>\n<P>" + walked + "</P>\n</TEXT>\n</DOC>",
			want: []string{"新桥通车,,,,,," + opened + "|" + walked},
		},
		{name: "an incomplete file", file: "a.dat", content: two + "<doc>\n<url>http", want: []string{want, want,
			"a.dat:13: the file ends within a document that begins here"}},
		{name: "XML of another kind", file: "a.xml", content: "<?xml version=\"1.0\"?><stock><item/></stock>",
			want: []string{"a.xml:1: XML of a kind that is not read (<stock>): convert it to JSON Lines, CSV or RSS"}},
	}.run(t)
}

// TestReadHostile reads files that no program means to write: each ends, with one reject that says
// why.
func TestReadHostile(t *testing.T) {
	long := strings.Repeat(opened, 1<<19) // 32 MB
	formatCases{
		{name: "a quotation mark without end", file: "a.csv", content: "title,text\n甲,\"" + long + long,
			want: []string{"a.csv:2: a quotation mark that opens here isn't closed within 32 MiB: what follows wasn't read"}},
		{name: "a line without end", file: "a.txt", content: long,
			want: []string{"a.txt:1: larger than 1 MiB: a page is one sheet of a newspaper; split the file into its pages or articles"}},
		{name: "brackets without end", file: "a.json", content: strings.Repeat("[", 1<<20),
			want: []string{"a.json:1: not JSON: exceeded max depth; what is before was read, nothing after it"}},
		{name: "objects without end", file: "a.json", content: "{\n" + strings.Repeat(`"a":{`, 1<<18),
			want: []string{"a.json:2: not JSON: exceeded max depth; what is before was read, nothing after it"}},
		{name: "elements without end", file: "a.dat", content: "<doc>" + strings.Repeat("<a>", 1<<20),
			want: []string{"a.dat:1: the file ends within a document that begins here"}},
		{name: "NULs", file: "a.json", content: "[{\"title\":\"\x00\"}]\x00\x00",
			want: []string{"a.json:1: neither title nor text"}},
		{name: "lists of nothing", file: "a.json", content: "[" + strings.Repeat("null,\n", 3000) + "null]",
			want: append(func() (all []string) {
				for i := range 10 {
					all = append(all, fmt.Sprintf("a.json:%d: not a record: want an object", i+1))
				}
				return all
			}(), "a.json:3001: 2991 more with the same fault as line 1, the last on line 3001")},
		{name: "a feed that breaks off", file: "a.xml", content: "<rss><channel><item><title>甲",
			want: []string{"a.xml:1: broken feed: XML syntax error on line 1: unexpected EOF"}},
	}.run(t)
}
