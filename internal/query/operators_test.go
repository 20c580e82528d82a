package query

import "testing"

func TestSuggestOperators(t *testing.T) {
	for q, want := range map[string]string{
		"北约 or 欧盟":           "北约 OR 欧盟",
		"北约 ｏｒ 欧盟":           "北约 OR 欧盟",
		"北约 ＯＲ 欧盟":           "",
		"北约 Or 欧盟 and 俄罗斯":   "北约 OR 欧盟 AND 俄罗斯",
		"北约□not□欧盟":          "",
		"北约　not　欧盟":          "北约 NOT 欧盟",
		`"北约" or title:欧盟`:   `"北约" OR title:欧盟`,
		"北约 OR 欧盟":           "",
		"北约 or":              "",
		"or 北约":              "",
		"not 北约":             "",
		"北约 or -欧盟":          "", // would have an error
		"rock and roll":      "rock AND roll",
		"北约 欧盟":              "",
		"":                   "",
		"北约 or or 欧盟":        "",
		"北约 not 欧盟 or 法国 or": "北约 NOT 欧盟 OR 法国 or",
	} {
		if got, ok := SuggestOperators(q); got != want || ok != (want != "") {
			t.Errorf("%s: got %q, want %q", q, got, want)
		}
	}
}

func TestWithoutQuotes(t *testing.T) {
	for q, want := range map[string]string{
		`"北约 东扩"`:                 "(and 北约 东扩)",
		`"北约东扩" 谈判`:               "(and 北约东扩 谈判)",
		`"北约 东扩" 谈判 -"欧盟 峰会"`:     `(and 北约 东扩 谈判 (not (phrase "欧盟 峰会")))`,
		`北约 -"欧盟 峰会"`:             "none",
		`title:“北约 东扩”`:           "(title (and 北约 东扩))",
		`"北约" OR "欧盟 峰会"`:         "(or 北约 (and 欧盟 峰会))",
		`"，"`:                     "none",
		"北约":                      "none",
		"":                        "none",
		`"北约" /SEN "欧盟" "-俄罗斯 a"`: `(and (SEN 0 (phrase "北约") (phrase "欧盟")) 俄罗斯 a)`,
	} {
		n, err := Parse(q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
		}
		loose, ok := WithoutQuotes(n)
		got := "none"
		if ok {
			got = show(loose)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", q, got, want)
		}
	}
}

func TestLiteral(t *testing.T) {
	for q, want := range map[string]bool{
		"":       true,
		"北约":     true,
		"北约 　东扩": true,
		"《流浪地球》：中国科幻的“新高度”！？": true,
		"北约 -欧盟":              true,
		"北约 OR 欧盟":            true,
		"标题：新桥":               true,
		"title:新桥":            true,
		`"北约东扩"`:              true,
		"date:2024-01":        true,
		"日期：2024-01..2024-03": true,
		"俄罗斯 /NEAR 10 北约":     true,
		"新冠 $5":               true,
		"北约 AND 欧盟":           false,
		"北约 ＯＲ 欧盟":            false,
		"新冠 ＄5":               false,
		"俄罗斯 ／SEN 北约":         false,
		"标题：-新桥 北约":           false,
		"日期：2025年的第一场雪":       false,
		"版次：本报讯":              false,
		"北约 NOT 欧盟":           false,
		"北约 －欧盟":              false,
		"北约 | 欧盟":             false,
		"标题： 新桥":              false,
		"报纸：《临江日报》":           false,
		`"北约东扩”`:              true,
		"date:2024/3/5":       false,
		"俄罗斯 /NEAR 北约":        false,
		"字数：＞2000":            true,
		"新冠 $ 5":              false,
		"导语：北约":               true,
		"length:>=2001":       false,
		"世界预防溺水日 | 暑期预防孩子溺水": false,
		"TO BE OR NOT TO BE": false,
		"(北约 OR 欧盟) 对话":      true,
		"（北约 OR 欧盟） 对话":      true,
		"北约 or 欧盟":           true,
	} {
		n, err := Parse(q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
		}
		if got := Literal(q, n); got != want {
			t.Errorf("%s is %s: got %v, want %v", q, show(n), got, want)
		}
	}
}
