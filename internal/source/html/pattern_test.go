package html

import "testing"

// TestAnchored compares patterns with their expressions on the lines they are for.
func TestAnchored(t *testing.T) {
	all := map[string]*pattern{
		"furnitureLine": furnitureLine, "loader": loader, "endMark": endMark, "appAdvert": appAdvert,
		"creditsLine": creditsLine,
		"notice":      notice, "tailHeading": tailHeading, "nextArticle": nextArticle, "tailLine": tailLine,
	}
	lines := []string{
		"", "编辑：李四", "（责任编辑：李四）", "THE END", "the end", "- End -", "（完）",
		"展开全文", "Play Video", "loading...", "下载青禾APP",
		"Notice: the content above", "NOTICE:", "©2024", "Copyright", "copyright 2024", "特别声明：", "相关阅读", "下一篇：",
		"来源：柳河日报",
		"据柳河日报", "新桥通车。", "AI摘要", "ai摘要", "00:12 / 01:00", "更多精彩内容请关注", "K", "ſ",
	}
	for name, p := range all {
		for _, line := range lines {
			if got, want := p.MatchString(line), p.Regexp.MatchString(line); got != want {
				t.Errorf("%s, %q: %t, the expression says %t", name, line, got, want)
			}
		}
	}
	for _, name := range []string{"endMark", "notice", "loader", "creditsLine"} {
		if all[name].first == nil {
			t.Errorf("%s can begin with any character", name)
		}
	}
}
