package page

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

var (
	dateMark    = &guardedPattern{"0123456789", "年", regexp.MustCompile(`^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日`)}
	hanDateMark = &guardedPattern{
		"一二",
		"年",
		regexp.MustCompile(`^([一二〇○零三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日`),
	}
	isoDateMark = &guardedPattern{"0123456789", "", regexp.MustCompile(`^(\d{4})[-./](\d{1,2})[-./](\d{1,2})\b`)}
	weekMark    = &guardedPattern{"（(星周礼", "", regexp.MustCompile(`^[（(]?(星期|周|礼拜)[一二三四五六日天][）)]?`)}
	lunarMark   = &guardedPattern{
		"",
		"月",
		regexp.MustCompile(`^(农历)?[\p{Han}]{2}年\S{0,4}月\S{0,2}([初十廿卅][一二三四五六七八九十]?|[一二三四五六七八九]日)`),
	}
	pageMark  = &guardedPattern{"", "版", regexp.MustCompile(`^第?\s*([A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版`)}
	barePage  = regexp.MustCompile(`^[-—·\s]*([A-Z]?\d{1,3})[-—·\s]*$`)
	staffMark = &guardedPattern{
		"（(本责编主版美校组统监值审制视电社总副",
		"",
		regexp.MustCompile(
			`^[（(]?(?:(?:社长|总编辑|副总编辑)\s|(本版)?(责任编辑|责编|编辑|主编|版式设计|版式|版面设计|美术编辑|美编|校对|组版|统筹|监制|值班主任|值班编委|审读|制图|` +
				`视觉设计|电子邮箱|社长|总编辑|副总编辑)\s*[:：/／])`,
		),
	}
	officeMark = &guardedPattern{
		"",
		"",
		regexp.MustCompile(
			`^(本报)?(地址|电话|联系电话|新闻热线|热线|读者热线|广告热线|广告|传真|邮编|邮政编码|邮箱|投稿邮箱|电子信箱|网址|国内统一(连续出版物)?刊号|统一刊号|邮发代号|零售价?|定价|` +
				`订阅|发行|印刷|广告许可证|[\p{Han}]{2,8}(?:咨询|服务|联系|举报|报名)?(?:电话|热线)|(?i:e-?mail|https?|www|cn\s*\d\d-\d{4}|` +
				`tel|fax))\s*([:：./]|\d|$)`,
		),
	}
	issueMark = &guardedPattern{"总第今", "", regexp.MustCompile(`^(总)?第\s*\d{2,6}\s*期|^今日\s*\d+\s*版`)}
	paperName = regexp.MustCompile(
		`^《?([\p{Han}]{1,8}(日报|晚报|早报|时报|晨报|都市报|周报|周刊|商报|青年报|工人报|快报|导报|参考|报|日報|晚報|早報|時報|晨報|週報|周報|週刊|商報|快報|導報|僑報|報))》?$`,
	)
	staffWord  = regexp.MustCompile(`^(?:责任编辑|責任編輯|责编|编辑|編輯|主编|主編|美编|美編|校对|校對|组版|組版|统筹|監製|监制|版式)$`)
	personName = regexp.MustCompile(`^[\p{Han}·、，,/／]{1,12}$`)
	latinTag   = regexp.MustCompile(`^[A-Za-z][A-Za-z &'.]{1,30}$`)
)

// pageNames are names of pages that are furniture even alone on a line.
var pageNames = map[string]bool{"要闻": true, "国际": true, "国内": true, "综合": true, "社会": true, "体育": true, "体育新闻": true,
	"经济": true, "文化": true, "评论": true, "理论": true, "副刊": true, "政治": true, "教育": true, "科技": true, "生态": true,
	"广告": true, "读者之友": true, "民生": true, "法治": true, "健康": true, "旅游": true, "财经": true, "本地": true, "国际新闻": true}

// guardedPattern is a pattern for the beginning of a text. It is tried only if
// the text begins with one of the characters in first and contains needs ("" for
// any): patterns are slow, and few lines have what they look for.
type guardedPattern struct {
	first, needs string
	re           *regexp.Regexp
}

func (g *guardedPattern) may(s string) bool {
	return (g.first == "" || strings.ContainsRune(g.first, firstRune(s))) && strings.Contains(s, g.needs)
}

func (g *guardedPattern) find(s string) string {
	if !g.may(s) {
		return ""
	}
	return g.re.FindString(s)
}

func (g *guardedPattern) submatch(s string) []string {
	if !g.may(s) {
		return nil
	}
	return g.re.FindStringSubmatch(s)
}

// beginningDate returns the date that s begins with, "" if there is no such day,
// its length in bytes, and whether it is spelt out with 年月日.
func beginningDate(s string) (day string, length int, spelt bool) {
	if m := dateMark.submatch(s); m != nil {
		return dayOf(m[1], m[2], m[3]), len(m[0]), true
	}
	if m := hanDateMark.submatch(s); m != nil {
		return dayOf(digitsOf(m[1]), pageNumber(m[2]), pageNumber(m[3])), len(m[0]), true
	}
	if m := isoDateMark.submatch(s); m != nil {
		return dayOf(m[1], m[2], m[3]), len(m[0]), false
	}
	return "", 0, false
}

// dayOf returns a day as YYYY-MM-DD, "" if there is no such day.
func dayOf(year, month, day string) string {
	s := fmt.Sprintf("%s-%02s-%02s", year, month, day)
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return ""
	}
	return s
}

// digitsOf converts the digits of a year in Chinese numerals, 二〇二四, to Arabic
// ones.
func digitsOf(year string) string {
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
			return '1' + rune(i/len("一"))
		}
		return '0'
	}, year)
}

// pageNumber normalises a page number: 05 and 五 become 5, A03 stays.
func pageNumber(s string) string {
	const digits = "一二三四五六七八九"
	if !hasHan(s) {
		if t := strings.TrimLeft(s, "0"); t != "" {
			return t
		}
		return s
	}
	tens, ones, found := strings.Cut(s, "十")
	if !found {
		ones, tens = tens, ""
	}
	value := func(s string, empty int) int {
		if i := strings.Index(digits, s); s != "" && i >= 0 {
			return i/len("一") + 1
		}
		return empty
	}
	if !found {
		return fmt.Sprint(value(ones, 0))
	}
	return fmt.Sprint(10*value(tens, 1) + value(ones, 0))
}
