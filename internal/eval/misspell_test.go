package eval_test

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/textnorm"
)

// lookAlikes are groups of characters (形近字) that are confused in print and in
// handwriting, as every teacher knows them. The list is independent of package
// suggest, so that no correction is right because the mistake was made with the
// same table.
const lookAlikes = `
己已巳 未末 土士 日曰 人入 天夭 大太犬 干千于 王玉主 田由甲申 刀力 儿几 贝见 午牛 今令 开井 木本术 休体
伯泊 住往 侯候 晴睛 情清请 抱跑饱 炮袍泡 拔拨 技枝 析折拆 侍待 持特 徽微 辨辩辫瓣 赢嬴 戊戌戍 兔免 鸟乌
晒洒 栗粟 衷哀衰 壁璧 燥躁噪澡 遣遗 籍藉 账帐 浙淅 垮跨 竞竟 券卷 坚竖 幕慕墓暮募 驰弛 峰锋蜂 蓝篮 贷货
准淮 推堆 稚雅 揭竭 喝渴 博搏 补朴扑 绵棉锦 绘给 险检捡 练炼拣 栋冻 陈阵 宣宜 官宫 遂逐逮 建健键 延廷 侵浸
受爱 暖缓援 愧魄 魏巍 刺剌 敝敞 厂广 历厉 励厉 压庄 庆厌 席度 坡波玻 披被彼 活话括 郎朗 狼狠很 根跟恨 恳垦
限银 即既 概慨溉 哪那 唯惟维 谁难 摧催 雇顾 氛纷 粉纷 副幅福富 杨扬 场汤肠畅 玩完院 元无 远运 动劲 径经茎轻
沈沉枕 蜜密 孤弧狐 瓜爪 底低抵 拘抱狗 构沟购钩 徒陡徙 走起赴赶 峡狭侠 硕顾 预须领 顶项顷 颖频颇 颂顽 顿顾
录隶 缘绿碌 绸调稠 周同 洞铜桐 治冶 抬拾 怡治始 绪储诸 著署暑 赌睹堵 绍招沼 昭照 刮乱甜 叙斜 施旋 旅族
析晰 渐惭 斩轩 轨轧 轮抡论 仓仑 抢枪 创呛 拢扰 优忧 犹忧 忱忧 仿访防 妨纺 坊芳 旁傍 傍榜 商滴 摘滴 摄慑
测侧厕 例列烈 裂烈 柱注驻 拄柱 脑恼 悔海侮 梅海 诲悔 敏梅 侦贞 货贺 贺货 资货 贫贪 贸货 责贵 债绩 积织 职织
识积 帜织 秋秒 秘秒 抄吵炒 妙纱 纱沙 欣掀 斤斥 诉拆 近进 远近 迁迂 迅讯 汛讯 训驯 顺训 州洲 酬州 察擦 蔡察
祭察 际标 标际 票漂 漂飘 瓢飘 要票 粟栗 腰要 模膜 漠模 摸模 幕模 莫英 英央 映英 殃映 决快 块快 诀决 抉诀
偏遍编 骗遍 篇偏 扁偏 输偷愉 榆输 谕喻 愈愉 俞愉 捧棒 奉棒 俸捧 奏秦 秦泰 泰春 春舂 奏泰 眼银 很眼 鸣呜
兵乒乓 岳兵 丘兵 斤丘 折哲 浙哲 誓哲 逝誓 拆诉 迫追 泊迫 拍怕 伯怕 柏拍 珀帕 胞炮 饱胞 雹包 匀勾 均钧
`

// confusables maps each character of lookAlikes to the others of its groups.
func confusables() map[rune][]rune {
	out := map[rune][]rune{}
	for group := range strings.FieldsSeq(lookAlikes) {
		for _, a := range group {
			for _, b := range group {
				if a != b && !slices.Contains(out[a], b) {
					out[a] = append(out[a], b)
				}
			}
		}
	}
	return out
}

func notHan(r rune) bool { return !textnorm.IsHan(r) }

// mistake is a word of an index with one character wrong.
type mistake struct{ wrong, right string }

// misspeller makes mistakes in the words of an index.
type misspeller struct {
	random *rand.Rand
	words  []string
	known  map[string]int    // word → documents
	sounds map[string][]rune // syllable without tone → characters that begin a pair in one of 1,000 documents
	looks  map[rune][]rune
}

// newMisspeller draws from the words of two to four Han characters with a given
// minimum document frequency.
func newMisspeller(t *testing.T, l *served, minDF int, seed uint64) *misspeller {
	m := &misspeller{
		random: rand.New(rand.NewPCG(seed, 0)),
		known:  map[string]int{}, sounds: map[string][]rune{}, looks: confusables(),
	}
	g := openGeneration(t, l.dir)
	counts, err := index.OpenTermCounts(filepath.Join(l.dir, g.Manifest.Generation), g.Settings.Volumes)
	if err != nil {
		t.Fatal(err)
	}
	words, wordsFailed := counts.Terms(t.Context(), engine.Words)
	for word, n := range words {
		m.known[word] = n
		size := utf8.RuneCountInString(word)
		if n >= minDF && size >= 2 && size <= 4 && !strings.ContainsFunc(word, notHan) {
			m.words = append(m.words, word)
		}
	}
	uses := map[rune]int{}
	grams, gramsFailed := counts.Terms(t.Context(), engine.Grams)
	for gram, n := range grams {
		if first, _ := utf8.DecodeRuneInString(gram); textnorm.IsHan(first) {
			uses[first] += n
		}
	}
	documents := counts.Documents()
	if err := errors.Join(wordsFailed(), gramsFailed(), counts.Close()); err != nil {
		t.Fatal(err)
	}
	for r, n := range uses {
		if n < documents/1000 {
			continue
		}
		for _, syllable := range pinyin.SinglePinyin(r, pinyin.NewArgs()) {
			m.sounds[syllable] = append(m.sounds[syllable], r)
		}
	}
	for _, list := range m.sounds {
		slices.Sort(list)
	}
	return m
}

// mistakes draws n words, each with one character replaced by a homophone or by a
// look-alike.
func (m *misspeller) mistakes(n int, look bool) []mistake {
	var out []mistake
	for len(out) < n {
		word := []rune(m.words[m.random.IntN(len(m.words))])
		at := m.random.IntN(len(word))
		others := m.looks[word[at]]
		if !look {
			others = nil
			for _, syllable := range pinyin.SinglePinyin(word[at], pinyin.NewArgs()) {
				others = append(others, m.sounds[syllable]...)
			}
		}
		others = slices.DeleteFunc(slices.Clone(others), func(r rune) bool { return r == word[at] })
		if len(others) == 0 {
			continue
		}
		wrong := slices.Clone(word)
		wrong[at] = others[m.random.IntN(len(others))]
		out = append(out, mistake{string(wrong), string(word)})
	}
	return out
}
