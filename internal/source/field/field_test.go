package field_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/source/field"
)

// record makes members of names and values in turn. Values in digits are numbers.
func record(pairs ...string) []field.Member {
	var all []field.Member
	for i := 0; i < len(pairs); i += 2 {
		m := field.Member{Name: pairs[i], Kind: field.String, Value: pairs[i+1]}
		if strings.Trim(m.Value, "0123456789.") == "" {
			m.Kind = field.Number
		}
		all = append(all, m)
	}
	return all
}

func TestArticle(t *testing.T) {
	for _, tt := range []struct {
		name    string
		members []field.Member
		reader  field.Reader
		want    string // title, date, byline, text
		left    []string
	}{
		{name: "usual names", members: record("title", "甲", "date", "2024-03-05", "byline", "周舟", "text", "文"),
			want: "甲 2024-03-05 周舟 文"},
		{name: "other names",
			members: record("News_Title", "甲", "publishTime", "2024-03-05", "作者", "周舟", "Content", "文"),
			want:    "甲 2024-03-05 周舟 文"},
		{name: "several names of a field",
			members: record("time", "08:30", "date", "2024-03-05", "summary", "短", "content", "文"),
			want:    " 2024-03-05  文", left: []string{"time", "summary"}},
		{name: "a summary alone", members: record("title", "甲", "summary", "短"), want: "甲   短"},
		{name: "an empty value", members: record("title", "甲", "content", "", "desc", "短"), want: "甲   短"},
		{name: "about the record",
			members: record("title", "甲", "content", "文", "crawl_time", "1709600000", "keywords", "桥"),
			want:    "甲   文", left: []string{"crawl_time", "keywords"}},
		{name: "the same twice", members: record("title", "甲", "headline", "甲", "content", "文"), want: "甲   文"},
		{name: "mapped", members: record("title", "假", "bt", "甲", "content", "文"),
			reader: field.Reader{Map: field.Map{"bt": field.Title}},
			want:   "甲   文", left: []string{"title"}},
		{name: "objects inside", members: record("title", "甲", "content", "文", "author.name", "周舟", "_id.$oid", "65"),
			want: "甲  周舟 文"},
		{name: "the article in an object", members: record("data.title", "甲", "data.content", "文"), want: "甲   文"},
		{name: "a day without its year", members: record("title", "甲", "content", "文", "time", "03-05 08:30"),
			want: "甲   文", left: []string{"time"}},
		{name: "a day among other values", members: record("pub_time", "2024-99-99", "content", "文", "created",
			"2024-03-05"),
			want: " 2024-03-05  文", left: []string{"pub_time"}},
		{name: "a counter", members: record("id", "17", "title", "甲", "content", "文"), want: "甲   文",
			left: []string{"id"}},
		{name: "lenient", members: record("title", "甲", "content", "文", "x", "1"), reader: field.Reader{Lenient: true},
			want: "甲   文",
			left: []string{"x"}},
	} {
		a, left, err := tt.reader.Article(tt.members, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		text := ""
		for _, p := range a.Paragraphs {
			text += p.Text
		}
		if got := strings.Join([]string{a.Title, a.Date, a.Byline, text}, " "); got != tt.want ||
			!slices.Equal(left, tt.left) {
			t.Errorf("%s: got %q, left out %q; want %q, %q", tt.name, got, left, tt.want, tt.left)
		}
	}
}

func TestUnknownMembers(t *testing.T) {
	const long = "柳河新桥昨天上午通车，居民过江只要十分钟。市民代表走上桥面。"
	for want, members := range map[string][]field.Member{
		`unknown members "bt", "nr", "fbsj", "zz", "dz": pass --map title=bt,text=nr,date=fbsj,byline=zz,url=dz to read what they seem to hold`: record(
			"bt", "柳河新桥通车", "nr", long, "fbsj", "2024年3月5日", "zz", "周舟 李华", "dz", "https://n.example/1"),
		`unknown member "x": correct the name, pass --map FIELD=MEMBER, or --lenient to leave it out`: record("title", "甲", "x", "1"),
		`unknown members "x", "y": pass --lenient to leave them out, or --map FIELD=MEMBER to read them`: record(
			"title", "甲", "text", long, "x", "1", "y", "2"),
		`unknown member "正文部分": pass --map text=正文部分 to read what it seems to hold`: record("title", "甲", "正文部分", long),
		`unknown member "a b": pass --map 'text=a b' to read what it seems to hold`: record("title", "甲", "a b", long),
	} {
		_, _, err := field.Reader{}.Article(members, nil)
		var unknown *field.UnknownError
		if !errors.As(err, &unknown) || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestNoTextIsNoArticle(t *testing.T) {
	if a, _, err := (field.Reader{Lenient: true}).Article(record("title", "甲", "x", "文"), nil); err == nil {
		t.Errorf("%+v", a)
	}
}

func TestParseMap(t *testing.T) {
	m, err := field.ParseMap("text=content, date=pub time,title=a.b,page_name=3")
	if err != nil || len(m) != 4 || m["pub time"] != field.Date || m["a.b"] != field.Title ||
		m["3"] != field.PageName {
		t.Errorf("%v, %v", m, err)
	}
	for _, text := range []string{"text", "text=", "body=x", "=x", "text=a,title=a", ","} {
		if m, err := field.ParseMap(text); err == nil {
			t.Errorf("%q: %v", text, m)
		}
	}
}
