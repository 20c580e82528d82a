package page

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
)

// Marks of where a text comes from (sources, bylines, datelines, photo credits)
// and jump lines.

// agencyName matches houses whose name without more is a source; others need 据
// before them and a name that ends like one.
const agencyName = `(?:新华社|新華社|美聯社|路透社|新华网|中新社|中新网|中国新闻社|人民日报|人民网|光明日报|经济日报|央视新闻|央视网|央视|中央社|法新社|美联社|塔斯社|共同社|` +
	`新华每日电讯|参考消息|环球时报|中国青年报|工人日报|农民日报|科技日报|法治日报|解放军报)`

const houseName = `[\p{Han}A-Za-z0-9《》“”·]{0,14}?(?:社|报|報|网|網|新闻|新聞|电视台|电台|广播|客户端|周刊|杂志|通讯|台|时报|快报|电讯)`

// reporters are the words before the names of reporters in a dateline.
const reporters = `(?:本[报報]|本刊|见习|見習|特约|特約|首席|实习|實習|全媒体)*(?:[记記]者|通[讯訊][员員])`

const houses = `(?:` + agencyName + `|` + houseName + `)`

var (
	// 据新华社, （据新华社电）, 综合新华社、中新社报道
	sourceTail = regexp.MustCompile(
		`^[（(]?(?:[据據]|[综綜]合|[来來]源[:：]|[转轉]自)(` + houses + `(?:[、和]` + houses + `){0,3})` +
			`(?:[\p{Han}]{0,8}?\d{1,2}月\d{1,2}日)?(?:微信公众号|官网)?(?:[电電]|[讯訊]|消息|[报報][道導]|综合报道)?[）)]?$`,
	)
	// （新华社）, （新华社北京1月6日电）
	agencyTail = regexp.MustCompile(
		`^[（(](` + agencyName + `)(?:[\p{Han}]{0,8}?(?:\d{1,2}月)?\d{1,2}日)?(?:电|讯|供稿)?[）)]$`,
	)
	// （据临江融媒）: any name, since nothing else has this form after the end of a text
	namedTail = regexp.MustCompile(`^[（(][据據]([\p{Han}A-Za-z0-9《》“”·]{2,16}?)(?:电|讯|消息|报道)?[）)]$`)
	// 据临江融媒 at the end, without brackets: a sentence would end with a mark
	bareTail = regexp.MustCompile(`^据([\p{Han}A-Za-z0-9《》“”·]{2,10}?)(?:电|讯|消息|报道)?$`)
	// （记者 陈静）, （本报记者 李建国 张晓东 文/图）, 本报通讯员 陈静
	bylineText = regexp.MustCompile(
		`^[□■◎●◆◇▲△\s]*([（(]?)\s*((?:本[报報]|本刊|新[华華]社|中新社|人民日报|光明日报|[\p{Han}]{2,6}[社报報网網])?(?:特约|特約|特派|` +
			`[驻駐][\p{Han}]{1,6}?|见习|見習|实习|實習|首席|高级|高級|全媒体)*(?:[记記]者|通[讯訊][员員]|评论员|特派员|撰稿人?|观察员|实习生|實習生)|作者|` +
			`(?:文字?|图|摄影)(?:[:：/／|｜]|\s))\s*[:：/／|` +
			`｜]?\s*([\p{Han}·A-Za-z\s、，,/／]{0,40}?)(\s*(?:摄影报道|报道|文\s*[/／]\s*图|文|图|整理|编译))?\s*[）)]?$`,
	)
	bylineTail = regexp.MustCompile(
		`[（(]((?:本[报報]|新[华華]社|中新社|[\p{Han}]{2,6}[社报報网網])?(?:特约|特約|见习|見習|实习|實習)?(?:[记記]者|` +
			`通[讯訊][员員])[\p{Han}·\s、，/／]{2,50})[）)]$`,
	)
	// 新华社北京1月12日电（记者某某）, 本报讯 记者某某报道
	datelineHead = regexp.MustCompile(
		`^[（(【]?([据據])?(本[报報]|本刊|` + houses + `)(?:(?:[讯訊]|消息)|` +
			`[\p{Han}·、\s]{0,14}?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})日[\p{Han}]{0,2}?[电電讯訊]|` +
			`[\p{Han}]{1,8}[电電])`,
	)
	// （记者 某某 通讯员 某某）, 记者某某报道：
	reporter = regexp.MustCompile(
		`^[）)】]?\s*(?:[（(]\s*(` + reporters + `[\p{Han}·、，,:：/／\s]{2,60}?)[）)]|(` + reporters +
			`[：:]?\s*[\p{Han}·、\s]{2,40}?)[报報][道導][：:])`,
	)
	jumpHead = regexp.MustCompile(`^\s*[（(【]?\s*(?:上接|紧接)\s*第?[A-Z]?[\d一二三四五六七八九十]{1,3}\s*版[^）)】]{0,10}[）)】]?`)
	jumpTail = regexp.MustCompile(`[（(【]?\s*(?:下转|转至|转)\s*第?[A-Z]?[\d一二三四五六七八九十]{1,3}\s*版[^）)】。]{0,10}[）)】]?$`)
	signed   = regexp.MustCompile(
		`^[□■○●◎]\s*([\p{Han}·]{1,6}(?:[\s、，]+[\p{Han}·]{1,6}){0,7})(?:\s+(?:摄|文|图|整理|编译|文\s*[/／]\s*图))?$`,
	) // □方以桐
	jumpRest = regexp.MustCompile(
		`[（(【](?:下|上|下转|上接|紧接|转)?第?$`,
	) // a jump line split by a line break
)

