package news

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// surnames are the frequent surnames of one character, in both scripts; compound
// surnames have two.
const surnames = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于余叶葉蒋蔣杜" +
	"苏蘇魏程吕呂丁沈任姚卢盧傅钟鍾姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱丘方侯邹鄒熊孟秦白江阎閻薛尹段雷黎史龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武" +
	"戚莫孔汤湯常温康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷" +
	"盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米" +
	"柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺官封谈談匡鞠惠荆荊乐樂冀郁胥南班储儲原栗燕楚鄢" +
	"谌諶劳勞奚皮粟冼蔺藺楼樓盘盤满滿闻聞位厉厲伊仝区區郜海阚闞花权權强強帅帥屠豆朴盖蓋练練廉禹井祖漆巴丰豐支卿国國狄平计計索晋晉相初门門云雲容敬来來扈晁都芮普阙" +
	"浦戈伏鹿薄邸雍辜干战戰年宓羊阿晋车厍逄后邰窦逯亓占郗昝隆茅凤鳳展"

var compounds = strings.Fields("欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 司徒 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 宇文 长孙 夏侯 闻人 端木 南宫 独孤 百里 张简 范姜 申屠 澹台 轩辕 钟离")

// LooksLikeName reports whether text has the form of a person's Chinese name: a
// surname and one or two characters, or a transliterated name with a dot (约翰·
// 史密斯).
func LooksLikeName(text string) bool {
	n := utf8.RuneCountInString(text)
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) && r != '·' {
			return false
		}
	}
	if strings.ContainsRune(text, '·') {
		return n >= 4 && n <= 15
	}
	for _, c := range compounds {
		if strings.HasPrefix(text, c) {
			return n >= 3 && n <= 4
		}
	}
	return n >= 2 && n <= 3 && strings.ContainsRune(surnames, firstRune(text))
}

// givenNames are frequent last characters of given names that end hardly any other word.
const givenNames = "伟偉娜磊艳艷杰傑娟涛濤霞萍玲芬燕彬鹏鵬斌婷琳琴倩颖穎莉帆晶欣佳凯凱俊旭瑶瑤蕾薇雯妍婧媛茜岚嵐莹瑩昊轩軒楠璐怡嘉睿翔骏駿豪皓" +
	"芳芸蓉蓓莎菲菁萌淼洋浩淑淇渊湘炜煒烨燁琪瑞瑜璇琦珊珍珺珂梅桦樺彤彦昕晗晖暉晔曄曦毅韬韜骁驍靖茹荣榮苑娅姗妮嫣婕婉娇嬌媚甜舟"

// HasGivenName reports whether a name ends as given names do and words don't: 周涛, unlike
// 关注.
func HasGivenName(name string) bool {
	r, _ := utf8.DecodeLastRuneInString(name)
	return LooksLikeName(name) && strings.ContainsRune(givenNames, r)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
