package news

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// What a byline has besides names: for whom and as what they worked. A house directly
	// before 记者 is none of the names: 青禾新闻记者 贺某.
	role = regexp.MustCompile(
		`(?:本[报報刊网網台社]|(?:新华社|中新社))?(?:特约|特約|见习|見習|实习|實習|首席|全媒体|全媒體|融媒体|资深|驻\p{Han}{1,4}?|赴\p{Han}{1,4}?)*` +
			`(?:[记記]者(?:站)?|通[讯訊][员員]|[评評][论論][员員]|特派员|特派員|实习生|實習生|[摄攝]影|摄像|撰稿人?|撰文|采写|採寫|编译|編譯|综合报道|专题报道|报道|報導|报导|整理|作者)` +
			`(?:\s*[:：/／])?`)
	houseRole = regexp.MustCompile(`^\p{Han}{2,10}?(?:报|報|社|网|網|新闻|新聞|周刊|日报|晚报|电视台|客户端|在线|频道|中心)[记記]者`)
	ownHouse  = regexp.MustCompile(`^本[报報刊网網台社](?:讯|訊)?$`)
	// Others who worked on an article aren't its authors.
	otherRole = regexp.MustCompile(
		`(?:责任编辑|責任編輯|责编|責編|本版编辑|编辑|編輯|校对|校對|审核|监制|来源|來源|值班主任|主编|编审)\s*[:：].*$`)
	photographer = regexp.MustCompile(`(\p{Han}\s*\p{Han})[摄攝]\s*$`)
	nameBreak    = regexp.MustCompile(`[;；,，、/／|｜&＆\n]+|\s(?:和|与|及)\s`)
	brackets     = strings.NewReplacer(
		"（", " ", "）", " ", "(", " ", ")", " ", "【", " ", "】", " ", "[", " ", "]", " ", "□", " ", "■", " ",
		"●", " ", "○", " ", "◎", " ", "◆", " ", "\u3000", " ", "\u00a0", " ", "\u200b", "", "\ufeff", "")
)

// duties are words that stand next to names as if they were some.
var duties = map[string]bool{
	"文": true, "图": true, "圖": true, "摄": true, "攝": true, "文图": true, "图文": true, "文字": true, "供图": true,
	"图片": true, "by": true, "记": true, "报道": true,
}

// longestByline bounds the bylines that are taken apart, in characters; longer ones are texts.
const longestByline = 120

// Byline returns the names of a byline separated by one space, without what the people are
// (记者, 通讯员, 摄影, 本报) and without blanks inside names of two characters. A byline that
// names nobody stays, if it says whose text it is: 本报评论员.
func Byline(text string) string { return settle(text, byline) }

func byline(text string) string {
	text = trimValue(text)
	if text == "" || unnamed[strings.ToLower(text)] {
		return ""
	}
	whole := strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > longestByline {
		return whole
	}
	rest := brackets.Replace(text)
	if strings.ContainsAny(rest, ":：") {
		rest = otherRole.ReplaceAllString(rest, "")
	}
	var names []string
	for _, part := range nameBreak.Split(rest, -1) {
		part = trimValue(part)
		if strings.Contains(part, "记者") || strings.Contains(part, "記者") {
			part = houseRole.ReplaceAllString(part, "记者")
		}
		part = role.ReplaceAllString(part, " \x00 ") // people of two roles are apart
		for _, group := range strings.Split(part, "\x00") {
			if strings.ContainsAny(group, "摄攝") {
				group = photographer.ReplaceAllString(group, "$1")
			}
			names = append(names, namesIn(group)...)
		}
	}
	if len(names) == 0 {
		if strings.Contains(whole, "评论员") || strings.Contains(whole, "評論員") {
			return whole
		}
		return ""
	}
	return strings.Join(names, " ")
}

// namesIn returns the names in words that belong together.
func namesIn(group string) []string {
	words := slices.DeleteFunc(strings.Fields(group), func(w string) bool {
		w = strings.Trim(w, ":：.。")
		return w == "" || duties[strings.ToLower(w)] || ownHouse.MatchString(w) || unnamed[strings.ToLower(w)]
	})
	var names []string
	for i := 0; i < len(words); {
		n := 1
		for i+n < len(words) && isSingleHan(words[i]) && isSingleHan(words[i+n]) {
			n++
		}
		switch {
		case n == 1 || n > 3 && n%2 == 1:
			names, i = append(names, words[i]), i+1
		case n == 3: // a name of three characters, set apart
			names, i = append(names, words[i]+words[i+1]+words[i+2]), i+n
		default:
			names, i = append(names, words[i]+words[i+1]), i+2
		}
	}
	return names
}

func isSingleHan(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.Is(unicode.Han, r)
}
