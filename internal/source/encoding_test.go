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

// traditionalPage is page as a newspaper of Hong Kong or Taipei would set it.
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

// TestEncodings holds that a page and its records come out the same whatever
// they are written in.
func TestEncodings(t *testing.T) {
	records := recordA + "\n" + `{"title":"对话","text":"` + strings.ReplaceAll(page, "\n", "\\n") + `"}` + "\r\n" + recordB
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
		{name: "UTF-16BE with a mark", page: page, encoding: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), mark: "\ufeff"},
		{name: "UTF-16LE, asked for UTF-16", page: page, encoding: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), asked: charset.UTF16},
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
				lines = strings.NewReplacer("对", "對", "话", "話").Replace(recordA+recordB) + `{"title":"對話","text":"` + strings.ReplaceAll(traditionalPage, "\n", "\\n") + `"}`
			}
			want, rejects := read(t, tree(t, map[string]string{"2022-01-12/p05.txt": tt.page, "a.jsonl": lines}), source.Options{}, "2022-01-12/p05.txt", "a.jsonl")
			if len(want) != 4 || len(rejects) > 0 {
				t.Fatalf("in UTF-8: titles %q, rejects %q", titles(want), rejects)
			}
			root := tree(t, map[string]string{"2022-01-12/p05.txt": encode(tt.page), "a.jsonl": encode(lines)})
			got, rejects := read(t, root, source.Options{Encoding: tt.asked}, "2022-01-12/p05.txt", "a.jsonl")
			if !reflect.DeepEqual(got, want) || len(rejects) > 0 {
				t.Errorf("got %+v, rejects %q; want %+v", got, rejects, want)
			}
			for name, content := range map[string]string{"page": tt.page, "records": lines} {
				got, rejects := read(t, "", source.Options{Encoding: tt.asked, Stdin: strings.NewReader(encode(content))}, source.Stdin)
				if len(got) == 0 || len(rejects) > 0 {
					t.Errorf("%s on standard input: titles %q, rejects %q", name, titles(got), rejects)
				}
			}
		})
	}
}

// TestPagesAreCleaned holds what a page comes out as that a program drew:
// shapes are characters, nothing unseen is left, letter-spacing is closed up,
// and words and cells of tables stay apart. Records keep what they say.
func TestPagesAreCleaned(t *testing.T) {
	drawn := strings.NewReplacer("共识难觅", "共 识 难 觅", "俄罗斯与美国", "俄罗斯与\u200b美国", "达成一致", "达成⼀致", "了会场", "了\u00ad会场", "没有发表", "没有发\ufeff表",
		"副外⻓", "副外长", "双方\n", "双\ufe00方\n", "等各自首都的指示", "等North Atlantic Treaty的oﬃce指示").Replace(page)
	root := tree(t, map[string]string{"a.txt": drawn, "b.jsonl": `{"title":"校⻓\u200b","text":"⼀ ﬁ"}`})
	got, rejects := read(t, root, source.Options{}, "a.txt", "b.jsonl")
	if len(got) != 2 || len(rejects) > 0 {
		t.Fatalf("titles %q, rejects %q", titles(got), rejects)
	}
	want, _ := read(t, tree(t, map[string]string{"a.txt": strings.Replace(page, "等各自首都的指示", "等North Atlantic Treaty的office指示", 1)}), source.Options{}, "a.txt")
	if !reflect.DeepEqual(got[0], want[0]) {
		t.Errorf("got\n%+v\nwant\n%+v", got[0], want[0])
	}
	if got[1].Title != "校⻓\u200b" || got[1].Paragraphs[0].Text != "⼀ ﬁ" {
		t.Errorf("a record changed: %+v", got[1])
	}
	_, rejects = read(t, tree(t, map[string]string{"a.txt": strings.Repeat("\ue001\ue002\ue003，", 100)}), source.Options{}, "a.txt")
	if len(rejects) != 1 || !strings.Contains(rejects[0], "a.txt:1: no text but characters of a font's own") {
		t.Errorf("a page of codes: %q", rejects)
	}
}
