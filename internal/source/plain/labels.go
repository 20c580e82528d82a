package plain

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
)

// label matches what says what the rest of a line is: 作者：, 发布时间:.
var label = regexp.MustCompile(
	`(?:^|[\s;；|｜【\[])(标\s*题|题\s*目|作\s*者|记\s*者|(?:发布|发表|刊发|出版|更新)?(?:时\s*间|日\s*期)|(?:新闻|文章|稿件|信息)?来\s*源|` +
		`出处|栏目|频道|分类|类别|版次|版名|报纸|链接|网址|原文链接|关键词|摘要|编辑|责编|责任编辑|(?:正\s*文|内\s*容|全\s*文))\s*[】\]]?\s*[:：]`)

// dayAtStart matches a day with which a line of labels begins: 2024-03-05 08:30 来源：….
var dayAtStart = regexp.MustCompile(
	`^\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?`)

// longestLabels bounds a line of labels in characters; longer ones are text.
const longestLabels = 200

var noBlanks = strings.NewReplacer(" ", "", "　", "")

// readLabels reads a line that begins with a label as members of a record. The text of an
// article that begins on the line is the last of them.
func readLabels(line string) []field.Member {
	if !strings.ContainsRune(line, '：') && strings.IndexByte(line, ':') < 0 {
		return nil // as nearly always
	}
	line = strings.TrimSpace(line)
	if day := dayAtStart.FindString(line); day != "" {
		members := readLabels(line[len(day):])
		if members == nil {
			return nil
		}
		return append(members, field.Member{Name: string(field.Date), Kind: field.String, Value: day})
	}
	found := label.FindAllStringSubmatchIndex(line, -1)
	if len(found) == 0 || strings.TrimLeft(line[:found[0][2]], "【[") != "" {
		return nil
	}
	var members []field.Member
	for i, at := range found {
		name := noBlanks.Replace(line[at[2]:at[3]])
		end := len(line)
		f, _ := field.IsKnown(name)
		if i+1 < len(found) && f != field.Text {
			end = found[i+1][0]
		}
		value := strings.Trim(line[at[1]:end], " \t　;；|｜")
		members = append(members, field.Member{Name: name, Kind: field.String, Value: value})
		if f == field.Text {
			return members
		}
	}
	if utf8.RuneCountInString(line) > longestLabels {
		return nil
	}
	return members
}

// opensRecord reports whether labels can only be those of an article: they have a title, or a
// day, or say two things about it.
func opensRecord(members []field.Member) bool {
	if len(members) == 0 {
		return false
	}
	kinds := map[field.Field]bool{}
	for _, m := range members {
		f, _ := field.IsKnown(m.Name)
		kinds[f] = true
		if f == field.Date {
			if day, err := news.Day(m.Value); err != nil || day == "" {
				return false
			}
		}
	}
	return kinds[field.Title] || kinds[field.Date] || len(kinds) > 1 && kinds[field.Byline]
}

// longestTitle is that of a line that can be a title, in characters.
const longestTitle = 60

// isTitle reports whether a line can be the title of an article.
func isTitle(line string) bool {
	line = strings.TrimSpace(line)
	n := utf8.RuneCountInString(line)
	return n > 1 && n <= longestTitle && !strings.ContainsAny(line[len(line)-1:], ".,;:") &&
		!strings.ContainsRune("。；，：、", lastRune(line)) && readLabels(line) == nil
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
