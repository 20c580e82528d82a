package page

import (
	"fmt"
	"regexp"
	"strings"

	"xunwen/internal/news"
)

var (
	// Days that a line may begin with: with 年月日, in Chinese numerals, by the Republic's
	// years, in digits only. news.Day says which day it is.
	dateMarks = []*guardedPattern{
		{"0123456789", "年", regexp.MustCompile(`^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日`)},
		{"一二", "年", regexp.MustCompile(`^[一二〇○零三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,4}日`)},
		{"中民", "年", regexp.MustCompile(`^(?:中[华華])?民[国國]\s*(?:\d{1,3}|元|[一二三四五六七八九十百〇○零]{1,6})\s*年\s*` +
			`(?:\d{1,2}|[一二三四五六七八九十元正]{1,3})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,4})\s*日`)},
	}
	isoDateMark = &guardedPattern{"0123456789", "", regexp.MustCompile(`^\d{4}[-./]\d{1,2}[-./]\d{1,2}\b`)}
	weekMark    = &guardedPattern{"（(星周週礼禮", "", regexp.MustCompile(`^[（(]?(星期|周|週|礼拜|禮拜)[一二三四五六日天][）)]?`)}
	lunarMark   = &guardedPattern{
		"",
		"月",
		regexp.MustCompile(`^(农历)?[\p{Han}]{2}年\S{0,4}月\S{0,2}([初十廿卅][一二三四五六七八九十]?|[一二三四五六七八九]日)`),
	}
	// A1·要闻, 要闻·A1, 01要闻: the number and the name of a page in one field
	numberedName = regexp.MustCompile(`^([A-Z]?\d{1,3})[·•・]?(\p{Han}{2,8})$`)
	nameNumber   = regexp.MustCompile(`^(\p{Han}{2,8})[·•・]?([A-Z]\d{1,3}|\d{1,3})$`)
	pageMark     = &guardedPattern{"", "版", regexp.MustCompile(`^第?\s*([A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版`)}
	barePage     = regexp.MustCompile(`^[-—·\s]*([A-Z]?\d{1,3})[-—·\s]*$`)
	staffMark    = regexp.MustCompile(
		`^[（(]?(?:(?:社长|总编辑|副总编辑)\s|\p{Han}{0,6}?(?:编辑|責編|責任編輯|編輯|责编|主编|主編|总编|编委|编审|美编|美編|校对|校對|审校|审核|审读|终审|` +
			`版式|版面|组版|組版|统筹|監製|监制|值班|值班主任|视觉总监|版式设计|版面设计|美术设计|视觉设计|制图|社长|检校|签发|电子邮箱)\s*[:：/／])`,
	)
	officeMark = &guardedPattern{
		"",
		"",
		regexp.MustCompile(
			`^(本报)?(地址|电话|联系电话|新闻热线|热线|读者热线|广告热线|广告|传真|邮编|邮政编码|邮箱|投稿邮箱|电子信箱|网址|[国國][内內][统統]一([连連][续續]出版物)?(刊)?[号號]|[统統]一刊[号號]|刊[号號]|邮发代号|代[号號]\s*[:：]?\s*\d{1,2}[-—]|零售价?|定价|` +
				`订阅|发行|印刷|广告许可证|[\p{Han}]{2,8}(?:咨询|服务|联系|举报|报名)?(?:电话|热线)|(?i:e-?mail|https?|www|cn\s*\d\d[-—－]\d{4}|issn|` +
				`tel|fax))\s*([:：./]|[\dA-Z]|$)`,
		),
	}
	issueMark = &guardedPattern{"（(总總第今本共", "", regexp.MustCompile(
		`^[（(]?(?:[总總]?第\s*\d{2,6}\s*[期号號]|[总總][期号號]?\s*\d{2,6}\s*期|` +
			`(?:(?:今[日天]|本期|本报今日|本報今日)\s*共?|共)\s*(?:[A-Z]?\d+|[一二三四五六七八九十]{1,3})\s*[版页頁](?:\s*[/／]\s*\d+[版页頁])?)[）)]?`)}
	paperName = regexp.MustCompile(
		`^《?([\p{Han}]{1,8}(日报|晚报|早报|时报|晨报|都市报|周报|周刊|商报|青年报|工人报|快报|导报|参考|报|日報|晚報|早報|時報|晨報|週報|周報|週刊|商報|快報|導報|僑報|報))》?$`,
	)
	staffWord  = regexp.MustCompile(`^(?:总值班|值班主任|编审|责任编辑|責任編輯|责编|编辑|編輯|主编|主編|美编|美編|校对|校對|组版|組版|统筹|監製|监制|版式)$`)
	personName = regexp.MustCompile(`^[\p{Han}·、，,/／]{1,12}$`)
	latinTag   = regexp.MustCompile(`^[A-Za-z][A-Za-z &'.]{1,30}$`)
)

// pageNames are names of pages that are furniture even alone on a line.
var pageNames = map[string]bool{"要闻": true, "国际": true, "国内": true, "综合": true, "社会": true, "体育": true, "体育新闻": true,
	"经济": true, "文化": true, "评论": true, "理论": true, "副刊": true, "政治": true, "教育": true, "科技": true, "生态": true,
	"广告": true, "读者之友": true, "民生": true, "法治": true, "健康": true, "旅游": true, "财经": true, "本地": true, "国际新闻": true,
	"要聞": true, "國際": true,
	"國內": true, "綜合": true, "社會": true, "體育": true, "經濟": true, "評論": true, "理論": true, "廣告": true, "財經": true}

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
	found := ""
	for _, mark := range dateMarks {
		if found = mark.find(s); found != "" {
			break
		}
	}
	if spelt = found != ""; !spelt {
		found = isoDateMark.find(s)
	}
	if found == "" {
		return "", 0, false
	}
	day, err := news.Day(strings.ReplaceAll(found, " ", ""))
	if err != nil {
		day = ""
	}
	return day, len(found), spelt
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
