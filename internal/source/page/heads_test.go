package page

import "testing"

// Head lines in the forms of many papers, above an article of two lines.
func TestHeads(t *testing.T) {
	const article = "\n\n柳河新桥昨天通车\n\n　　柳河新桥昨天上午通车。桥长八百二十米，两侧设有人\n行道，附近居民过河只要五分钟。\n"
	for _, c := range []struct {
		head string
		want Furniture
	}{
		{"远岬日报　２０３１年３月５日　星期三　第５版", Furniture{"远岬日报", "2031-03-05", "5", ""}},
		{"远岬日报２０３１．３．５　Ａ０３·民生", Furniture{"远岬日报", "2031-03-05", "A03", "民生"}},
		{"A1·要闻　2031.3.5", Furniture{"", "2031-03-05", "A1", "要闻"}},
		{"2031/3/5 要闻·A1", Furniture{"", "2031-03-05", "A1", "要闻"}},
		{"远岬日报/2031年3月5日/星期三/A5", Furniture{"远岬日报", "2031-03-05", "A5", ""}},
		{"要闻 01 二〇三一年三月五日 星期三", Furniture{"", "2031-03-05", "1", "要闻"}},
		{"民國120年3月5日 星期三 A5 要聞", Furniture{"", "2031-03-05", "A5", "要聞"}},
		{"中華民國一百二十年三月五日 星期三 第5版", Furniture{"", "2031-03-05", "5", ""}},
		{"远岬日报\n2031年3月\n5\n星期三\n第5版\n要闻", Furniture{"远岬日报", "2031-03-05", "5", "要闻"}},
		{"远岬日报\n\n2031年\n\n3月5日\n\n星期三\n\n第5版", Furniture{"远岬日报", "2031-03-05", "5", ""}},
		{"5\n星期三\n2031年3月\n农历辛亥年二月十三", Furniture{Date: "2031-03-05"}},
		{"A1\n要闻\n2031.3.5\n星期三", Furniture{"", "2031-03-05", "A1", "要闻"}},
		{"2031年3月5日 星期三 今日8版 国内统一刊号CN33-0001 第12345期", Furniture{Date: "2031-03-05"}},
		{
			"国内统一连续出版物号 CN 33-0001 邮发代号31-1 第12345期（今日八版）\n2031年3月5日 星期三",
			Furniture{Date: "2031-03-05"},
		},
		{"总值班：简书　编审：尹梅　责任编辑：施远\n2031年3月5日 星期三 第05版", Furniture{"", "2031-03-05", "5", ""}},
	} {
		got, err := Parse(c.head + article)
		if err != nil || len(got.Articles) != 1 ||
			got.Articles[0].Title != "柳河新桥昨天通车" || got.Articles[0].Subtitle != "" {
			t.Errorf("%q: %v %+v", c.head, err, got.Articles)
			continue
		}
		if got.Furniture != c.want {
			t.Errorf("%q: read %+v, want %+v", c.head, got.Furniture, c.want)
		}
	}
}

// What looks like the head of a page and isn't stays in the text.
func TestNoHeads(t *testing.T) {
	for _, text := range []string{
		"总编辑：一张报纸先要让邻居看得懂，再谈别的",
		"3月5日",
		"代号九十九的花开了",
	} {
		if h := readHeadLine(text); h.sure {
			t.Errorf("%q: read as %+v", text, h)
		}
	}
}

// Bylines and datelines in the forms of many papers.
func TestBylines(t *testing.T) {
	const body = "柳河新桥昨天上午正式建成通车，附近居民出行更加方\n便，从城南到城北只要十分钟。市民代表走上桥面，见证\n这一时刻。"
	const head = "柳河新桥昨天通车\n\n"
	for _, c := range []struct{ page, want string }{
		{head + "本报记者　周　舟\n\n" + body, "周舟"},
		{head + "本报记者　周　舟　李　华\n\n" + body, "周舟 李华"},
		{head + "本报记者 周 舟 李晓华\n\n" + body, "周舟 李晓华"},
		{head + "本报记者 周舟 通讯员 李晓华\n\n" + body, "周舟 李晓华"},
		{head + "□　周　舟\n\n" + body, "周舟"},
		{head + "■记者 周舟 摄影 李华\n\n" + body, "周舟 李华"},
		{head + "文/周舟 图/李华\n\n" + body, "周舟 李华"},
		{head + "本报记者 周舟 李晓文\n\n" + body, "周舟 李晓文"},
		{head + "本报记者 周舟 李文\n\n" + body, "周舟 李文"},
		{head + "本报记者 周舟、李晓明文\n\n" + body, "周舟 李晓明"},
		{head + "本报记者 周舟 李晓明 文\n\n" + body, "周舟 李晓明"},
		{head + "本报记者 周舟 李晓明 文/图\n\n" + body, "周舟 李晓明"},
		{head + "摄影：周舟\n\n" + body, "周舟"},
		{head + body + "（记者 周　舟 通讯员 李晓华）", "周舟 李晓华"},
		{head + "本报讯（记者 周舟 通讯员 李晓华）" + body, "周舟 李晓华"},
		{head + "本报讯（记者 周 舟 摄影 李 华）" + body, "周舟 李华"},
		{head + "本报讯　记者周舟、通讯员李晓华报道：" + body, "周舟 李晓华"},
		{head + "本报远岬3月5日讯（首席记者 周舟）" + body, "周舟"},
		{head + "● 周一晚上修椅子，自带旧椅\n\n" + body, ""},
	} {
		got, err := Parse(c.page)
		if err != nil || len(got.Articles) != 1 || got.Articles[0].Byline != c.want {
			t.Errorf("%q: %v %+v, want byline %q", c.page, err, got.Articles, c.want)
		}
	}
}
