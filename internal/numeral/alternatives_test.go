package numeral

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// segmented returns the text and the words of "神舟/十三号".
func segmented(s string) (text string, words []Span) {
	for _, w := range strings.Split(s, "/") {
		words = append(words, Span{len(text), len(text) + len(w)})
		text += w
	}
	return text, words
}

// written lists the alternatives of a segmented text as "十三号=13号".
func written(s string) string {
	text, words := segmented(s)
	var out []string
	for _, a := range Alternatives(text, words) {
		out = append(out, text[a.Start:a.End]+"="+a.Text)
	}
	return strings.Join(out, " ")
}

func TestAlternatives(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"北约", ""},

		// years and days
		{"二/〇/一七年", "二〇一七年=2017年 二〇一七年=二零一七年 二〇一七年=二o一七年 二〇一七年=二0一七年"},
		{"二零/一七/年", "二零一七年=2017年 二零一七年=二〇一七年 二零一七年=二o一七年 二零一七年=二0一七年"},
		{"二/○/一七年", "二○一七年=2017年"},
		{"2017/年", "2017年=二〇一七年 2017年=二零一七年 2017年=二o一七年 2017年=二0一七年"},
		{"二/oo/八年", "二oo八年=2008年 二oo八年=二〇〇八年 二oo八年=二零零八年 二oo八年=二00八年"},
		{"二/00/八年", "二00八年=2008年 二00八年=二〇〇八年 二00八年=二零零八年 二00八年=二oo八年"},
		{"二/oo/八", ""},
		{"1998/年", "1998年=一九九八年"},
		{"九八年", "九八年=98年"},
		{"98/年", "98年=九八年 98年=九十八年"},
		{"七八年", ""}, // seven or eight years
		{"三月/二十四日", "三月二十四日=3月24日 三月二十四日=03月24日 三月=3月 三月=03月 二十四日=24日 二十四日=廿四日"},
		{"3/月/24/日", "3月24日=三月二十四日 3月24日=三月廿四日 3月24日=03月24日 3月=三月 24日=二十四日 24日=廿四日"},
		{"八零后", "八零后=80后 八零后=八〇后"},
		{"二十一/世纪", "二十一世纪=21世纪 二十一世纪=廿一世纪"},
		{"九/·/一八", "九·一八=9·18"},
		{"3/·/15/晚会", "3·15=三·一五"},
		{"九一八", "九一八=918"},
		{"双十一", "双十一=双11"},
		{"双/12/促销", "双12=双十二"},
		{"双/十三", ""},
		{"918", "918=九百一十八 918=九一八"},

		{"廿四/日", "廿四日=24日 廿四日=二十四日"},
		{"三月/廿四日", "三月廿四日=3月24日 三月廿四日=03月24日 三月=3月 三月=03月 廿四日=24日 廿四日=二十四日"},
		{"03/月/05/日", "03月05日=三月五日 03月05日=3月5日 03月=三月 05日=五日"},
		{"12/月/5/日", "12月5日=十二月五日 12月5日=12月05日 12月=十二月 5日=五日"},
		{"三月/五日", "三月五日=3月5日 三月五日=03月05日 三月=3月 三月=03月 五日=5日 五日=05日"},
		{"05/号", ""},
		{"腊月廿三", "腊月廿三=腊月23 腊月廿三=腊月二十三"},
		{"腊月/二十三", "二十三=23 二十三=廿三"},
		{"三月/十五", "三月十五=3月15 三月十五=03月15 三月=3月 三月=03月 十五=15"},
		{"卅/年", "卅年=30年 卅年=三十年"},
		{"35/岁", "35岁=三十五岁 35岁=卅五岁"},

		// ordinals and units
		{"神舟/十三号", "十三号=13号"},
		{"神舟十三号", "神舟十三号=神舟13号"},
		{"神舟五号", "神舟五号=神舟5号"},
		{"神舟/13/号", "13号=十三号"},
		{"二十/大", "二十大=20大"},
		{"20/大", "20大=二十大"},
		{"第十四/届", "第十四届=第14届"},
		{"第/14/届", "第14届=第十四届"},
		{"第一届", "第一届=第1届"},
		{"一月", "一月=1月 一月=01月"},
		{"二月", "二月=2月 二月=02月"},
		{"2/月", "2月=02月 2月=二月"},
		{"2/个/月", "2个月=两个月 2个月=二个月"},
		{"两个/月", "两个月=2个月"},
		{"两月", ""}, // two months are not February
		{"二十/国/集团", "二十国=20国"},
		{"20/国集团", "20国集团=二十国集团"},
		{"二十四节气", "二十四节气=24节气"},

		// quantities
		{"一百二十", "一百二十=120"},
		{"两千", "两千=2000 两千=二千"},
		{"两千/多/人", "两千多人=2000多人 两千多人=二千多人 两千多人=2千多人"},
		{"一万二千/人", "一万二千人=12000人 一万二千人=一万两千人 一万二千人=1.2万人 一万二千人=一点二万人"},
		{"十二亿", "十二亿=12亿"},
		{"12/亿", "12亿=十二亿"},
		{"2/万", "2万=两万 2万=二万 2万=20000"},
		{"二千/人", "二千人=2000人 二千人=两千人 二千人=2千人"},
		{"2000/人", "2000人=两千人 2000人=二千人 2000人=二〇〇〇人 2000人=二零零零人 2000人=2千人"},
		{"三季度", "三季度=3季度"},
		{"第/3/季度", "第3季度=第三季度"},
		{"一季度", "一季度=1季度"},
		{"四季", ""},
		{"二/环", "二环=2环"},
		{"十余年", "十余年=10余年"},
		{"两/户", "两户=2户"},
		{"三孩/政策", "三孩=3孩"},
		{"八点半", "八点半=8点半"},
		{"5/千/人", "5千人=五千人 5千人=5000人"},
		{"3/千万/元", "3千万元=三千万元 3千万元=3000万元 3千万元=30000000元"},
		{"三千万/元", "三千万元=3000万元 三千万元=30000000元 三千万元=3千万元"},
		{"5/千克", ""},
		{"5000/米", "5000米=五千米 5000米=五〇〇〇米 5000米=五零零零米"},
		{"105/人", "105人=一百零五人 105人=一百〇五人 105人=一〇五人 105人=一零五人"},
		{"一百〇五/人", "一百〇五人=105人 一百〇五人=一百零五人"},
		{"十万/人", "十万人=10万人 十万人=100000人"},
		{"10/万/人", "10万人=十万人 10万人=100000人"},
		{"100000", "100000=十万 100000=一〇〇〇〇〇 100000=一零零零零零 100000=10万"},
		{"1.2/万/人", "1.2万人=一点二万人 1.2万人=12000人 1.2万人=一万两千人 1.2万人=一万二千人"},
		{"一点/二万/人", "一点二万人=1.2万人 一点二万人=12000人 一点二万人=一万两千人 一点二万人=一万二千人"},
		{"12345", "12345=一万两千三百四十五 12345=一万二千三百四十五 12345=一二三四五"},
		{"三万亿/元", "三万亿元=3万亿元"},
		{"5/,/999/元", "5,999元=五千九百九十九元"},
		{"百分之五", "百分之五=5%"},
		{"5/%", "5%=百分之五"},
		{"百分之百", "百分之百=100%"},
		{"百分之/十二/点/五", "百分之十二点五=12.5%"},
		{"三点/五/亿元", "三点五亿元=3.5亿元"},
		{"3.5/亿/元", "3.5亿元=三点五亿元"},

		// no numbers
		{"十分/重要", ""},
		{"一些", ""},
		{"千方百计", ""},
		{"万一", ""},
		{"三三两两", ""},
		{"一带/一路", ""},
		{"四川", ""},
		{"五一", ""},
		{"五四运动", ""},
		{"四人帮", ""},
		{"八路军", ""},
		{"五年/级别", "五年=5年"},
		{"第三/大学", ""},
		{"三国/演义", ""},
		{"两国", ""},
		{"二十四史", ""},
		{"第一", ""},
		{"第一书记", ""},
		{"一起", ""},
		{"一家", ""},
		{"几十万/人", ""},
		{"数/十万/人", ""},
		{"七八个/人", ""},
		{"三四百/人", ""},
		{"三分之一", ""},
		{"亿万/富翁", ""},
		{"十四五", ""},
		{"千里", ""},
		{"万科", ""},
		{"一一", ""},
		{"百万/富翁", ""},
		{"廿里堡", ""},
		{"二万五千里长征", "二万五千里长征=25000里长征 二万五千里长征=两万五千里长征 二万五千里长征=2.5万里长征 二万五千里长征=二点五万里长征"},
		{"三里屯", ""},
		{"十里/长街", "十里=10里"},
		{"五卅/运动", ""},
		{"二/廿四史", ""},
		{"c919", ""},
		{"5g", ""},
		{"10/-/12/日", ""},
		{"12/:/30", ""},
		{"20", ""}, // would be found in 二十四
		{"二十", ""},
		{"007", "007=〇〇七 007=零零七"},
	} {
		if got := written(c.text); got != c.want {
			t.Errorf("%s: %s\n  want %s", c.text, got, c.want)
		}
	}
}

