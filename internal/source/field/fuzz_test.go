package field_test

import (
	"strings"
	"testing"

	"xunwen/internal/source/field"
	"xunwen/internal/source/hantest"
)

// FuzzArticle checks that nothing panics, and that the Han characters of a member are in the
// article if its name is neither left out nor in the error.
func FuzzArticle(f *testing.F) {
	f.Add("标题", "新桥", "content", "甲\n乙", "time", "2024-03-05", false)
	f.Add("data.title", "新桥", "data.content", "甲", "author.name", "周舟", true)
	f.Add("_id.$oid", "65", "正文部分", "柳河新桥昨天上午通车，居民过江只要十分钟。", "summary", "短", false)
	f.Add("id", "17", "text", "<p>甲</p>", "hits", "九", true)
	f.Fuzz(func(t *testing.T, name1, value1, name2, value2, name3, value3 string, lenient bool) {
		members := record(name1, value1, name2, value2, name3, value3)
		a, left, err := field.Reader{Lenient: lenient}.Article(members, nil)
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("an error without a reason")
			}
			return
		}
		kept := hantest.Texts(a)
		for _, m := range members {
			if strings.ContainsAny(m.Value, "<&") || contains(left, m.Name) {
				continue
			}
			if lost := hantest.Lost(m.Value, append(kept, a.File)...); lost != "" {
				t.Errorf("%q=%q loses %q: %q, left out %q", m.Name, m.Value, lost, kept, left)
			}
		}
	})
}

// contains reports whether a name, or that of the object around it, is among those left out.
func contains(left []string, name string) bool {
	for _, l := range left {
		if l == name || strings.HasPrefix(name, l+".") {
			return true
		}
	}
	return false
}
