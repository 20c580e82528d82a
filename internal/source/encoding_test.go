package source_test

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"xunwen/internal/source"
	"xunwen/internal/source/charset"
)

// traditionalPage is page as a newspaper of Hong Kong or Taipei sets it.
const traditionalPage = `共識難覓

　　俄羅斯與美國舉行新一輪戰略穩
定對話，雙方未就主要問題達成一致。
會談持續了八個小時，代表團隨後離開
了會場，沒有發表共同聲明。

　　俄羅斯副外長里亞布科夫說，雙方
同意繼續接觸，下一輪對話的時間和地
點將通過外交渠道商定，具體安排還要
等各自首都的指示。（據新華社）
`

// TestEncodings checks that a page and its records read the same in any
// encoding.
func TestEncodings(t *testing.T) {
	records := recordA + "\n" + `{"title":"对话","text":"` + strings.ReplaceAll(
		page,
		"\n",
		"\\n",
	) + `"}` + "\r\n" + recordB
	for _, tt := range []struct {
		name, page string
		encoding   encoding.Encoding
		mark       string
		asked      charset.Encoding
	}{
		{name: "GB18030", page: page, encoding: simplifiedchinese.GB18030},
		{name: "GB18030, asked for GBK", page: page, encoding: simplifiedchinese.GB18030, asked: charset.GBK},
		{name: "traditional characters in GB18030", page: traditionalPage, encoding: simplifiedchinese.GB18030},
		{name: "Big5", page: traditionalPage, encoding: traditionalchinese.Big5},
		{name: "Big5, asked for", page: traditionalPage, encoding: traditionalchinese.Big5, asked: charset.Big5},
		{name: "UTF-16LE", page: page, encoding: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{name: "UTF-16BE with a mark", page: page, encoding: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
			mark: "\ufeff"},
		{name: "UTF-16LE, asked for UTF-16", page: page,
			encoding: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), asked: charset.UTF16},
	} {
		t.Run(tt.name, func(t *testing.T) {
			encode := func(s string) string {
				out, err := encoding.ReplaceUnsupported(tt.encoding.NewEncoder()).String(tt.mark + s)
				if err != nil {
					t.Fatal(err)
				}
				return out
			}
			lines := records
			if tt.page == traditionalPage {
				lines = strings.NewReplacer("对", "對", "话", "話").
					Replace(recordA+recordB) +
					`{"title":"對話","text":"` + strings.ReplaceAll(
					traditionalPage,
					"\n",
					"\\n",
				) + `"}`
			}
			want, rejects := read(
				t,
				tree(t, map[string]string{"2022-01-12/p05.txt": tt.page, "a.jsonl": lines}),
				source.Options{},
				"2022-01-12/p05.txt",
				"a.jsonl",
			)
			if len(want) != 4 || len(rejects) > 0 {
				t.Fatalf("in UTF-8: titles %q, rejects %q", titles(want), rejects)
			}
			root := tree(t, map[string]string{"2022-01-12/p05.txt": encode(tt.page), "a.jsonl": encode(lines)})
			got, rejects := read(t, root, source.Options{Encoding: tt.asked}, "2022-01-12/p05.txt", "a.jsonl")
			if !reflect.DeepEqual(got, want) || len(rejects) > 0 {
				t.Errorf("got %+v, rejects %q; want %+v", got, rejects, want)
			}
			for name, content := range map[string]string{"page": tt.page, "records": lines} {
				got, rejects := read(
					t,
					"",
					source.Options{Encoding: tt.asked, Stdin: strings.NewReader(encode(content))},
					source.Stdin,
				)
				if len(got) == 0 || len(rejects) > 0 {
					t.Errorf("%s on standard input: titles %q, rejects %q", name, titles(got), rejects)
				}
			}
		})
	}
}

