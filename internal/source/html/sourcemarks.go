package html

import (
	"regexp"
	"strings"
)

// How sources are written.

var (
	// 来源：新华社, 稿件来源: 某报, 信息来源：某局; not 图片来源, 数据来源, which are
	// about a part of the article.
	sourceLabel = regexp.MustCompile(
		`(?:^|[^\p{Han}])(?:本文|文章|稿件|新闻|新聞|信息|消息|内容|內容)?(?:[来來]源|稿源|转自|轉自|转载自|出处|摘自)(?:于|自)?[\s\p{Zs}\x{200b}]*[:：丨｜|╱]` +
			`[\s\p{Zs}\x{200b}]*([^\s\p{Zs}\x{200b}][^:：]*)?`,
	)
	// An element of its own without a colon: 来源柳河日报.
	sourceElement = regexp.MustCompile(`^(?:文章|稿件|信息)?[来來]源[于自]?([\p{Han}A-Za-z0-9]{2,16})$`)
	// The end of a name in such a line.
	creditEnd = regexp.MustCompile(
		`[\s\p{Zs}\x{200b}|｜丨,，;；()（）\[\]【】。]|作者|编辑|編輯|记者|記者|责编|時間|时间|发布$|发布(?:时间|日期|于)|浏览|点击|点赞|阅读|评论\s*\d|字号|字体|打印|分享|原创稿?$|投稿`)
	// The accounts of cities and counties: 柳河发布.
	ofCity    = regexp.MustCompile(`^[\p{Han}]{2,4}发布$`)
	notOfCity = regexp.MustCompile(`[报局委厅部社网台办府]发布$`)
	bookMarks = regexp.MustCompile(`^[^《》]{0,14}[-－—\s]?《([^《》]{2,16})》`)
	houseName = regexp.MustCompile(
		`^[\p{Han}A-Za-z0-9]{1,14}(?:报|報|报社|社|网|網|新闻|新聞|周刊|杂志|电视台|广播|客户端|在线|发布|融媒|融媒体|头条|中文站|日报|时报)$|^掌上\p{Han}{2,6}$`,
	)
	// 本文来自微信公众号“柳河商业”（ID：lh），作者：周舟.
	fromAccount = regexp.MustCompile(
		`(?:(?:来自|转自|转载自|首发于|首发|来源于|选自|摘自|原载于?|源自)(?:微信)?(?:公众号|公号|微信号)\s*[:：]?|^以下文章来源于)\s*[“「【《『]?([\p{Han}A-Za-z0-9·]{2,16})[”」】》』（(，,。\s]`)
	// Authorities, schools and firms, which publish too: 中共柳河县委宣传部.
	officeName = regexp.MustCompile(
		`^\p{Han}{2,20}(?:宣传部|统战部|组织部|武装部|党工委|政府|政府办|办公室|委员会|管委会|局|厅|大学|学院|学校|中学|小学|集团|公司|协会|学会|研究院|研究所|` +
			`医院|法院|检察院|出版社|总工会|工会|团委|妇联|商会|基金会|电台|通讯社|支队|总队|大队|中心|工作室|街道办|街道办事处|馆|队|校友会)$`)
	partOfOffice = regexp.MustCompile(`^\p{Han}{1,12}(?:部|处|科|室|站|所)$`)
	// Who publishes, where nobody else is named as the source.
	publisherLabel = regexp.MustCompile(
		`(?:^|[^\p{Han}])(?:发布机构|发布单位|发布部门|供稿单位|来稿单位|投稿单位|供稿部门|发文机关|发文单位|發布單位|發佈單位|發布機關|供\s*稿|作\s*者)[\s\p{Zs}]*[:：丨｜|]` +
			`[\s\p{Zs}\x{200b}]*([^\s\p{Zs}\x{200b}][^:：]*)`)
	// A part of a portal, not who wrote.
	channelName = regexp.MustCompile(
		`^(?:时政|国内|国际|社会|本地|要闻|财经|体育|娱乐|科技|教育|军事|图片|视频|综合|滚动|最新|热点|热门|地方|行业|公司|学校|校园|企业|今日|头条|工作|媒体|原创|焦点|经济|文化|民生|健康|旅游|汽车|房产|我的|更多|相关|推荐|基层|部门)+(?:新闻|新聞|报|网|频道|在线|动态|要闻|资讯|头条|发布)?$`)
	writerAndHouse = regexp.MustCompile(
		`^([\p{Han}·]{2,5})[/／]([\p{Han}A-Za-z0-9]{1,12}(?:报|社|网|新闻|周刊|杂志|电视台|客户端|在线))$`,
	)
	account    = regexp.MustCompile(`(?:发布于|發佈於)[\p{Han}\s]{0,10}?([\p{Han}A-Za-z0-9]{2,16})官方账号`)
	notSource  = regexp.MustCompile(`\d{4}|[来來]源|^(?:原创|本站原创|本网原创|转载|综合|整理|网络|互联网|未知|佚名|本站|本网|不详|其他|自媒体|编辑|无|责任编辑|微信公众号|公众号)$|网友`)
	nameMark   = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:name|author|user|media|publisher|mname)(?:[\s_-]|$)`)
	sourceMark = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:source|src|media-?name|jgname|laiyuan|author-?name|account|nick-?name|user-?name|mp-?name|copy-?from|origin|ly|from)(?:[\s_-]|$)|^(?:source|media)[_-]?(?:baidu|name)`)
)

// isOffice reports whether a text is the name of an authority, a school or a firm.
func isOffice(text string) bool {
	return officeName.MatchString(text) && !channelName.MatchString(text) && !genericTitle.MatchString(text)
}

func isCityAccount(text string) bool { return ofCity.MatchString(text) && !notOfCity.MatchString(text) }

// isHouse reports whether a text is the name of a publisher.
func isHouse(text string) bool {
	if first, last, ok := strings.Cut(text, "-"); ok && isHouse(first) {
		return isHouse(last) // 青禾网-青禾日报
	}
	return houseName.MatchString(text) && !channelName.MatchString(text) && !notSource.MatchString(text)
}
