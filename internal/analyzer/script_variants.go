package analyzer

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xunwen/internal/textnorm"
)

// ownVariants are classes of characters that OpenCC's tables don't have, the usual
// one first. Writers and readers take them for one character: variants that the
// list of variant characters of 1955 (第一批异体字整理表) dropped and that Taiwan, Hong Kong,
// names of places or old newspapers keep, forms of Japanese and older type (歴, 黒), forms
// that Unicode has twice because older standards did, and the second person of Taiwan. Not
// here: variants that names distinguish (哲喆, 坤堃, 村邨), and different words (姐姊).
const ownVariants = "炮砲礮 铺舖 污汚 昵暱 你妳 它牠 麻痲蔴 剩賸 翱翺 夫伕 背揹 阪坂 " +
	"灾烖 梅楳 碗盌椀 鼓皷 略畧 仙僊 并竝 岛嶋 炉鑪 雁鴈 鹅鵞 帆颿 婿壻 溪谿 稿稾 窗窻牕窓 冰氷 糕餻 兔兎 " +
	"柿枾 柏栢 浚濬 欢懽 喧諠 咬齩 侄姪 劫刧 匆怱悤 国囯 宝寳 崖厓 帮幇 戏戱 斗鬪鬭 昆崐 暖煖 朵朶 棋碁 款欵 歌謌 " +
	"焰燄 照炤 瓶缾 留畱 皋臯皐 盖葢 矿鑛 碰掽踫 稚穉 笑咲 粗麤 糖餹 罚罸 蒂蔕 蟹蠏 裙帬 躲躱 辉煇 逼偪 遁遯 遍徧 " +
	"邻隣 酬酧醻 野埜壄 霸覇 韧靭 鲜鱻 值値 青靑 清淸 俞兪 尚尙 郎郞 研硏 步歩 每毎 户戸 吴呉 德徳 " +
	"历歴 岁歳 黑黒 乡鄕郷 慎愼 填塡 颠顚 效効 拼拚 果菓 叠疉 回囘囬 垛垜 嫩嫰 岩嵒 宴讌醼 桌槕 琉瑠 睹覩 秸稭 筒筩 " +
	"粘黏 耕畊 胁脇 膳饍 船舩 菱蔆 蚊蟁 蛔蚘 蜂蠭 袖褎 韭韮 髯髥"

// variantClasses collects classes of characters that fold to one.
type variantClasses struct {
	parent map[rune]rune // of a forest (union-find)
	order  []rune        // all characters, as they came
	usual  map[rune]bool // first in a class of ownVariants
	target map[rune]int  // of how many other characters it is the first simplified form
	stays  map[rune]bool // may stay as it is, but another is usual
	also   [][2]rune     // characters and their further simplified forms
}

func newVariantClasses() *variantClasses {
	c := &variantClasses{parent: map[rune]rune{}, usual: map[rune]bool{}, target: map[rune]int{},
		stays: map[rune]bool{}}
	for class := range strings.FieldsSeq(ownVariants) {
		all := []rune(class)
		c.usual[all[0]] = true
		c.merge(all...)
	}
	return c
}

// find returns what represents the tree of a character.
func (c *variantClasses) find(r rune) rune {
	up, known := c.parent[r]
	if !known {
		c.parent[r] = r
		c.order = append(c.order, r)
		return r
	}
	for up != c.parent[up] {
		up = c.parent[up]
	}
	c.parent[r] = up
	return up
}

// merge makes one class of those of all characters.
func (c *variantClasses) merge(all ...rune) {
	for _, r := range all[1:] {
		if a, b := c.find(all[0]), c.find(r); a != b {
			c.parent[b] = a
		}
	}
}

// simplify adds a line of the table of simplified characters. A character that may
// stay as it is (瞭: 瞭 了) is one with what else is written for it. Of another
// one's, the first is; the further ones are where they are forms of no other
// character: 锺 is a form of 鍾 alone and so is 钟, but 划, which is also written
// for 畫, is that of 劃.
func (c *variantClasses) simplify(from rune, to []rune) {
	c.merge(to[0], from)
	if from != to[0] {
		c.target[to[0]]++
	}
	for _, r := range to[1:] {
		if from == to[0] {
			c.merge(from, r)
			c.stays[from] = true
		} else {
			c.also = append(c.also, [2]rune{to[0], r})
		}
	}
}

// table returns, for each character that is not the usual one of its class, that.
func (c *variantClasses) table() map[rune]rune {
	for _, pair := range c.also {
		if c.target[pair[1]] == 0 {
			c.merge(pair[0], pair[1])
		}
	}
	table := make(map[rune]rune, len(c.order))
	for _, class := range c.classes() {
		for _, r := range class[1:] {
			table[r] = class[0]
		}
	}
	return table
}

// classes lists the classes, each with its usual character first.
func (c *variantClasses) classes() [][]rune {
	members := map[rune][]rune{}
	for _, r := range c.order {
		members[c.find(r)] = append(members[c.find(r)], r)
	}
	rank := func(r rune) int {
		switch {
		case c.usual[r]:
			return 0
		case c.target[r] > 0:
			return level(r)
		case c.stays[r]:
			return notInGB2312
		}
		return level(r) + 1
	}
	out := slices.Collect(maps.Values(members))
	for _, class := range out {
		slices.SortStableFunc(class, func(a, b rune) int { return cmp.Compare(rank(a), rank(b)) })
	}
	slices.SortFunc(out, func(a, b []rune) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// notInGB2312 is the level of characters that the standard doesn't have.
const notInGB2312 = 6

// level is how common a simplified character is by the standard GB 2312: 2 for the
// 3755 of its first level, 4 for the others that it has.
func level(r rune) int {
	code, err := simplifiedchinese.GBK.NewEncoder().String(string(r))
	switch {
	case err != nil || len(code) != 2 || code[1] < 0xA1 || !textnorm.IsHan(r):
		return notInGB2312
	case code[0] >= 0xB0 && code[0] <= 0xD7:
		return 2
	case code[0] > 0xD7 && code[0] <= 0xF7:
		return 4
	}
	return notInGB2312
}
