package textnorm

import "unicode"

// What the signs of each kind fold to.
const (
	quote     = '"'
	middleDot = '·'
	dash      = '-'
	ellipsis  = '…'
	colon     = ':'
)

// signClass is signs that count as one.
type signClass struct {
	Name    string // in the plural
	To      rune
	table   *unicode.RangeTable // of Unicode, or nil
	members string              // further ones
}

// signClasses are the signs of a kind. A member has a property of Unicode, or is
// listed here because writers and input methods use it instead of the others.
var signClasses = []signClass{
	{"quotation marks", quote, unicode.Quotation_Mark, "`´′″‴⁗‵‶‷ʹʺʻʼʽˊˋ❛❜❝❞❟❠❮❯🙶🙷🙸"},
	{"middle dots", middleDot, nil, "·•‧∙⋅●・･·⸱ꞏ"},
	{"dashes and hyphens", dash, unicode.Dash, "~∼˜⁃⁓─━～"},
	{"ellipses", ellipsis, nil, "…‥⋯︙"},
	{"colons", colon, nil, "：∶ː꞉︓﹕"},
	{"slashes", '/', nil, "⁄∕"},
	{"zeros", '〇', nil, "○◯"},
}

// letters are those that Unicode does not decompose, and what they fold to.
var letters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ð': "d", 'þ': "th", 'ı': "i", 'ɑ': "a", 'ɡ': "g",
	'ⱥ': "a", 'ƀ': "b", 'ȼ': "c", 'đ': "d", 'ɇ': "e", 'ǥ': "g", 'ħ': "h", 'ɨ': "i", 'ɉ': "j", 'ꝁ': "k", 'ł': "l",
	'ø': "o", 'ᵽ': "p", 'ɍ': "r", 'ŧ': "t", 'ʉ': "u", 'ɏ': "y", 'ƶ': "z",
}

// firstDiacritic and lastDiacritic are the combining marks that are left out: the
// block Combining Diacritical Marks, of Latin, Greek and Cyrillic letters.
const (
	firstDiacritic = '\u0300'
	lastDiacritic  = '\u036F'
)

// isIgnored reports whether a character is left out: diacritics, and signs without
// width, which are Unicode's property Default_Ignorable_Code_Point.
func isIgnored(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case firstDiacritic <= r && r <= lastDiacritic:
		return true
	case 0xFFF9 <= r && r <= 0xFFFB || 0x13430 <= r && r <= 0x13440: // annotations, hieroglyphs
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// radicals are the characters of the blocks CJK Radicals Supplement and CJK
// Strokes, each before the ideograph that it looks like: the property
// Equivalent_Unified_Ideograph of Unicode 14, without those that NFKC folds to the
// same, such as all Kangxi radicals.
const radicals = "" +
	"⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 " +
	"⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 " +
	"⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 " +
	"⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 " +
	"⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 " +
	"⻱龜 ⻲亀 " +
	"㇆𠃌 ㇏乀 ㇐一 ㇑丨 ㇒丿 ㇓丿 ㇔丶 ㇕𠃍 ㇖乛 ㇗𠃊 ㇘𠃎 ㇙𠄌 ㇚亅 ㇛𡿨 ㇜𠃋 ㇝乀 ㇞𠃑 ㇟乚 ㇠乙 ㇡𠄎"