// webTalks calls itself UTF-8 whatever it is written in.
const webTalks = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>共识难觅</title></head><body><h1>共识难觅</h1>
<div><p>俄罗斯与美国举行新一轮战略稳定对话，双方未就主要问题达成一致。会谈持续了八个小时，代表团随后离开了会场。</p>
<p>俄罗斯副外长里亚布科夫说，双方同意继续接触，下一轮对话的时间和地点将通过外交渠道商定。</p></div></body></html>`

// TestEncodingsOfWebPages checks that a web page is decoded by its bytes,
// whatever it declares, and by the option where the bytes are ambiguous.
func TestEncodingsOfWebPages(t *testing.T) {
	const traditional = "俄羅斯與美國舉行新一輪戰略穩定對話，雙方未就主要問題達成一致。"
	big := strings.Replace(webTalks, "俄罗斯与美国举行新一轮战略稳定对话，双方未就主要问题达成一致。", traditional, 1)
	big = strings.NewReplacer("难觅", "難覓", "会谈", "會談", "续", "續", "个", "個", "时", "時", "随后", "隨後", "离开", "離開", "会场", "會場",
		"罗", "羅", "长", "長", "里亚", "里亞", "说", "說",
		"双", "雙", "继续", "繼續", "触", "觸", "轮对话", "輪對話", "间", "間", "点将", "點將", "过", "過", "商", "商", "共识", "共識").
		Replace(big)
	for _, tt := range []struct {
		name, page string
		asked      charset.Encoding
		title      string
	}{
		{name: "GB18030", page: encodeAs(t, simplifiedchinese.GB18030, webTalks), title: "共识难觅"},
		{name: "GB18030, asked for", page: encodeAs(t, simplifiedchinese.GB18030, webTalks), asked: charset.GBK,
			title: "共识难觅"},
		{name: "GB18030, asked for, with a character cut in two", asked: charset.GBK, title: "共识难觅",
			page: strings.Replace(encodeAs(t, simplifiedchinese.GB18030, webTalks), "<p>", "<p title=\"\xb6\">", 1)},
		{name: "Big5", page: encodeAs(t, traditionalchinese.Big5, big), title: "共識難覓"},
		{name: "UTF-16 without a mark",
			page: encodeAs(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), webTalks), title: "共识难觅"},
		{name: "UTF-8, asked for Big5", page: webTalks, asked: charset.Big5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := tree(t, map[string]string{"a.html": tt.page})
			articles, rejects := read(t, root, source.Options{Encoding: tt.asked}, "a.html")
			if tt.title == "" {
				if len(articles) != 0 || len(rejects) != 1 || !strings.Contains(rejects[0], "not Big5") {
					t.Errorf("titles %q, rejects %q; want none in Big5", titles(articles), rejects)
				}
				return
			}
			if len(rejects) > 0 || len(articles) != 1 || articles[0].Title != tt.title ||
				len(articles[0].Paragraphs) != 2 {
				t.Errorf("titles %q, rejects %q; want %q in two paragraphs", titles(articles), rejects, tt.title)
			}
		})
	}
}

func encodeAs(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPagesAreCleaned checks what becomes of a page written by a program:
// characters for shapes are replaced, invisible characters removed,
// letter-spacing closed up, and words and table cells stay apart. Records are
// not changed.
func TestPagesAreCleaned(t *testing.T) {
	drawn := strings.NewReplacer("共识难觅", "共 识 难 觅", "俄罗斯与美国", "俄罗斯与\u200b美国", "达成一致", "达成⼀致", "了会场", "了\u00ad会场",
		"没有发表", "没有发\ufeff表",
		"副外⻓", "副外长", "双方\n", "双\ufe00方\n", "等各自首都的指示", "等North Atlantic Treaty的oﬃce指示").
		Replace(page)
	root := tree(t, map[string]string{"a.txt": drawn, "b.jsonl": `{"title":"校⻓\u200b","text":"⼀ ﬁ"}`})
	got, rejects := read(t, root, source.Options{}, "a.txt", "b.jsonl")
	if len(got) != 2 || len(rejects) > 0 {
		t.Fatalf("titles %q, rejects %q", titles(got), rejects)
	}
	want, _ := read(
		t,
		tree(t, map[string]string{"a.txt": strings.Replace(page, "等各自首都的指示", "等North Atlantic Treaty的office指示", 1)}),
		source.Options{},
		"a.txt",
	)
	if !reflect.DeepEqual(got[0], want[0]) {
		t.Errorf("got\n%+v\nwant\n%+v", got[0], want[0])
	}
	if got[1].Title != "校⻓\u200b" || got[1].Paragraphs[0].Text != "⼀ ﬁ" {
		t.Errorf("a record changed: %+v", got[1])
	}
	_, rejects = read(
		t,
		tree(t, map[string]string{"a.txt": strings.Repeat("\ue001\ue002\ue003，", 100)}),
		source.Options{},
		"a.txt",
	)
	if len(rejects) != 1 || !strings.Contains(rejects[0], "a.txt:1: most characters are private to a font") {
		t.Errorf("a page of codes: %q", rejects)
	}
}
