package news

import (
	"testing"
	"unicode/utf8"
)

// FuzzNormalForms checks that values in normal form stay as they are: records that were written
// are read again.
func FuzzNormalForms(f *testing.F) {
	for _, text := range []string{
		"本报记者　周　舟、李华", "（评论员 罗某 萧某）", "青禾新闻记者 贺某 张某", "欧 阳 修",
		"来源：《柳河日报》", "“柳河发布”",
		"第01版", "A-05", "2024年3月5日 08:30", "二〇二四年三月五日", "民國113年3月5日", "1709600000",
		"0000-00-00", "欧阳摄影摄摄", "年摄影、华摄", "《来源：柳河》",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		forms := map[string]func(string) string{"Byline": Byline, "Name": Name, "PageNumber": PageNumber}
		for name, form := range forms {
			once := form(text)
			if again := form(once); again != once {
				t.Errorf("%s: %q is %q, which is %q", name, text, once, again)
			}
		}
		day, err := Day(text)
		if again, err2 := Day(day); err == nil && (err2 != nil || again != day) {
			t.Errorf("%q is %q, which is %q, %v", text, day, again, err2)
		}
	})
}
