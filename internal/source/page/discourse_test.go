package page

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// opens must equal the pattern that it stands for.
func TestOpens(t *testing.T) {
	pattern := regexp.MustCompile(
		`^[^。！？]{0,20}?(?:近日|日前|昨天|昨日|昨晚|今天|今日|今晨|本月|本周|当天|当地时间|记者|(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|\d{4}年)`,
	)
	texts := []string{"", "5日", "105日", "2031年", "12031年", "十一月二十五日", "一二三四日", "柳河。5日", strings.Repeat("柳", 20) + "5日",
		strings.Repeat("柳", 21) + "5日", "当地时间", "当地。时间"}
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, strings.Split(string(text), "\n")...)
	}
	for _, s := range texts {
		if got, want := opens(s), pattern.MatchString(s); got != want {
			t.Errorf("opens(%q) is %v, want %v", s, got, want)
		}
	}
}
