package glyph

// radicals maps those characters of the block CJK Radicals Supplement (from U+2E80) that
// look like a whole character to that character: programs confuse them, since fonts draw
// both alike. NFKC maps only two of the block. The mapping is Unicode's property
// Equivalent_Unified_Ideograph; parts of characters (亻, 氵) have none and stay.
var radicals = pairs("⺁厂⺄乙⺊卜⺎兀⺒巳⺓幺⺝月⺠民⺩王⺬示⺶羊⺻聿⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长" +
	"⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯" +
	"⻮齿⻯竜⻰龙⻱龜⻲亀")

func pairs(s string) map[rune]rune {
	all := []rune(s)
	m := make(map[rune]rune, len(all)/2)
	for i := 0; i+1 < len(all); i += 2 {
		m[all[i]] = all[i+1]
	}
	return m
}
