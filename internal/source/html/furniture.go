package html

import (
	"regexp"
	"unicode/utf8"
)

// Furniture: lines in the element of the article that are not part of its text.

const (
	maxFurniture = 60 // characters: longer lines are text, whatever they begin with
	// tailShare bounds the share of the text that a heading such as 相关阅读 may cut
	// off: it follows the text, or is between two parts of it.
	tailShare = 0.35
)

var (
	furnitureLine = regexp.MustCompile(`^[（(【\[「<《>\s]*(?:` +
		`责任?编辑?\s*[:：]|(?:本文|值班|执行|见习)?(?:编辑|主编|审核|校对|监制|终审|初审|复审|排版|美编|值班编委)\s*[:：/／|｜]|` +
		`分享(?:到|至|让更多|给|本文|文章)|分享$|微信扫一扫|扫一扫|扫描(?:下方|上方)?二维码|长按.{0,8}二维码|打开.{0,12}(?:APP|App|客户端|微信)|` +
		`下载.{0,12}(?:APP|App|客户端)|` +
		`点击(?:图片)?(?:进入|查看|下载|上方|下方|关注|阅读|返回)|关注.{0,16}(?:公众号|微信号)|返回.{0,12}(?:首页|列表)|` +
		`版权(?:声明|归)|未经.{0,12}(?:授权|许可|允许)|转载(?:请|须)|本文(?:来源|版权|系|为)\S{0,20}(?:授权|转载|所有)|本文来源\s*[:：]|免责声明|特别声明|声明[:：]|` +
		`(?:我要|网友|最新|热门|全部|精彩|查看)评论|评论[(（\d]|举报(?:邮箱|电话\s*[:：].*)?$|收藏$|打印(?:本页)?$|关闭(?:窗口)?$|【?纠错】?|字号\s*[:：]?|` +
		`阅读\s*[(（]?\d+[)）]?$|浏览(?:次数|量)|` +
		`(?:上|下)一(?:篇|页|条)|标签\s*[:：]|关键[词字]\s*[:：]|原标题\s*[:：]|原文链接|视频加载中|广告$|正在加载|` +
		`(?:文章|稿件|新闻|信息)?来源\s*[:：][^。]{0,24}$` +
		`)`)
	tailHeading = regexp.MustCompile(
		`^[【\[\s]*(?:相关|延伸|推荐|扩展|拓展|精彩|热门|更多|往期|最新)(?:的)?(?:阅读|新闻|报道|链接|推荐|文章|专题|内容|精彩|评论|回顾|资讯|视频|热点|图文|搜索|` +
			`帖子)(?:\s*[:：>»]*)[】\]\s]*$|^(?:猜你喜欢|大家都在看|为你推荐|网友评论|热门跟贴|跟贴)`,
	)
	stampLine = regexp.MustCompile(`^[^。！？]{0,30}(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?[^。！？]{0,40}$`)
	clockTime = regexp.MustCompile(`\d{1,2}[:：]\d{2}`)
)

func isShort(s string) bool {
	return len(s) <= 4*maxFurniture && utf8.RuneCountInString(s) <= maxFurniture
}

// isFurniture reports whether a line is furniture. Under a picture, 来源 is that
// of the picture.
func isFurniture(b block) bool {
	return isShort(b.text) && furnitureLine.MatchString(b.text) && !(b.afterImage && captionTail.MatchString(b.text))
}

// withoutFurniture keeps the text of the article.
func withoutFurniture(all []block, title string) []block {
	all = withoutTail(withoutHead(all, title))
	kept := all[:0]
	afterTail := false
	for _, b := range all {
		switch {
		case isFurniture(b):
		case isShort(b.text) && tailHeading.MatchString(b.text):
			afterTail = true
		case afterTail && b.link:
		default:
			afterTail = false
			kept = append(kept, b)
		}
	}
	return withoutTeasers(kept)
}

// headLines is how many blocks of the article's element the headline block has
// at most.
const headLines = 5

// withoutHead drops what repeats the headline block: the title, and lines with
// date, source and the like.
func withoutHead(all []block, title string) []block {
	kept := make([]block, 0, len(all))
	for i, b := range all {
		if i < headLines && (b.text == title || isStamp(b.text) || isScrap(b)) {
			continue
		}
		kept = append(kept, b)
	}
	return kept
}

// isStamp reports whether a line has date and time, with or without source. A
// date by itself may be text.
func isStamp(text string) bool {
	return isShort(text) && stampLine.MatchString(text) &&
		(clockTime.MatchString(text) || sourceLabel.MatchString(text) || dayLabel.MatchString(text))
}

// maxScrap is the length of what remains of buttons and counters: 图集, +1.
const maxScrap = 3 // characters

var bareDay = regexp.MustCompile(`^(?:(?:19|20)\d\d[-年/.])?\d{1,2}[-月/.]\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?$`)

// isTeaser reports whether a block may be part of a list of other articles.
func isTeaser(b block) bool {
	return b.link || bareDay.MatchString(b.text) || isScrap(b)
}

func isScrap(b block) bool { return utf8.RuneCountInString(b.text) <= maxScrap }

// withoutTeasers removes links from the beginning of a text, and from its end
// the list of other articles: links, dates with the headlines above them, and
// the heading of the list.
func withoutTeasers(all []block) []block {
	end, dated := len(all), false
	for len(all) > 0 && all[0].link {
		all, end = all[1:], end-1
	}
	for ; end > 0; end-- {
		b := all[end-1]
		headline := dated && isShort(b.text) && !sentenceEnd.MatchString(b.text)
		heading := end < len(all) && b.kind == headingBlock
		if !isTeaser(b) && !headline && !heading {
			break
		}
		dated = bareDay.MatchString(b.text)
	}
	return all[:end]
}

var sentenceEnd = regexp.MustCompile(`[。！？!?…”）)]$`)

// withoutTail cuts the text at a heading such as 相关阅读 if little follows it or
// most of what follows is teasers.
func withoutTail(all []block) []block {
	total := 0
	for _, b := range all {
		total += len(b.text)
	}
	before := 0
	for i, b := range all {
		if isShort(b.text) && tailHeading.MatchString(b.text) {
			if rest := total - before; float64(rest) < tailShare*float64(total) || mostlyTeasers(all[i+1:]) {
				return all[:i]
			}
		}
		before += len(b.text)
	}
	return all
}

func mostlyTeasers(all []block) bool {
	n := 0
	for _, b := range all {
		if isTeaser(b) {
			n++
		}
	}
	return 2*n >= len(all)
}
