package page

import (
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

func TestUnderstood(t *testing.T) {
	chinese, english := wording.In(wording.Chinese), wording.In(wording.English)
	for _, c := range []struct{ query, chinese, english string }{
		{"北约 东扩", "", ""},
		{"北约 -欧盟", "", ""},
		{"标题：新桥", "", ""},
		{"北约 AND 欧盟", "北约 欧盟", "北约 欧盟"},
		{"北约 NOT 欧盟", "北约 不含 欧盟", "北约 without 欧盟"},
		{"北约 －欧盟", "北约 不含 欧盟", "北约 without 欧盟"},
		{"北约 ＯＲ 欧盟", "北约 或 欧盟", "北约 or 欧盟"},
		{"标题：-新桥 北约", "不含 标题含 新桥，北约", "without title contains 新桥, 北约"},
		{"日期：2025年的第一场雪", "文字“日期：2025年的第一场雪”", "the text “日期：2025年的第一场雪”"},
		{"版次：本报讯 北约", "文字“版次：本报讯” 北约", "the text “版次：本报讯” 北约"},
		{"北约 | 欧盟", "北约 或 欧盟", "北约 or 欧盟"},
		{
			"北约 NOT (欧盟 OR 法国)", "北约，不含 （欧盟 或 法国）",
			"北约, without (欧盟 or 法国)",
		},
		{"标题： 新桥", "标题含 新桥", "title contains 新桥"},
		{"报纸：《临江日报》", "报纸 临江日报", "newspaper 临江日报"},
		{"『北约东扩』 版次： 第01版", "原文“北约东扩”，版次 1", "the phrase “北约东扩”, page 1"},
		{
			"新桥 date:2024/1/1..2024.1.31", "新桥，日期 2024-01-01 至 2024-01-31",
			"新桥, dated 2024-01-01 to 2024-01-31",
		},
		{"新桥 date:20240101..", "新桥，日期 2024-01-01 起", "新桥, dated from 2024-01-01"},
		{"俄罗斯 /NEAR 北约", "俄罗斯 与 北约 相隔不超过 10 字", "俄罗斯 and 北约 at most 10 characters apart"},
		{
			"俄罗斯 /PREV 北约", "俄罗斯 先于 北约 相隔不超过 10 字",
			"俄罗斯 before 北约 at most 10 characters apart",
		},
		{"俄罗斯 /SEN 0 北约", "俄罗斯 与 北约 在同一句", "俄罗斯 and 北约 in one sentence"},
		{"俄罗斯 /SEN 02 北约", "俄罗斯 与 北约 相隔不超过 2 句", "俄罗斯 and 北约 at most 2 sentences apart"},
		{"俄罗斯 /PRG 01 北约", "俄罗斯 与 北约 相隔不超过 1 段", "俄罗斯 and 北约 at most 1 paragraph apart"},
		{"新冠 $ 5", "新冠 至少出现 5 次", "新冠 at least 5 times"},
		{"length: >2000", "至少 2001 字", "at least 2001 characters"},
		{"字数： 500..900", "至少 500 字，至多 900 字", "at least 500 characters, at most 900 characters"},
		{"kind: caption 导语： C9*", "类型 图片说明，标题或首段含 以 C9 开头的词",
			"type Caption, title or first paragraph contains words that start with C9"},
		{"“北约 欧盟”~05", "北约 与 欧盟 相隔不超过 5 字", "北约 and 欧盟 at most 5 characters apart"},
	} {
		n, err := query.Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		q := param.Search{Text: c.query, Query: n}
		if got := understood(chinese, q).plain(); got != c.chinese {
			t.Errorf("%s: %q, want %q", c.query, got, c.chinese)
		}
		if got := understood(english, q).plain(); got != c.english {
			t.Errorf("%s: %q, want %q", c.query, got, c.english)
		}
	}
}
