package engine

import (
	"fmt"
	"strings"
	"testing"
)

func TestPhraseGrams(t *testing.T) {
	for phrase, want := range map[string]string{
		"北约东扩":     "北约 约东 东扩 |",
		"北约":       "北约 |",
		"约":        "| 约>",
		"北约 东扩":    "北约 约 东扩 |",
		"约，东扩":     "约 东扩 |",
		"北约，东":     "北约 约 | 东>",
		"2023年7":   "年 | 年7> <2023年",
		"2023年7月":  "年 年7 7 7月 | <2023年",
		"919":      "| <919>",
		"c919首飞":   "首飞 | <c919首",
		"首飞c91":    "首飞 飞 | 飞c91>",
		"首飞 c91":   "首飞 飞 | c91>",
		"91 首飞":    "首飞 | <91",
		"第17号":     "第 第17 17 17号 |",
		"a b":      "| b> <a",
		"，":        "|",
		"covid-19": "| 19> <covid",
	} {
		inner, edges := phraseGrams(phrase)
		got := strings.Join(append(inner, "|"), " ")
		for _, e := range edges {
			open, closed := "", ""
			if e.opens {
				open = "<"
			}
			if e.closes {
				closed = ">"
			}
			got += fmt.Sprintf(" %s%s%s", open, e.text, closed)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", phrase, got, want)
		}
	}
}
