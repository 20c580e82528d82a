package plain_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/source/hantest"
	"xunwen/internal/source/plain"
)

const (
	text1 = "柳河新桥昨天上午通车，居民过江只要十分钟。"
	text2 = "据介绍，新桥长三千米，设计时速八十公里。"
)

// shown returns an article in one line, without what is empty.
func shown(a *news.Article) string {
	var parts []string
	for _, s := range []string{a.Title, a.Date, a.Byline, a.Source, a.PageName} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	for _, p := range a.Paragraphs {
		parts = append(parts, strings.TrimPrefix(p.Section+"/"+p.Text, "/"))
	}
	return strings.Join(parts, "|")
}

func TestReadLabels(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"below the title", "新桥通车\n作者：周舟 时间：2024-03-05\n" + text1 + "\n",
			"新桥通车|2024-03-05|周舟|" + text1},
		{"two, with an ideographic space between labels",
			"新桥通车\n作者：周舟　时间：2024-03-05\n" + text1 + "\n\n老桥关闭\n作者：李华　时间：2024年3月6日\n" + text2 + "\n",
			"新桥通车|2024-03-05|周舟|" + text1 + " ; 老桥关闭|2024年3月6日|李华|" + text2},
		{"blanks inside labels", "新桥通车\n作　者：周舟　日　期：2024-03-05\n" + text1 + "\n",
			"新桥通车|2024-03-05|周舟|" + text1},
		{"in traditional characters",
			"標題：新橋通車\n記者：周舟\n時間：2024-03-05\n來源：柳河日報\n內文：" + text1 + "\n",
			"新橋通車|2024-03-05|周舟|柳河日報|" + text1},
		{"within brackets", "【标题】新桥通车\n【作者】周舟\n【正文】" + text1 + "\n", "新桥通车|周舟|" + text1},
		{"full-width brackets", "［标题］新桥通车\n［正文］" + text1 + "\n", "新桥通车|" + text1},
		{"as databases of articles export them", "题名：新桥通车\n刊名：柳河日报\n日期：2024-03-05\n正文：" + text1 + "\n",
			"新桥通车|2024-03-05|" + text1},
		{"in English", "Title: 新桥通车\nDate: 2024-03-05\nAuthor: 周舟\n\n" + text1 + "\n",
			"新桥通车|2024-03-05|周舟|" + text1},
		{"a pair of brackets around the whole", "新桥通车\n【来源：柳河日报】 【时间：2024-03-05】\n" + text1 + "\n",
			"新桥通车|2024-03-05|柳河日报|" + text1},
		{"a day before and after labels",
			"新桥通车\n2024-03-05 08:30 来源：柳河日报\n" + text1 + "\n\n老桥关闭\n来源：柳河日报　作者：李华　2024-03-06\n" + text2 + "\n",
			"新桥通车|2024-03-05 08:30|柳河日报|" + text1 + " ; 老桥关闭|2024-03-06|李华|柳河日报|" + text2},
		{"each with its labels, the text on the next line",
			"标题：新桥通车\n正文：\n" + text1 + "\n" + text2 + "\n标题：老桥关闭\n内容：" + text2 + "\n",
			"新桥通车|" + text1 + "|" + text2 + " ; 老桥关闭|" + text2},
		{"text above the first title", text2 + "\n\n新桥通车\n作者：周舟 时间：2024-03-05\n" + text1 + "\n",
			text2 + " ; 新桥通车|2024-03-05|周舟|" + text1},
		{"labels within a text", "新桥通车\n时间：2024-03-05\n" + text1 + "\n作者：在书中这样写道。\n" + text2 + "\n",
			"新桥通车|2024-03-05|" + text1 + "|作者：在书中这样写道。|" + text2},
		{"a title without a text", "标题：新桥通车\n标题：老桥关闭\n内容：" + text2 + "\n",
			"line 1: no text below the title 新桥通车 ; 老桥关闭|" + text2},
	} {
		var got []string
		for record, err := range plain.Read(strings.NewReader(tt.text), field.Reader{}) {
			if err != nil {
				got = append(got, err.Error())
				continue
			}
			got = append(got, shown(record.Article))
		}
		if s := strings.Join(got, " ; "); s != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, s, tt.want)
		}
	}
}

