package query

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// parseCase is one line of testdata/parse.txt.
type parseCase struct {
	line        int
	query, want string
}

func parseCases(t testing.TB) []parseCase {
	t.Helper()
	f, err := os.Open("testdata/parse.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	visible := strings.NewReplacer("␣", " ", "␉", "\t", "□", "\u3000")
	var cases []parseCase
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "== ") {
			continue
		}
		q, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("testdata/parse.txt:%d: no \" => \"", n)
		}
		cases = append(cases, parseCase{n, visible.Replace(q), want})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return cases
}

// show writes a tree as testdata/parse.txt does.
func show(n Node) string {
	list := func(name string, nodes []Node) string {
		for _, node := range nodes {
			name += " " + show(node)
		}
		return "(" + name + ")"
	}
	switch n := n.(type) {
	case nil:
		return "nil"
	case *And:
		return list("and", n.Nodes)
	case *Or:
		return list("or", n.Nodes)
	case *Not:
		return list("not", []Node{n.Node})
	case *Field:
		return list(string(n.Name), []Node{n.Node})
	case *Word:
		if strings.ContainsAny(n.Text, " ()（）\"") {
			return "‹" + n.Text + "›"
		}
		return n.Text
	case *Phrase:
		return fmt.Sprintf("(phrase %q)", n.Text)
	case *Near:
		return fmt.Sprintf("(near %d %s)", n.Distance, strings.Trim(fmt.Sprintf("%q", n.Words), "[]"))
	case *Prefix:
		return "(prefix " + n.Text + ")"
	case *DateRange:
		return "(date " + cmp.Or(n.From, "open") + " " + cmp.Or(n.To, "open") + ")"
	case *Length:
		return fmt.Sprintf("(length %d %d)", n.Min, n.Max)
	case *Proximity:
		return fmt.Sprintf("(%s %d %s %s)", n.Relation, n.Distance, show(n.Left), show(n.Right))
	case *Occurrences:
		return fmt.Sprintf("(count %d %s)", n.Min, show(n.Node))
	}
	return fmt.Sprintf("%T", n)
}

func showResult(n Node, err error) string {
	var bad *Error
	switch {
	case errors.As(err, &bad):
		return fmt.Sprintf("error %d %s", bad.Pos, bad.Code)
	case err != nil:
		return err.Error()
	}
	return show(n)
}

func TestParse(t *testing.T) {
	for _, c := range parseCases(t) {
		n, err := Parse(c.query)
		if got := showResult(n, err); got != c.want {
			t.Errorf("testdata/parse.txt:%d: %s\n got %s\nwant %s", c.line, c.query, got, c.want)
		}
		checkRoundTrip(t, c.query)
	}
}

// checkRoundTrip checks that Parse reads what String writes, and returns the tree.
func checkRoundTrip(t *testing.T, q string) (Node, error) {
	t.Helper()
	n, err := Parse(q)
	if err != nil || n == nil {
		return n, err
	}
	text := n.String()
	again, err := Parse(text)
	if err != nil {
		t.Errorf("%q is written %q: %v", q, text, err)
	} else if !reflect.DeepEqual(n, again) {
		t.Errorf("%q is written %q:\n got %s\nwant %s", q, text, show(again), show(n))
	}
	// format uses the tight spelling for long queries only; it must work for all.
	tight := style{tight: true}.node(n)
	if again, err := Parse(tight); err != nil || !reflect.DeepEqual(n, again) {
		t.Errorf("%q is written tight %q:\n got %s\nwant %s", q, tight, showResult(again, err), show(n))
	}
	if utf8.RuneCountInString(tight) > utf8.RuneCountInString(q) {
		t.Errorf("%q is shorter than its tight spelling %q", q, tight)
	}
	return n, nil
}

