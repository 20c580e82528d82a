package suggest

import (
	"strings"
	"testing"
)

// TestRareReadings checks that words by a rare reading come last.
func TestRareReadings(t *testing.T) {
	c := completer(lexiconOf(10, "共同", "共同", "共同", "航天", "重庆"))
	for typed, want := range map[string]string{"ht": "航天 共同", "gt": "共同", "cq": "重庆", "chongq": "重庆"} {
		var got []string
		for _, found := range c.Complete(typed, 9) {
			got = append(got, found.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", typed, got, want)
		}
	}
}

// TestSeparatedSyllables checks that an apostrophe or a space ends a syllable, so
// that words with a longer first syllable don't come before the city that was
// typed.
func TestSeparatedSyllables(t *testing.T) {
	c := completer(lexiconOf(20, "现代 西安 西安", "现代 现在", "现代 先进"))
	for typed, want := range map[string]string{
		"xian": "现代", "xi'an": "西安", "xi an": "西安", "xi’a": "西安",
		"西 an": "西安", "西'安": "西安", " xian '": "现代", "x d": "现代",
	} {
		found := c.Complete(typed, 10)
		if len(found) == 0 || found[0].Text != want {
			t.Errorf("%q: %v, want %s first", typed, found, want)
		}
		if separated := strings.HasPrefix(typed, "xi'"); separated && len(found) != 1 {
			t.Errorf("%q: %v, want only 西安", typed, found)
		}
	}
	if found := c.Complete("'", 10); found != nil {
		t.Errorf("an apostrophe alone: %v", found)
	}
}

// Numbers are no completions, with a point or without; words that begin with digits are.
func TestNumbersAreNotCompleted(t *testing.T) {
	c := completer(lexiconOf(20, "57 57.6 5,999 5g"))
	if found := c.Complete("5", 10); len(found) != 1 || found[0].Text != "5g" {
		t.Errorf("5: %v, want 5g alone", found)
	}
}

// TestPinyinWithTones checks the ways to write pinyin: with marks or digits for the
// tones, ü in four ways, in full width, spaced, joined or partly joined.
func TestPinyinWithTones(t *testing.T) {
	c := completer(lexiconOf(20, "北京 北京 背景", "青禾大桥", "旅游 女子 努力 努力 陆地 陆地", "c919 c919 a4纸 阿姨"))
	for _, tc := range []struct{ typed, want string }{
		{"běijīng", "北京"}, {"BĚIJĪNG", "北京"}, {"be\u030Ciji\u0304ng", "北京"}, {"běi jīng", "北京"}, {"bĕijīng", "北京"},
		{"bei3jing1", "北京"}, {"bei3 jing1", "北京"}, {"bei3'jing1", "北京"}, {"beijing1", "北京"}, {"bei0jing5", "北京"},
		{"ｂｅｉ３ｊｉｎｇ１", "北京"}, {"北jing", "北京"}, {"北jīng", "北京"}, {"北jing1", "北京"},
		{"qinghedaqiao", "青禾大桥"}, {"qinghe daqiao", "青禾大桥"}, {"qing he da qiao", "青禾大桥"}, {"qh daqiao", "青禾大桥"},
		{"qīnghé dà qiáo", "青禾大桥"}, {"qing1he2da4qiao2", "青禾大桥"}, {"qing'he’da＇qiao", "青禾大桥"}, {"qhdq", "青禾大桥"},
		{"lü", "旅游"}, {"lv", "旅游"}, {"lu:", "旅游"}, {"lu：", "旅游"}, {"lǚ", "旅游"}, {"lv3", "旅游"}, {"lu:3you2", "旅游"},
		{"lǚyóu", "旅游"}, {"luyou", "旅游"}, {"nv", "女子"}, {"nǚzǐ", "女子"}, {"NÜ", "女子"}, {"nuzi", "女子"},
		{"lu", "陆地"}, {"nu", "努力"},
		{"c919", "c919"}, {"c9", "c919"}, {"a4", "a4纸"},
	} {
		if found := c.Complete(tc.typed, 10); len(found) == 0 || found[0].Text != tc.want {
			t.Errorf("%s: %v, want %s first", tc.typed, found, tc.want)
		}
	}
	for typed, want := range map[string]string{"lu": "陆地 旅游", "nu": "努力 女子"} { // ü after u
		found := c.Complete(typed, 10)
		if len(found) != 2 || found[0].Text+" "+found[1].Text != want {
			t.Errorf("%s: %v, want %s", typed, found, want)
		}
	}
	for _, typed := range []string{"bei3jing19", "c3", "běijīngx"} {
		if found := c.Complete(typed, 10); len(found) > 0 {
			t.Errorf("%s: %v, want nothing", typed, found)
		}
	}
}
