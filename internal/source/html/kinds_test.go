package html_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"xunwen/internal/news"
	"xunwen/internal/source/html"
)

// sentences are the texts that {1}, {2}, … stand for in the pages of testdata/kinds.
var sentences = strings.NewReplacer(
	"{1}", "柳河新桥昨日上午正式通车，市民代表和建设者一起走上桥面。",
	"{2}", "新桥全长一千二百米，双向六车道，两侧设有人行道和非机动车道。",
	"{3}", "“以前绕行要四十分钟，现在几分钟就到了。”家住南岸的陈阿婆说。",
	"{4}", "据介绍，大桥历时三年建成，共有八百多名工人参与施工。",
	"{5}", "市交通局表示，下一步将优化南岸的公交线路，方便居民出行。",
	"{6}", "柳河市统计局发布公报，2023年末全市常住人口为一百二十万人。",
	"{7}", "2007年末全市常住人口为九十八万人，十六年间增长了两成多。",
	"{8}", "柳河新橋昨日上午正式通車，市民代表和建設者一起走上橋面。",
	"{9}", "新橋全長一千二百公尺，雙向六車道，兩側設有人行道。",
	"{10}", "「以前繞行要四十分鐘，現在幾分鐘就到了。」家住南岸的陳阿婆說。",
)

// TestKinds reads the pages of testdata/kinds: NAME.html is a page, NAME.want the
// members of its record that aren't empty and its paragraphs, or "refused".
func TestKinds(t *testing.T) {
	files, err := filepath.Glob("testdata/kinds/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		cases, err := txtar.ParseFile(file)
		if err != nil || len(cases.Files)%2 != 0 {
			t.Fatalf("%s: want pairs of page and record: %v", file, err)
		}
		kind := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for i := 0; i < len(cases.Files); i += 2 {
			page, want := cases.Files[i], cases.Files[i+1]
			t.Run(kind+"/"+strings.TrimSuffix(page.Name, ".html"), func(t *testing.T) {
				got := digest(t, sentences.Replace(string(page.Data)))
				if want := sentences.Replace(string(want.Data)); got != want {
					t.Errorf("%s:\n%s", file, difference(got, want))
				}
			})
		}
	}
}

// digest writes what a page is read as in the form of a .want file.
func digest(t *testing.T, page string) string {
	t.Helper()
	a, err := html.Parse(page)
	var none *html.NoArticleError
	if errors.As(err, &none) {
		return "refused\n"
	}
	if err != nil {
		t.Fatalf("an error that is no NoArticleError: %v", err)
	}
	var b strings.Builder
	for _, m := range []struct{ name, value string }{
		{"title", a.Title}, {"kicker", a.Kicker}, {"subtitle", a.Subtitle}, {"date", a.Date}, {"page", a.Page},
		{"page_name", a.PageName}, {"source", a.Source}, {"byline", a.Byline}, {"publication", a.Publication},
	} {
		if m.value != "" {
			fmt.Fprintf(&b, "%s %s\n", m.name, m.value)
		}
	}
	section := ""
	for _, p := range a.Paragraphs {
		if p.Section != section {
			section = p.Section
			fmt.Fprintf(&b, "section %s\n", section)
		}
		name := "text"
		if p.Kind != news.Body {
			name = string(p.Kind)
		}
		fmt.Fprintf(&b, "%s %s\n", name, p.Text)
	}
	return b.String()
}

// difference lists the lines that only one of two digests has.
func difference(got, want string) string {
	var b strings.Builder
	only := func(mark, lines, others string) {
		have := strings.Split(others, "\n")
		for line := range strings.SplitSeq(lines, "\n") {
			found := false
			for _, other := range have {
				found = found || line == other
			}
			if !found {
				fmt.Fprintf(&b, "%s %s\n", mark, line)
			}
		}
	}
	only("got ", got, want)
	only("want", want, got)
	if b.Len() == 0 {
		return "the lines are in another order\n" + got
	}
	return b.String()
}
