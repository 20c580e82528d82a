package html

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// What <title> contains: the headline, and the names of channel and site around it.

const separators = "_|｜丨-–—－·/>»~"

func isSeparator(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(separators, r) }

// sign returns the rune by which titles are compared: signs of one kind are equal, and
// 0 is none.
func sign(r rune) rune {
	switch {
	case unicode.IsSpace(r) || strings.ContainsRune("“”‘’\"'「」『』", r):
		return 0
	case strings.ContainsRune("-–—－―", r):
		return '-'
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xfee0
	}
	return unicode.ToLower(r)
}

// nextSign returns the next rune of s to compare and where it ends; a run of dashes is
// one.
func nextSign(s string, at int, last rune) (r rune, end int) {
	for at < len(s) {
		c, size := utf8.DecodeRuneInString(s[at:])
		at += size
		if r = sign(c); r != 0 && !(r == '-' && last == '-') {
			return r, at
		}
	}
	return 0, at
}

// matchTitle returns where the match of text at the beginning of full ends, -1 if
// there is none.
func matchTitle(full, text string) int {
	i, j, last := 0, 0, rune(0)
	for {
		want, next := nextSign(text, j, last)
		if want == 0 {
			break
		}
		got, end := nextSign(full, i, last)
		if got != want {
			return -1
		}
		i, j, last = end, next, want
	}
	if i == 0 {
		return -1
	}
	for last == '-' && i < len(full) { // the rest of a run of dashes
		r, size := utf8.DecodeRuneInString(full[i:])
		if sign(r) != '-' {
			break
		}
		i += size
	}
	for i < len(full) { // a closing quotation mark belongs to the title
		r, size := utf8.DecodeRuneInString(full[i:])
		if sign(r) != 0 || unicode.IsSpace(r) {
			break
		}
		i += size
	}
	return i
}

func sameText(a, b string) bool { return matchTitle(a, b) == len(strings.TrimSpace(a)) }

// restOfTitle reports whether full begins with text and then ends or has a
// separator, ignoring blanks, quotation marks and the shape of dashes. rest is what
// follows.
func restOfTitle(full, text string) (rest string, ok bool) {
	i := matchTitle(full, text)
	if i < 0 {
		return "", false
	}
	rest = full[i:]
	next, _ := utf8.DecodeRuneInString(rest)
	return rest, rest == "" || isSeparator(next)
}

// partOfTitle reports whether text is a part of full between separators, and where.
func partOfTitle(full string, parts []int, text string) (at int, ok bool) {
	for _, at := range parts {
		if _, ok := restOfTitle(full[at:], text); ok {
			return at, true
		}
	}
	return 0, false
}

// partsOf returns where the parts of a <title> begin, but for the first.
func partsOf(full string) (parts []int) {
	for i, r := range full {
		if isSeparator(r) {
			parts = append(parts, i+utf8.RuneLen(r))
		}
	}
	return parts
}

func startsBlank(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, unicode.IsSpace))
	return unicode.IsSpace(r) && !strings.ContainsRune(separators, next)
}

var (
	// _国际, | 某网, - 某报, --某频道: marks that no headline contains, or that are
	// surrounded by blanks.
	strongSuffix = regexp.MustCompile(`(?:[_|｜»>]|[\s]+[-–—－·~/]+[\s]+|--+|\s—+)\s*([^_|｜»>]*)$`)
	// -某网: headlines contain hyphens too, so what follows must name a site.
	weakSuffix = regexp.MustCompile(`[-–—－·~]\s*([^-–—－·~]*)$`)
	siteName   = regexp.MustCompile(
		`^[\p{Han}A-Za-z0-9.·]{0,14}(?:网|网站|網|報|报|报社|社|频道|新闻|新聞|在线|电视台|广播|门户|客户端|资讯|周刊|杂志|中心|时报|论坛|财经|体育|娱乐|` +
			`官网|首页|博客|电子版|数字报|数字版|电子报|头条|号|政府|门户网站|大学|学院|中学|小学|学校|协会|学会|委员会|科技)$|` +
			`^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$`,
	)
	// A name and nothing but a name, whether of a site or of one of its pages.
	genericTitle = regexp.MustCompile(
		`^(?:首页(?:\s*[-–>›»/].*)?|正文|详情|新闻|要闻|动态|公告|通知|资讯|图片|视频|专题|文章|内容|列表|查看|阅读|` +
			`(?:新闻|工作|通知|学校|公司|媒体|行业|最新|综合|内容|文章|信息|资讯|产品|公告|本地|国内|国际|社会|时政|滚动|热点|图片|焦点|今日|企业|部门|基层|要闻|媒体)+` +
			`(?:详情|内容|页面?|中心|动态|公告|公示|资讯|列表|要闻|新闻|频道|报道|聚焦|关注|查看|详细|正文|信息|快讯|滚动)|` +
			`Untitled(?: Document)?|无标题(?:文档|页)?|新建网页.*|Document|index|.{0,6}欢迎您|detail|404.*)$`,
	)
)

