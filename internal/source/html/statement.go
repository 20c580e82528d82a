package html

import (
	"regexp"
	"strings"
)

// Sentences of a text that begin like furniture: 扫码即可预约，不用排队了。

// solicitation are words with which furniture addresses its readers or reserves rights. A
// whole sentence without them is text.
var solicitation = strings.Fields(
	"公众号 微信号 关注 下载 APP App 客户端 小程序 授权 转载 版权 侵权 本网 本站 本文 本报 来源： 来源: 订阅 请 尽在 " +
		"更多 精彩 在看 朋友圈 好友 长按 我们 返回 仅供参考 由AI 原标题 原题 上一篇 下一篇 上一条 下一条 登录 注册")

var (
	statement = regexp.MustCompile(`^[^:：]{8,}。[”」』]?$`)
	// 标签：“慢性子”是老师贴给他的。来源：据初步调查，污染物来自上游。
	labelledText = regexp.MustCompile(`^\p{Han}{2,4}[:：]\s*[^:：]{8,}[。！？][”」』]?$`)
	verbs        = strings.Fields("， 是 的 了 在 被 有")
	// What the words of a notice are about: 转载请注明出处，是对作者最起码的尊重。
	aboutNotice = regexp.MustCompile(`^[^，。]{4,24}，(?:这?(?:是|也是|才是|就是|不是|成了?|成为)|曾|早已|一直|意味着)`)
	// What people of the press say in an interview: 记者：您为什么回来？
	spoken = regexp.MustCompile(`^(?:记者|記者|编辑|編輯|主编|作者)\s*[:：].{3,}[。？！][”」』]?$`)
	// How often an app was downloaded, and who likes something.
	downloads = regexp.MustCompile(`下载(?:次数|量|热度|榜|人次|排行|用户)`)
	liked     = regexp.MustCompile(`(?:受|受到)[^，。]{0,12}欢迎|备受欢迎|的欢迎`)
	// Those who like something, not a request to do so.
	likes = regexp.MustCompile(`点赞(?:的|数|量|者|率|了|过)`)
	// 《 directly after the label: the name of a paper.
	quotedName = regexp.MustCompile(`^\p{Han}{2,4}[:：]\s*(?:《|.{2,12}[-—（(])`)
	// （飞扬） at the end of a text.
	penName = regexp.MustCompile(`^[（(]\p{Han}{2,3}[）)]$`)
)

// isStatement reports whether a line that begins like furniture is a sentence of the text.
func isStatement(text string) bool {
	return isSpoken(text) || statement.MatchString(text) && !solicits(text) || isLabelledSentence(text) ||
		isSentence(text) && isOwnStatement(text)
}

func solicits(text string) bool {
	if strings.Contains(text, "欢迎") && !liked.MatchString(text) {
		return true
	}
	return containsAny(text, solicitation...) || strings.Contains(text, "点赞") && !likes.MatchString(text)
}

// isLabelledSentence reports whether what follows a label, as it may stand at the end of a
// text, is a sentence of it.
func isLabelledSentence(text string) bool {
	if !isSentence(text) || !labelledText.MatchString(text) || quotedName.MatchString(text) {
		return false
	}
	rest := text[strings.IndexAny(text, ":："):]
	return containsAny(rest, verbs...) && !solicits(rest)
}

func isSpoken(text string) bool { return spoken.MatchString(text) }
