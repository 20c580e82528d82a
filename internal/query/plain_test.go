package query

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestPlainWords(t *testing.T) {
	for q, want := range map[string]string{
		"":                    "nil",
		" - OR | ()":          "nil",
		"-乌克兰":                "nil",
		"NOT 乌克兰":             "nil",
		"北约 OR NOT 欧盟":        "(and 北约 (not 欧盟))",
		"(北约 -欧盟":             "(and 北约 (not 欧盟))",
		`"北约 －欧盟`:             "(and 北约 (not 欧盟))",
		"北约 | -(欧盟 OR 法国)":    "(and 北约 (not (or 欧盟 法国)))",
		`(北约 -"欧盟 峰会" -(a b)`: `(and 北约 (not (phrase "欧盟 峰会")) (not (and a b)))`,
		"(北约 -(欧盟 OR 法国":      "北约",
		"(北约 NOT (欧盟 法国":      "北约",
		"(北约 -title:欧盟 会谈":    "(and 北约 (not (title 欧盟)) 会谈)",
		"(北约 -欧盟 /SEN 法国":     "(and 北约 (not (SEN 0 欧盟 法国)))",
		"(北约 -date:2022-13":   "北约",
		"北约 /SEN":             "北约",
		"北约 length:x":         "北约",
		"a /SEN b /SEN c $5":  "(and a b c)",
		"北约 OR":               "北约",
		"(北约 OR 欧盟":           "(and 北约 欧盟)",
		`"北约 东扩`:              "(and 北约 东扩)",
		`"俄罗斯 北约"~10 OR`:      "(and 俄罗斯 北约)",
		"北约 date:2022-02-30":  "北约",
		"date:2022-13":        "nil",
		"OR 标题：对话 -title:-x":  "(and 对话 (not (title x)))",
		`title:"北约" |`:        "北约",
		"C91* OR":             "C91",
		"北约 NOT OR 欧盟":        "(and 北约 欧盟)",
		"北约 title:-欧盟 OR":     "(and 北约 (not (title 欧盟)))",
		"北约 date:-2022 OR":    "(and 北约 (not (date 2022-01-01 2022-12-31)))",
		"北约 日期：昨天 OR":         "(and 北约 日期：昨天)",
		"OR 《流浪地球》：中国科幻的“新高度”": "《流浪地球》：中国科幻的“新高度”",
		"OR a-b or":                     "(and a-b or)",
		strings.Repeat("词 ", 80):        "(and" + strings.Repeat(" 词", MaxOperands) + ")",
		strings.Repeat("词", MaxRunes*2): strings.Repeat("词", MaxRunes),
	} {
		if got := show(PlainWords(q)); got != want {
			t.Errorf("%s: got %s, want %s", q, got, want)
		}
	}
}

// What a query excludes is never among its plain words, whatever is wrong with it.
func TestPlainWordsKeepExclusions(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4)) // any seed; fixed, so that a failure can be repeated
	excluding := []string{
		"-甲", "NOT 甲", "北约 －甲", `-"甲"`, "标题：-甲", "-(甲", "-(乙 OR 甲)", "-title:甲", "NOT （甲", "-甲 /SEN 乙",
	}
	for range 5_000 {
		q := ""
		for range 1 + random.IntN(5) {
			q += syntax[random.IntN(len(syntax))] + " "
		}
		q = strings.Map(func(r rune) rune { // a quoted text excludes nothing
			if isQuote(r) {
				return '了'
			}
			return r
		}, q)
		q += excluding[random.IntN(len(excluding))]
		plain := PlainWords(q)
		if plain == nil {
			continue
		}
		Walk(plain, func(n Node) bool {
			word, ok := n.(*Word)
			if ok && word.Text == "甲" {
				t.Fatalf("%s: searched for as %s", q, show(plain))
			}
			_, not := n.(*Not)
			return !not
		})
	}
}