// TestBack checks that each alternative of a text with numbers has the text among
// its own alternatives, and the same number everywhere.
func TestBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	units := []string{"年", "月", "日", "号", "届", "名", "个", "亿", "万", "元", "大", "岁", "%和", "公里", ""}
	places := []string{"", "神舟", "第"}
	total := 0
	for range 5_000 {
		var text string
		for range 1 + r.IntN(3) {
			value := r.Uint64N([]uint64{11, 100, 3000, maxPlain}[r.IntN(4)])
			text += places[r.IntN(3)] + fmt.Sprint(value) + units[r.IntN(len(units)-1)]
		}
		for _, a := range Alternatives(text, nil) {
			total++
			other := text[:a.Start] + a.Text + text[a.End:]
			if !reaches(other, text) {
				t.Fatalf("%s is an alternative of %s, but not the other way round", other, text)
			}
		}
	}
	if total < 5_000 {
		t.Errorf("only %d alternatives", total)
	}
}

// reaches reports whether an alternative of a part of from makes it the text to.
func reaches(from, to string) bool {
	return slices.ContainsFunc(Alternatives(from, nil), func(a Alternative) bool {
		return from[:a.Start]+a.Text+from[a.End:] == to
	})
}

func TestSpell(t *testing.T) {
	for v, want := range map[uint64]string{
		0: "零", 2: "二", 10: "十", 12: "十二", 20: "二十", 105: "一百零五", 110: "一百一十", 2000: "两千 二千",
		2200: "两千二百 两千两百 二千二百", 10010: "一万零一十", 100_000: "十万", 1_0500: "一万零五百",
		2_0000_0000: "两亿 二亿", 12_0000_0000: "十二亿", 10_0001_0000: "十亿零一万", 1_0000_0001: "一亿零一",
	} {
		if got := strings.Join(spellings(v, ""), " "); got != want {
			t.Errorf("%d: %s, want %s", v, got, want)
		}
	}
	for range 20_000 {
		v := rand.Uint64N(maxValue)
		for _, s := range spellings(v, "") {
			if got, ok := value(s); !ok || got != v {
				t.Fatalf("%d is spelt %s, which is %d, %v", v, s, got, ok)
			}
		}
	}
}

