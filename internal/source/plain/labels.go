package plain

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
)

// label matches what says what the rest of a line is: 作者：, 【正文】, 【来源：. Its groups are the
// name within brackets, and the name before a colon. Characters are simplified before.
var label = regexp.MustCompile(`(?i)[【\[［]` + blanks + `(` + names + `)` + blanks + `[】\]］]` + blanks + `[:：]?|` +
	`(?:^|[\s\x{3000}\x{a0};；|｜【\[［])(` + names + `)` + blanks + `[:：]`)

const blanks = `[\s\x{3000}\x{a0}]*`

// names are those of labels, in which blanks may set two characters apart.
var names = strings.ReplaceAll(`title|headline|author|(?:pub)?date|source|content|url|link|`+
	`标_题|题_目|题_名|作_者|记_者|(?:发布|发表|刊发|出版|更新)?(?:时_间|日_期)|`+
	`(?:新闻|文章|稿件|信息)?来_源|出处|栏目|频道|分类|类别|版次|版名|报纸|报刊|刊名|(?:原文)?(?:链接|连结)|网址|关键词|摘要|`+
	`责任编辑|责编|编辑|正_文|内_容|全_文|内_文`, "_", blanks)

// dayAtStart matches a day with which a line of labels begins: 2024-03-05 08:30 来源：….
var dayAtStart = regexp.MustCompile(`^` + dayPattern)

// dayAtEnd matches one with which it ends: 作者：周舟 2024-03-05.
var dayAtEnd = regexp.MustCompile(`[\s　](` + dayPattern + `)$`)

const dayPattern = `\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?`

// longestLabels bounds a line of labels in characters; longer ones are text.
const longestLabels = 200

var noBlanks = strings.NewReplacer(" ", "", "\t", "", "　", "", "\u00a0", "")

// readLabels reads a line that begins with a label as members of a record. The text of an
// article that begins on the line is the last of them.
func readLabels(line string) []field.Member {
	if !strings.ContainsRune(line, '：') && strings.IndexByte(line, ':') < 0 && !strings.ContainsAny(line, "】]］") {
		return nil // as nearly always
	}
	line = strings.TrimSpace(line)
	day := dayAtStart.FindString(line)
	members := labelsOf(strings.TrimSpace(line[len(day):]))
	if members == nil || day == "" {
		return members
	}
	return append(members, field.Member{Name: string(field.Date), Kind: field.String, Value: day})
}

// labelsOf reads a line that begins with a label.
func labelsOf(line string) []field.Member {
	found := findLabels(line[:min(len(line), utf8.UTFMax*longestLabels)])
	if len(found) == 0 || found[0].start > 0 {
		return nil
	}
	var members []field.Member
	for i, at := range found {
		end := len(line)
		f, _ := field.IsKnown(at.name)
		if i+1 < len(found) && f != field.Text {
			end = found[i+1].start
		}
		value := strings.Trim(line[at.end:end], " \t　;；|｜\u00a0")
		if strings.HasPrefix(line[at.start:], "【") { // 【来源：…】
			value = strings.TrimSuffix(value, "】")
		}
		if day := dayAtEnd.FindStringSubmatchIndex(value); day != nil && f != field.Text && f != field.Date {
			members = append(members, field.Member{
				Name: string(field.Date), Kind: field.String, Value: value[day[2]:day[3]]})
			value = strings.TrimSpace(value[:day[0]])
		}
		members = append(members, field.Member{Name: at.name, Kind: field.String, Value: value})
		if f == field.Text {
			return members
		}
	}
	if utf8.RuneCountInString(line) > longestLabels {
		return nil
	}
	return members
}

// foundLabel is a label in a line: its name, and where it begins and what it says does.
type foundLabel struct {
	name       string
	start, end int
}

func findLabels(line string) []foundLabel {
	var all []foundLabel
	for _, at := range label.FindAllStringSubmatchIndex(field.Simplify(line), -1) {
		from, to := at[2], at[3]
		if from < 0 {
			from, to = at[4], at[5]
		}
		all = append(all, foundLabel{noBlanks.Replace(line[from:to]), at[0], at[1]})
	}
	return all
}

// Labels returns the members of a record in a line of labels, nil if the line has anything else,
// or a date that is none.
func Labels(line string) []field.Member {
	members := readLabels(line)
	for _, m := range members {
		f, _ := field.IsKnown(m.Name)
		day, err := news.Day(m.Value)
		if f == field.Text || f == field.Title || f == field.Date && (err != nil || day == "") {
			return nil
		}
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
		!strings.ContainsRune("。；，：、", lastRune(line)) && !strings.Contains(line, "。") && readLabels(line) == nil
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