func TestString(t *testing.T) {
	for q, want := range map[string]string{
		"北约 | 欧盟":       "北约 OR 欧盟",
		"（北约 | 欧盟）  对话": "(北约 OR 欧盟) 对话",
		"标题：“北约东扩”":     `title:"北约东扩"`,
		"標題：北約 小標題:東擴 來源：中央社 報紙：僑報": "title:北約 section:東擴 source:中央社 publication:僑報",
		`“a"b”`:                       `“a"b”`,
		`「a"“b」`:                      `「a"“b」`,
		"日期：2022年1月2日":                "date:2022-01-02",
		"date:2022-01-01..2022-01-31": "date:2022-01",
		"date:2022-01..2022-03":       "date:2022-01..2022-03",
		"date:2021..2022-02":          "date:2021-01..2022-02",
		"a ( b (c) -d)":               "a b c -d",
		"a -(b | c)":                  "a -(b OR c)",
		"标题：(a | b)":                  "title:(a OR b)",
		"（a(b | c ）d":                 "(a(b OR c) d",
		"x -(y | b( )":                "x -(y OR b( )",
		"--title:x":                   "”title:x",
		"“俄罗斯   北约”~7":                `"俄罗斯 北约"~7`,
		"北约 AND 欧盟 NOT 法国":            "北约 欧盟 -法国",
		"北约 －欧盟":                      "北约 -欧盟",
		"「北约东扩\"":                     `"北约东扩"`,
		"报纸： 《临江日报》":                  "publication:临江日报",
		"日期：2024/3/5..":               "date:2024-03-05..",
		"date:..20240630":             "date:..2024-06",
		"date:2024.1.1..":             "date:2024..",
		"俄罗斯 /NEAR 北约":                "俄罗斯 /NEAR 10 北约",
		"俄罗斯 /SEN 0 2022":             "俄罗斯 /SEN ”2022",
		"新冠 $ 5":                      "新冠 $5",
		"新冠 ＄５":                       "新冠 $5",
		"俄罗斯 ／ＮＥＡＲ ３ 北约":              "俄罗斯 /NEAR 3 北约",
		"北约 ＯＲ 欧盟 ＮＯＴ 法国":             "北约 OR 欧盟 -法国",
		"标题：-青禾 大桥":                   "-title:青禾 大桥",
		"日期：2025年的第一场雪":               "日期：2025年的第一场雪",
		"page:要闻":                     "page:要闻",
		"LH＊":                         "LH*",
		"字数：＞2000":                    "length:>2000",
		"字数：≤500字":                    "length:<=500",
		"length:..999":                "length:<1000",
		"導語：北約":                       "lead:北約",
	} {
		n, err := Parse(q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
			continue
		}
		if got := n.String(); got != want {
			t.Errorf("%s is written %s, want %s", q, got, want)
		}
		checkRoundTrip(t, q)
	}
}

func TestBounds(t *testing.T) {
	operands := func(n int) string { return strings.TrimSpace(strings.Repeat("词 ", n)) }
	for _, c := range []struct{ name, query, want string }{
		{"longest", strings.Repeat("词", MaxRunes), ""},
		{"too long", strings.Repeat("词", MaxRunes+1), "error 512 too_long"},
		{"too long and blank", strings.Repeat(" ", MaxRunes+1), "error 512 too_long"},
		{"most operands", operands(MaxOperands), ""},
		{"too many operands", operands(MaxOperands + 1), "error 128 too_many"},
		{"punctuation is no operand", operands(MaxOperands) + strings.Repeat(" ！", 50), ""},
		{"excluded operands count", operands(MaxOperands) + " -词", "error 129 too_many"},
		{"deepest brackets", strings.Repeat("(", 255) + "词" + strings.Repeat(")", 255), "词"},
		{
			"deepest exclusions",
			"a " + strings.Repeat("-(", 169) + "b" + strings.Repeat(")", 169),
			"error 338 only_exclusions",
		},
		{"unclosed brackets", "a " + strings.Repeat("(", 510), "a"},
	} {
		n, err := checkRoundTrip(t, c.query)
		if got := showResult(n, err); got != c.want && (c.want != "" || err != nil) {
			t.Errorf("%s: got %.80s, want %s", c.name, got, c.want)
		}
	}
}

// A query that just fits must fit when it is written back.
func TestStringOfLongestQueries(t *testing.T) {
	for _, part := range []string{
		"标题：x ", "a | ", "日期：2022年1月2日 ", "(a | b)", `"c"(a | b)`, "版次：(a | b)", "x -(a b)版名：c ",
		"“title:x ", "a ( ",
	} {
		times := min((MaxRunes-1)/utf8.RuneCountInString(part), MaxOperands/5)
		q := strings.Repeat("长", MaxRunes-1-times*utf8.RuneCountInString(part)) + " "
		q += strings.TrimRight(strings.Repeat(part, times), " |(")
		if _, err := checkRoundTrip(t, q); err != nil {
			t.Errorf("%s: %v", q, err)
		}
	}
}

func TestErrorsTellWhatToDo(t *testing.T) {
	for _, c := range parseCases(t) {
		_, err := Parse(c.query)
		if err == nil {
			continue
		}
		if !strings.Contains(err.Error(), ": ") || strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%s: %q is not \"what is wrong: what to do\"", c.query, err)
		}
	}
}
