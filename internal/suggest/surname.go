package suggest

import "strings"

// surnames begin nearly all Chinese names (姓), roughly the most frequent first.
// Of the rarer ones those are left out that are mostly something else (时, 应, 商).
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪" +
	"范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁" +
	"岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤" +
	"阳穆卓古吉缪简连芦麦褚娄窦戚岑景宫费卜冷晏席柏宗瞿桂全佟臧闵苟邬边卞姬仇栾隋刁荣巫寇桑郎甄丛仲虞敖巩佘池查苑迟邝阎禤"

// surnamed tells whether a run may be a person's name: two or three characters,
// a surname first.
func surnamed(run []rune) bool {
	return (len(run) == 2 || len(run) == 3) && strings.ContainsRune(surnames, run[0])
}
