package numeral

import "strings"

// units are what a number counts or numbers. A single character before one of
// them is a number: 三 of 三月, not of 三峡. Longer ones are looked up first.
var units = newUnits(
	// time
	"年", "年代", "年级", "年度", "周年", "月", "个月", "月份", "日", "号", "天", "周", "岁", "世纪",
	"小时", "个小时", "分钟", "秒", "秒钟", "时", "点", "点钟", "分", "年期", "年间", "季", "季度", "点半", "多年", "余年",
	// ordinals
	"届", "次", "条", "项", "期", "章", "节", "集", "级", "等奖", "号线", "楼", "层", "轮", "批", "场", "局", "大",
	"强", "版", "页", "卷", "册", "部", "师", "军", "团", "连", "班", "组", "队", "段", "环", "星级", "佳", "胎", "孩",
	// what is counted
	"名", "人", "个", "位", "件", "起", "例", "家", "所", "座", "支", "枚", "颗", "架", "艘", "辆", "台", "套",
	"国", "省", "球", "种", "类", "倍", "成", "股", "金", "银", "铜", "连冠", "连胜",
	"户", "间", "栋", "幢", "张", "本", "份", "篇", "首", "幅", "笔", "只", "头", "棵", "株", "瓶", "箱", "对", "口", "站",
	// measures
	"元", "美元", "欧元", "角", "吨", "公斤", "千克", "克", "斤", "米", "公里", "千米", "厘米", "毫米",
	"里", "亩", "公顷", "平方米", "平方公里", "立方米", "升", "度", "英寸", "海里", "千瓦", "千瓦时",
	"多", "余", "多人", "余人", "多名", "余名", "多个", "余个",
)

// afterOne are the units before which 一 is a number; in 一点, 一起 and 一家 it
// is none.
var afterOne = newUnits(
	"年", "年级", "周年", "月", "个月", "月份", "日", "号", "岁", "小时", "个小时", "分钟", "秒", "秒钟",
	"季度", "届", "次", "期", "集", "等奖", "号线", "楼", "轮", "名", "枚", "架", "艘", "辆",
	"元", "美元", "欧元", "吨", "公斤", "公里", "千米", "厘米", "毫米", "亩", "公顷", "平方米", "平方公里",
	"立方米", "海里", "千瓦", "千瓦时",
)

// ordered are the units that number: 二月 is February, while 两月 are two months.
// In all others 2 is 两 too.
var ordered = newUnits("月", "月份", "日", "号", "届", "期", "章", "节", "级", "年级", "等奖", "号线", "楼", "大",
	"季度", "环", "段", "页", "胎", "孩", "强", "版", "卷", "世纪")

// dated are the units before which 二十 and 三十 are also 廿 and 卅.
var dated = newUnits("年", "年间", "周年", "日", "号", "岁", "世纪", "届")

// readAs are the units before which two digits are also read one by one: 九八年.
var readAs = newUnits("年", "后", "级")

// notCounted are number and unit of words that usually count nothing: 十分, 三国.
var notCounted = map[string]bool{
	"10分": true, "2国": true, "2级": true, "2军": true, "3国": true, "3军": true, "4周": true, "4季": true, "5金": true,
}

type unitSet struct {
	of      map[string]bool
	longest int // in characters
}

func newUnits(words ...string) unitSet {
	s := unitSet{of: make(map[string]bool, len(words))}
	for _, w := range words {
		s.of[w] = true
		s.longest = max(s.longest, len([]rune(w)))
	}
	return s
}

// at returns the lengths, in characters, of the units that text begins with, the
// longest first.
func (s unitSet) at(text []rune) []int {
	var out []int
	for n := min(s.longest, len(text)); n > 0; n-- {
		if s.of[string(text[:n])] {
			out = append(out, n)
		}
	}
	return out
}

// multipliers follow a number: 12亿.
var multipliers = []string{"万亿", "万", "亿"}

// cutMultiplier cuts a multiplier off the end of a number.
func cutMultiplier(s string) (number, multiplier string) {
	for _, m := range multipliers {
		if rest, ok := strings.CutSuffix(s, m); ok && rest != "" {
			return rest, m
		}
	}
	return s, ""
}