func isSite(s string) bool { return siteName.MatchString(s) }

// maxName bounds a text that only is a name, in characters.
const maxName = 16

// isName reports whether a text is a name of a site or channel and so no headline.
func isName(s string) bool {
	return utf8.RuneCountInString(s) <= maxName && (isSite(s) || genericTitle.MatchString(s))
}

// cutSuffixes removes the names of channel and site from the end of a <title>.
func cutSuffixes(full string) (title, suffix string) {
	title = full
	for {
		m := strongSuffix.FindStringSubmatchIndex(title)
		if m == nil || !shorter(title[m[2]:m[3]], title[:m[0]]) {
			if m = weakSuffix.FindStringSubmatchIndex(title); m == nil || !isSite(title[m[2]:m[3]]) {
				return title, full[len(title):]
			}
		}
		rest := strings.TrimSpace(title[:m[0]])
		if rest == "" {
			return title, full[len(title):]
		}
		title = rest
	}
}

func shorter(a, b string) bool { return utf8.RuneCountInString(a) < utf8.RuneCountInString(b) }

// How well the end of a name shows that it is that of a publication and not that of
// one of its channels.
var (
	strongName = regexp.MustCompile(
		`(?:网|網|网站|报|報|报社|社|电视台|周刊|杂志|政府|门户网站|大学|学院|中学|小学|学校|协会|学会|委员会|博客|论坛|社区|官网|头条|时报|在线|局|厅|医院|法院|检察院|研究院|研究所|\p{Han}{2}(?:博物馆|图书馆|文化馆|纪念馆)|月刊|季刊|旬刊|(?:集团|有限)公司|官方网站)$`)
	weakName  = regexp.MustCompile(`(?:号|频道|新闻|新聞|资讯|中心|财经|体育|娱乐|门户|客户端|广播|科技)$`)
	slogan    = regexp.MustCompile(`最(?:大|好|具|有|快|强|全|专业|权威)|第一(?:网|门户|媒体|平台)|领先|权威|百强|一流|主流|您|我们|让.{2}|打造|的(?:网站?|門戶|门户|平台|报)`)
	inParens  = regexp.MustCompile(`[（(][A-Za-z0-9.\s]+[）)]?$`) // (example.com)
	editionOf = regexp.MustCompile(`(?:多媒体数字报|数字报|數字報|电子报|電子報|电子版|数字版|多媒体数字版|报刊平台)$`)
)

// publicationIn returns the name of the site in what surrounds the headline in
// <title>: the part that names one best, the last of equal ones. weight is how sure.
func publicationIn(around string) (name string, weight float64) {
	for _, part := range strings.FieldsFunc(around, isSeparator) {
		part = strings.Trim(inParens.ReplaceAllString(part, ""), "《》【】[]:：")
		if edition := editionOf.ReplaceAllString(part, ""); edition != part && edition != "" {
			part = edition
		}
		n := utf8.RuneCountInString(part)
		if n < 2 || n > maxName || strings.IndexFunc(part, textnorm.IsHan) < 0 || genericTitle.MatchString(part) ||
			slogan.MatchString(part) {
			continue
		}
		got := 0.0
		switch {
		case strongName.MatchString(part):
			got = 0.6
		case weakName.MatchString(part):
			got = 0.4
		}
		if got > 0 && got >= weight {
			name, weight = part, got
		}
	}
	return name, weight
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
