package pdf_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"xunwen/internal/source/page"
	"xunwen/internal/source/pdf"
)

// FuzzDocument sets random documents and checks that no Han character of them is lost,
// in whatever windows their pages are read: each is in a record, in furniture, in a byline
// or in what is reported as unread.
func FuzzDocument(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		description := randomDocument(rand.New(rand.NewPCG(seed, 15)))
		data := typeset(description)
		for _, window := range []int{1, 400, 1000, 1 << 20} {
			got := hanOf(readings(t, data, window))
			for r, n := range hanIn(description) {
				if got[r] < n {
					t.Fatalf("window %d: %c is %d times in what was read, %d times in the document\n%s",
						window, r, got[r], n, description)
				}
			}
		}
	})
}

// randomDocument describes a document of several pages with everything that documents
// have, in any order.
func randomDocument(random *rand.Rand) string {
	var b strings.Builder
	settings := []string{
		"", " columns=2 chars=18", " columns=3 chars=12", " chars=34 rows=30", " dir=down", " draw=glyphs",
	}
	fmt.Fprintf(&b, "page rows=%d%s\n", 10+random.IntN(12), settings[random.IntN(len(settings))])
	pick := func(choices ...string) string { return choices[random.IntN(len(choices))] }
	if random.IntN(3) > 0 {
		fmt.Fprintf(&b, "head 柳河水运 | %s\n", pick("第三期", "年度报告", ""))
	}
	fmt.Fprintf(&b, "foot %s\n", pick("第 # 页", "- # -", "#", ""))
	numbers := []string{"", "", "一、", "二、", "（一）", "（二）", "1.1 ", "1.2 ", "第三章 ", "3.15"}
	for range 6 + random.IntN(20) {
		switch random.IntN(16) {
		case 0, 1:
			fmt.Fprintf(&b, "c %d %s\n", 18+2*random.IntN(4), randomText(random, 4+random.IntN(14)))
		case 2, 3:
			fmt.Fprintf(&b, "h %s %s%s\n", pick("10.5", "13", "16"), pick(numbers...),
				randomText(random, 3+random.IntN(8)))
		case 4:
			fmt.Fprintf(&b, "c %s %s\n", pick("9", "10.5", "12"),
				pick("本报记者　周　舟", "周舟　李大河", "柳河市交通局", "文化印记"))
		case 5:
			fmt.Fprintf(&b, "row %s | %s | 12\n", randomText(random, 3), randomText(random, 2))
		case 6:
			fmt.Fprintf(&b, "note 1 %s。\n", randomText(random, 8+random.IntN(10)))
		case 7:
			fmt.Fprintf(&b, "f %s……………………%d\n", randomText(random, 5), random.IntN(20))
		case 8:
			b.WriteString(pick("break\n", "space\n", "f 目录\n", "c 9 《柳河日报》（2024年03月05日 第 01 版）\n"))
		case 9:
			x, y, size := 30+random.IntN(300), 30+random.IntN(300), 6+random.IntN(10)
			fmt.Fprintf(&b, "%s %d %d %d %s\n", pick("at", "across"), x, y, size,
				randomText(random, 4+random.IntN(8), elsewhere))
		default:
			fmt.Fprintf(&b, "%s %s%s\n", pick("p", "p", "p", "f"), randomSentences(random),
				pick("", "（记者周舟）", "^2^", "新华社北京3月5日电"))
		}
	}
	return b.String()
}

// characters are those of which random texts are made.
var characters = []rune("渡口今天最后一班船河东门开出人多数是特地来坐的老工在这里了年靠岸时候他按三声汽笛上都停下看修那没有桥两赶集学病要新车以少")

// elsewhere are those of texts that are set over others: the same character in the same
// place would be taken for one drawn twice.
var elsewhere = []rune("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土风云雷电山川草木鸟兽虫鱼红黄蓝白黑")

func randomText(random *rand.Rand, n int, of ...[]rune) string {
	from := characters
	if len(of) > 0 {
		from = of[0]
	}
	out := make([]rune, n)
	for i := range out {
		out[i] = from[random.IntN(len(from))]
	}
	return string(out)
}

func randomSentences(random *rand.Rand) string {
	var b strings.Builder
	for range 1 + random.IntN(4) {
		b.WriteString(randomText(random, 4+random.IntN(30)) + "，" + randomText(random, 3+random.IntN(10)) + "。")
	}
	return b.String()
}

// readings reads a file in windows of so many characters.
func readings(t *testing.T, data []byte, window int) []pdf.Reading {
	t.Helper()
	doc, err := engine.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer doc.Close()
	doc.SetWindow(window)
	var out []pdf.Reading
	err = doc.Read(t.Context(), func(r pdf.Reading) error {
		out = append(out, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// hanOf counts the Han characters of what was read.
func hanOf(all []pdf.Reading) map[rune]int {
	count := map[rune]int{}
	add := func(text string) {
		for r, n := range hanIn(text) {
			count[r] += n
		}
	}
	for _, read := range all {
		var sections strings.Builder // of paragraphs
		for _, a := range read.Result.Articles {
			add(a.Title + a.Kicker + a.Subtitle)
			for _, p := range a.Paragraphs {
				sections.WriteString(squeeze(p.Section) + "\n")
				add(p.Text)
			}
		}
		for _, b := range read.Result.Blocks {
			add(b.Removed)
			if b.Role == page.RoleSection && strings.Contains(sections.String(), squeeze(b.Text)) {
				add(b.Text)
			}
			if slices.Contains([]page.Role{page.RoleFurniture, page.RoleByline, page.RoleUnread}, b.Role) {
				add(b.Text)
			}
		}
	}
	return count
}

// hanIn counts the Han characters of a text, without the commands of a description and
// with the head and foot on one page.
func hanIn(text string) map[rune]int {
	count := map[rune]int{}
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			count[r]++
		}
	}
	return count
}
