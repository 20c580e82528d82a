package html

import (
	"regexp"
	"strings"
)

// Sentences of a text that begin like furniture: 扫码即可预约，不用排队了。

// solicitation are words with which furniture addresses its readers or reserves rights. A
// whole sentence without them is text.
var solicitation = strings.Fields(
	"公众号 微信号 关注 下载 APP App 客户端 小程序 授权 转载 版权 侵权 本网 本站 本文 本报 来源 订阅 请 欢迎 尽在 " +
		"更多 精彩 点赞 在看 朋友圈 好友 长按 我们 返回 仅供参考 由AI 原标题 原题 上一篇 下一篇 上一条 下一条 登录 注册")

var (
	statement = regexp.MustCompile(`^[^:：]{8,}。[”」』]?$`)
	// What people of the press say in an interview: 记者：您为什么回来？
	spoken = regexp.MustCompile(`^(?:记者|記者|编辑|編輯|主编|作者)\s*[:：].{3,}[。？！][”」』]?$`)
	// （飞扬） at the end of a text.
	penName = regexp.MustCompile(`^[（(]\p{Han}{2,3}[）)]$`)
)

// isStatement reports whether a line that begins like furniture is a sentence of the text.
func isStatement(text string) bool {
	return isSpoken(text) || statement.MatchString(text) && !containsAny(text, solicitation...)
}

func isSpoken(text string) bool { return spoken.MatchString(text) }
