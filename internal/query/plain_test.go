package query

import (
	"strings"
	"testing"
)

func TestPlainWords(t *testing.T) {
	for q, want := range map[string]string{
		"":                   "nil",
		" - OR | ()":         "nil",
		"-乌克兰":               "乌克兰",
		"北约 OR":              "北约",
		"(北约 OR 欧盟":          "(and 北约 欧盟)",
		`"北约 东扩`:             "(and 北约 东扩)",
		`"俄罗斯 北约"~10 OR`:     "(and 俄罗斯 北约)",
		"北约 date:2022-02-30": "北约",
		"date:2022-13":       "nil",
		"OR 标题：对话 -title:-x": "(and 对话 x)",
		`title:"北约" |`:       "北约",
		"C91* OR":            "C91",
		"OR 《流浪地球》：中国科幻的“新高度”": "(and 《流浪地球》：中国科幻的 新高度)",
		"OR a-b or":                     "(and a-b or)",
		strings.Repeat("词 ", 80):        "(and" + strings.Repeat(" 词", MaxOperands) + ")",
		strings.Repeat("词", MaxRunes*2): strings.Repeat("词", MaxRunes),
	} {
		if got := show(PlainWords(q)); got != want {
			t.Errorf("%s: got %s, want %s", q, got, want)
		}
	}
}