// tailRunes is how much of the end of a text the patterns look at.
const tailRunes = 60

func tailOf(s string, n int) string {
	i := len(s)
	for ; i > 0 && n > 0; n-- {
		i--
		for k := 1; k < utf8.UTFMax && i > 0 && !utf8.RuneStart(s[i]); k++ {
			i--
		}
	}
	return s[i:]
}

func headOf(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// trimJumps removes jump lines from both ends of a text.
func trimJumps(s string) (rest string, taken []string) {
	if !strings.Contains(s, "版") {
		return s, nil
	}
	if m := jumpHead.FindStringIndex(s); m != nil {
		taken, s = append(taken, s[:m[1]]), s[m[1]:]
	}
	tail := tailOf(s, tailRunes)
	if m := jumpTail.FindStringIndex(tail); m != nil {
		at := len(s) - len(tail) + m[0]
		taken, s = append(taken, s[at:]), s[:at]
	}
	return s, taken
}

// trimSource removes the source from the end of a text and returns the rest, the
// source's name and what was removed. A source follows the end of a sentence or
// is in brackets.
func trimSource(s string) (rest, source, taken string) {
	if rest, source, taken = trimKnownSource(s); source != "" {
		return rest, source, taken
	}
	tail := tailOf(s, tailRunes)
	i := strings.LastIndex(tail, "据")
	if i < 0 {
		return s, "", ""
	}
	m := bareTail.FindStringSubmatch(tail[i:])
	at := len(s) - len(tail) + i
	before := strings.TrimRight(s[:at], " ")
	if m == nil || before != "" && !endMark(before).endsSentence() {
		return s, "", ""
	}
	return before, m[1], s[at:]
}

// trimKnownSource is trimSource for sources in brackets and for names that end
// like those of agencies and papers.
func trimKnownSource(s string) (rest, source, taken string) {
	tail := tailOf(s, tailRunes)
	for i, r := range tail {
		switch r { // how the patterns begin
		case '据', '據', '综', '綜', '来', '來', '转', '轉', '（', '(':
		default:
			continue
		}
		m := sourceTail.FindStringSubmatchIndex(tail[i:])
		if m == nil {
			m = agencyTail.FindStringSubmatchIndex(tail[i:])
		}
		if m == nil && endMark(strings.TrimRight(s[:len(s)-len(tail)+i], " ")).endsSentence() {
			m = namedTail.FindStringSubmatchIndex(tail[i:])
		}
		if m == nil {
			continue
		}
		at := len(s) - len(tail) + i
		before := strings.TrimRight(s[:at], " ")
		bracketed := r == '（' || r == '('
		if before != "" && !bracketed && endMark(before) == endOpen {
			continue
		}
		return before, tail[i+m[2] : i+m[3]], s[at:]
	}
	return s, "", ""
}

// trimByline removes （本报记者 某某） from the end of a text.
func trimByline(s string) (rest, names, taken string) {
	tail := tailOf(s, tailRunes)
	if !strings.HasSuffix(s, "）") && !strings.HasSuffix(s, ")") {
		return s, "", ""
	}
	m := bylineTail.FindStringSubmatchIndex(tail)
	if m == nil {
		return s, "", ""
	}
	at := len(s) - len(tail) + m[0]
	_, names, _ = readByline(tail[m[2]:m[3]])
	return strings.TrimRight(s[:at], " "), names, s[at:]
}

// readByline reads a block that is a byline and nothing else. closing reports
// that it is in brackets, as at the end of an article.
func readByline(raw string) (ok bool, names string, closing bool) {
	const longest = 48 // three names with their titles
	if utf8.RuneCountInString(raw) > longest {
		return false, "", false
	}
	if strings.ContainsRune("□■○●◎", firstRune(raw)) {
		if m := signed.FindStringSubmatch(raw); m != nil {
			if names := news.Byline(m[1]); areNames(names, longestSigned) {
				return true, names, false
			}
		}
	}
	if !mayBeByline(raw) {
		return false, "", false
	}
	m := bylineText.FindStringSubmatch(raw)
	if m == nil {
		return false, "", false
	}
	if notNames.MatchString(m[3]) {
		return false, "", false
	}
	if names = news.Byline(withDuty(m[3], m[4])); !areNames(names, longestHanName) {
		return false, "", false
	}
	if names == "" {
		if !strings.HasSuffix(m[2], "员") {
			return false, "", false
		}
		names = m[2] // 本报评论员
	}
	return true, names, m[1] != ""
}

// mayBeByline reports whether a text has a character that each byline has, and none that
// ends a sentence: the pattern is slow.
func mayBeByline(raw string) bool {
	marked := false
	for _, r := range raw {
		switch r {
		case '。', '！', '？':
			return false
		case '者', '员', '員', '人', '文', '图', '圖', '摄':
			marked = true
		}
	}
	return marked
}

// bylineHead matches the beginning of a byline of several lines.
var bylineHead = regexp.MustCompile(`^[□■◎●◆◇▲△\s]*[（(]?(?:本报|本刊|新华社|中新社|特约|记者|通讯员|作者|文|图)`)

// isWire reports whether a dateline may end with r: 电, 讯, 消息.
func isWire(r rune) bool { return r == '电' || r == '電' || r == '讯' || r == '訊' || r == '消' }

// readDateline looks for a dateline at the beginning of a text and returns
// whether there is one, the agency that the text is by, and the reporters. 新华社…电
// marks a dispatch of the agency itself. 据新华社…电 says that the paper wrote the
// text after one: it names an authority, is not a source, and stays in the text.
// 本报 is no source of its own paper either.
func readDateline(s string) (ok bool, source, names string) {
	length, source := dateline(s)
	if length == 0 {
		return false, "", ""
	}
	if r := reporter.FindStringSubmatch(strings.TrimLeft(headOf(s[length:], tailRunes), " ）)")); r != nil {
		if names = news.Byline(r[1] + r[2]); !areNames(names, longestHanName) {
			names = ""
		}
	}
	return true, source, names
}

// dateline returns the length of the dateline at the beginning of a text, 0 for none,
// and the agency that the text is by.
func dateline(s string) (length int, source string) {
	head := headOf(s, tailRunes)
	if strings.IndexFunc(head, isWire) < 0 {
		return 0, ""
	}
	m := datelineHead.FindStringSubmatchIndex(head)
	if m == nil {
		return 0, ""
	}
	house := head[m[4]:m[5]]
	after := m[2] >= 0 // 据
	if !after && house != "本报" && house != "本報" && house != "本刊" {
		source = house
	}
	return m[1], source
}
