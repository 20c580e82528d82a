package suggest

import "strings"

// surnames begin nearly all Chinese names (姓), roughly by frequency. Rare ones
// that are mostly other words (时, 应, 商) are left out.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈" +
	"姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤" +
	"温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍" +
	"涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆卓古吉缪简连芦麦褚娄窦戚岑景宫费卜冷" +
	"晏席柏宗瞿桂全佟臧闵苟邬边卞姬仇栾隋刁荣巫寇桑郎甄丛仲虞敖巩佘池查苑迟邝阎禤"

// mayBeName reports whether a run may be the name of a person: two or three
// characters, of which the first is a surname.
func mayBeName(run []rune) bool {
	return (len(run) == 2 || len(run) == 3) && strings.ContainsRune(surnames, run[0])
}