func TestDetect(t *testing.T) {
	long := strings.Repeat(text1+text2, 2)
	for _, tt := range []struct {
		name, text     string
		whole, oneEach bool
		want           plain.Shape
	}{
		{"labels", "新桥通车\n作者：周舟　时间：2024-03-05\n" + text1, true, false, plain.Labelled},
		{"traditional labels", "新橋通車\n作者：周舟　時間：2024-03-05\n" + text1, true, false, plain.Labelled},
		{"an author and a source", "新桥通车\n作者：周舟　来源：柳河日报\n" + text1, true, false, plain.Labelled},
		{"labels in English", "Title: 新桥通车\nDate: 2024-03-05\n\n" + text1, true, false, plain.Labelled},
		{"a source alone", "新桥通车\n来源：柳河日报\n" + text1, true, false, plain.Other},
		{"a label without a day", "新桥通车\n作者：周舟　时间：昨天\n" + text1, true, false, plain.Other},
		{"a title and long paragraphs", "新桥通车\n" + long + "\n" + long, true, false, plain.Single},
		{"more titles", "新桥通车\n" + long + "\n老桥关闭\n" + long, true, false, plain.Other},
		{"few sections between long paragraphs",
			"新桥通车\n" + strings.Repeat(long+long+"\n", 6) + "过江\n" + long + long, true, false, plain.Single},
		{"a page", "柳河日报 2024年3月5日 第3版\n新桥通车\n" + long, true, false, plain.Other},
		{"wrapped lines", "新桥通车\n柳河新桥昨天上午通车，居民过\n江只要十分钟。据介绍，新桥长\n三千米，设计时速八十\n", true, true,
			plain.Other},
		{"short paragraphs", "新桥通车\n" + text1 + "\n" + text2, true, false, plain.Other},
		{"short paragraphs of one article by its name", "新桥通车\n" + text1 + "\n“" + text2 + "”", true, true,
			plain.Single},
		{"no title, but one by its name", "“" + text1 + "”\n" + text2, true, true, plain.Single},
		{"tags", strings.Repeat("柳 B-LOC\n河 I-LOC\n的 O\n", 6), true, false, plain.Tags},
		{"words in columns", strings.Repeat("柳河 地名 1\n新桥 名词 2\n", 9), true, false, plain.Tags},
		{"columns with a sentence", strings.Repeat("柳河 地名 1\n新桥 名词 2\n", 9) + "新桥通车了。\n", true, false, plain.Other},
		{"nothing", "", true, false, plain.Other},
	} {
		if got := plain.Detect(tt.text, tt.whole, tt.oneEach); got != tt.want {
			t.Errorf("%s: got shape %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestOne(t *testing.T) {
	isByline := func(line string) bool { return line == "周舟 李华" }
	for text, want := range map[string]string{
		"新桥通车\n周舟 李华\n" + text1 + "\n过江十分钟\n" + text2 + text1: "新桥通车|周舟 李华|" + text1 + "|过江十分钟/" + text2 + text1,
		"“" + text1 + "”\n" + text2:       "名中之题|“" + text1 + "”|" + text2,
		text1 + "\r\n\r\n" + text2 + "\r": "名中之题|" + text1 + "|" + text2,
	} {
		a := plain.One(text, "名中之题", isByline)
		if got := shown(&a); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// FuzzRead checks that nothing panics and that no Han character is lost but in the names of
// labels.
func FuzzRead(f *testing.F) {
	f.Add("新桥通车\n作者：周舟　时间：2024-03-05\n" + text1 + "\n\n老桥关闭\n【来源】柳河日报\n【正文】" + text2)
	f.Add("标题：新桥\r\n正文：\r\n" + text1 + "\r二\x00三\n标题：老桥\n")
	f.Add("00000000\xef\xbc【来源】")
	f.Add("2024-03-05 来源：柳河日报\n責編：周舟\n作者：周舟 2024-03-05\n" + text1)
	f.Fuzz(func(t *testing.T, text string) {
		plain.Detect(text, true, false)
		plain.Detect(text, false, true)
		a := plain.One(text, "", func(string) bool { return false })
		if lost := hantest.Lost(text, hantest.Texts(&a)...); lost != "" {
			t.Errorf("as one article, %q loses %q", text, lost)
		}
		kept := []string{}
		for record, err := range plain.Read(strings.NewReader(text), field.Reader{}) {
			var bad *field.RecordError
			switch {
			case errors.As(err, &bad):
				return // the reject names the line
			case err != nil:
				t.Fatal(err)
			case len(record.Left) > 0:
				return // values that are reported by their names
			}
			kept = append(kept, hantest.Texts(record.Article)...)
		}
		for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
			if strings.ContainsAny(line, ":：】]") {
				continue // labels
			}
			if lost := hantest.Lost(line, kept...); lost != "" {
				t.Errorf("%q loses %q: %s", text, lost, fmt.Sprint(kept))
			}
		}
	})
}
