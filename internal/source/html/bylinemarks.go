package html

import (
	"regexp"
	"strings"

	dom "golang.org/x/net/html"
)

// The parts of a byline: who, as what, and the names.
const (
	nameForm = `[\p{Han}·][\p{Han}·A-Za-z]{1,12}`
	gapForm  = `[\s\p{Zs}\x{200b}、，,/／&]+`
	oneForm  = `(?:` + nameForm + `|\p{Han}[\p{Zs}\s]+\p{Han})`
	manyForm = oneForm + `(?:` + gapForm + oneForm + `){0,5}`
	dutyForm = `(?:特约|特約|特派|特别|见习|見習|实习|實習|首席|高级|资深|資深|全媒体|融媒体?|驻\p{Han}{2,4}|駐\p{Han}{2,4})*`
	whoForm  = `(?:[记記]者|[通讯訊]{2}[员員]|[评評][论論][员員]|特[约約]撰稿人?|撰稿人|[观觀]察[员員])`
)

var (
	authorLabel = regexp.MustCompile(
		`(?:^|[^\p{Han}])(?:本文|文章)?(?:作\s*者|撰文|撰稿人?|供稿人?|文字?|文图|采写|採寫|(?:采访|口述|采写)?整理|主笔|主筆|[报報][导導道]|[报報][导導道][．.·、/]?(?:攝影|摄影)|[攝摄]影[．.·、/]?[报報][导導道]|` +
			`文[/／]?图|图[/／]?文|(?:本报|本刊|本网|本報)?` + dutyForm + whoForm + `)[\s\p{Zs}]*[:：/／╱丨｜|]\s*([^:：]*)`,
	)
	// （记者 陈静）, 本报记者 李某, 青禾新闻记者 段某 廖某: on a line or in brackets of its own.
	reporterLine = regexp.MustCompile(
		`^[（(【\[〔■□●◆▲\s]*(?:[\p{Han}A-Za-z0-9]{0,12})?\s?[/／|｜·]?\s?` + dutyForm + whoForm +
			`[\s\p{Zs}\x{200b}:：]*(.{2,60}?)[）)】\]〕]?$`)
	reporterIn = regexp.MustCompile(
		`[（(【〔](?:[^（()）。，]{0,12}?)?` + dutyForm + whoForm + `([^（()）。，:：]{2,40})[）)】〕]`,
	)
	// A report's place and day after the name: 柳河5日電.
	// 生活中心／許靜報導, 即時新聞／綜合報導.
	deskLine = regexp.MustCompile(
		`^[〔（(\[]?(?:\p{Han}{1,4}(?:中心|組|组|部)|即時新聞|即时新闻|記者|记者|文)[／/╱]\s*(\p{Han}{2,4}?)(?:[／/╱]\p{Han}{2,6}?)?(?:綜合|综合|採訪|现场|現場)?(?:報導|报导|報道|报道|整理)[〕）)\]]?$`)
	// 以下文章来源于一页，作者许静
	reprinted = regexp.MustCompile(`^以下文章来源于.{2,16}?[\s，,]+作者\s*([\p{Han}·]{2,6})`)
	// 周小舟/文 许静/摄: who took the pictures.
	photographers = regexp.MustCompile(`(\p{Han}(?:[/／]文)?)[\s\p{Zs}、，]+\p{Han}{2,4}[/／](?:[摄攝图圖]影?)$`)
	// Of JSON-LD; other places have Latin names of users and houses.
	latinName = regexp.MustCompile(`^[A-Z][a-z]+(?: [A-Z][a-z.]*){1,2}$`)
	// （本报记者周小舟、许静采访整理）
	dutyBehind   = regexp.MustCompile(`(\p{Han})(?:采访整理|采写整理|摄影报道|综合整理|采访|整理|采写)$`)
	countBehind  = regexp.MustCompile(`\s+\d+\s*\D?`) // 周小舟 0条评论
	dateline     = regexp.MustCompile(`(?:[\p{Han}]{0,4}\d{1,2}日)?[電电讯]$`)
	datelineName = regexp.MustCompile(`^(\p{Han}{2,3})\p{Han}{2,4}\d{1,2}日[電电]$`)
	authorPart   = regexp.MustCompile(`^(?:作者|记者|記者)(` + nameForm + `)$`) // an element of its own without a colon
	signedLine   = regexp.MustCompile(`^[■□●◆▲◎○]\s*(` + manyForm + `)$`)
	closing      = regexp.MustCompile(`[（(]([^（()）]{2,24})[）)][。]?$`)
	photoDuty    = regexp.MustCompile(`(?:图片?|圖|摄影|攝影|视频|制图|翻译|译者?|编译|编辑|編輯|责任编辑|责编|校对|审核|来源|时间|發佈|发布|二审|三审|监制|主编|出品|设计)\s*[:：/／╱丨｜|].*$`)
	editorLabel  = regexp.MustCompile(`(?:责任编辑|責任編輯|责编|編輯|编辑|编审|审核|主编|值班|校对|实习生)\s*[:：丨｜|/／\s]\s*(` + manyForm + `)`)
	unnamed      = regexp.MustCompile(
		`^(?i:未知|佚名|匿名|无|不详|admin|administrator|管理员|系统管理员|超级管理员|网站管理员|网友|关注|已关注|分享|收藏|点赞|全文|全部|时间|高清|文章|温馨提示|安全|金融|经济|平台|时政|国内|国际|国家|农业|农村|连载|查看|公告|通知|动态|通告|方案|沈阳|海口|海南|宁夏|广西|江苏|江西|云南|安徽|山东|山西|郑州|温州|苏州|常州|徐州|柳州|宁波|武汉|成都|金华|黄山|黄石|马鞍山|石家庄|吉林|和田|宜昌|荆州|郴州|温江|常德|宁德|万州|金山|黄浦|江北|江南|全国|华东|华南|华北|海外|房产|汽车|车市|游戏|文化|乐活|健康|安卓|双语|时尚|易车|花边|支持|反对|申请|应用|水滴|封面|党建|官方|路透|史海|商业|商务|施工|景区|网络|互联网|本站|本网|本报|原创|编辑|小编|记者|通讯员|转载|综合|暂无|作者|發佈|发布者|楼主|社论|社論|评论|評論|时评|短评|快评|来论|root|test)$`)
	neverPerson = regexp.MustCompile(`(?:部|科|股|处|局|网|報|报|社|编辑|记者|委|中心)$`)
	aheadOfName = regexp.MustCompile(
		`^[\p{Han}A-Za-z0-9]{0,14}?` + dutyForm + `(?:` + whoForm + `|作者|撰文)[\s\p{Zs}\x{200b}:：]*`)
	placeBehind = regexp.MustCompile(`[／/╱][\p{Han}、]{2,8}(?:综合)?(?:報導|报道|报导)$`)
	authorBlank = regexp.MustCompile(`(?:^|[^\p{Han}])(?:作者|记者|撰文|文)[\s\p{Zs}]+([\p{Han}·]{2,12})(?:[\s\p{Zs}\x{200b}]|$)`)
	notPerson   = regexp.MustCompile(
		`[\d@。！？《》]|(?:网|網|报|報|社|台|频道|新闻|中心|编辑|編輯|来源|微信|客户端|发布|时间|部|科|处|局|办公室|小组|委|会|院|所|站|公司|集团|大学|中学|小学|管理员|小编|在线|融媒|视频|头条|号|室|政府|厅|专区|博客|官方|平台|团队|支队|银行)$`)
	authorMark = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:author|byline|writer|zuozhe)(?:[\s_-]|$)|^author[_-]?(?:baidu|name)`)
	editorMark = regexp.MustCompile(`(?i)editor|bianji`)
)

// markedAuthor returns the name in an element that is marked as the author's.
func (p *webPage) markedAuthor(block *dom.Node) string {
	if isAuthorMark(block) {
		if name := p.strictNames(cellText(block)); name != "" {
			return name
		}
	}
	for n := range block.Descendants() {
		if n.Type == dom.ElementNode && isAuthorMark(n) {
			if name := p.strictNames(cellText(n)); name != "" {
				return name
			}
		}
	}
	return ""
}

func isAuthorMark(n *dom.Node) bool {
	if len(n.Attr) == 0 {
		return false
	}
	class, id := attr(n, "class"), attr(n, "id")
	isMarked := authorMark.MatchString(class) || authorMark.MatchString(id) ||
		strings.EqualFold(attr(n, "itemprop"), "author") || strings.EqualFold(attr(n, "rel"), "author")
	return isMarked && !editorMark.MatchString(class) && !editorMark.MatchString(id)
}
