package news

import "testing"

func TestLooksLikeName(t *testing.T) {
	for text, want := range map[string]bool{
		"周舟": true, "李晓华": true, "上官秋": true, "欧阳小山": true, "约翰·史密斯": true, "陳大山": true,
		"": false, "周": false, "综合科": false, "柳河日报": false, "佚名": false, "上官": false, "时政新闻": false, "Li": false,
	} {
		if got := LooksLikeName(text); got != want {
			t.Errorf("%q: got %t", text, got)
		}
	}
}

func TestHasGivenName(t *testing.T) {
	for text, want := range map[string]bool{
		"周涛": true, "李晓华": false, "许静": false, "关注": false, "和平": false, "刘涛涛涛": false,
	} {
		if got := HasGivenName(text); got != want {
			t.Errorf("%s: got %t", text, got)
		}
	}
}