func TestCuts(t *testing.T) {
	for _, c := range []struct {
		text, part string
		want       bool
	}{
		{"十三日", "三日", true}, {"七月三日", "三日", false}, {"2017", "17", true}, {"第17届", "17", false},
		{"五人", "五人", false}, {"十五人", "五人", true}, {"二十四", "二十", true},
		{"几十万", "十万", true}, {"几个十万", "十万", false},
		{"十二点五", "十二", true}, {"二点五亿", "五亿", true}, {"2.5亿", "5亿", true}, {"三点", "三", false}, {"地点五个", "五个", false},
	} {
		i := strings.Index(c.text, c.part)
		if got := Cuts(c.text, i, i+len(c.part)); got != c.want {
			t.Errorf("%s in %s: %v", c.part, c.text, got)
		}
	}
}

func TestEdges(t *testing.T) {
	for text, want := range map[string]bool{"": false, "三日": true, "第三": true, "神舟13号": false, "13号": true} {
		if got := Edges(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// FuzzAlternatives checks that any text has alternatives of parts that differ from
// them and are valid, whatever its words are.
func FuzzAlternatives(f *testing.F) {
	for _, s := range []string{"二〇一七年/三月/二十四日", "2017/年/3/月", "神舟/十三号", "百分之/十二/点/五", "9/·/18",
		"5/,/999/.", "一/万亿/零/点/○", "第/两/百", "百分之", "\xff/十"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, words := segmented(s)
		for _, a := range Alternatives(text, words) {
			part := text[a.Start:a.End]
			if a.Text == part || a.Text == "" || !utf8.ValidString(part) || !utf8.ValidString(a.Text) {
				t.Fatalf("%q has the alternative %q of %q", text, a.Text, part)
			}
		}
	})
}
