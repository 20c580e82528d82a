package html_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"xunwen/internal/source/charset"
	"xunwen/internal/source/html"
)

func TestDecode(t *testing.T) {
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	for _, tt := range []struct {
		name, head string
		as         encoding.Encoding
		text       string
	}{
		{"UTF-8 that calls itself gb2312", `<meta charset="gb2312">`, encoding.Nop, "北约"},
		{"a mark", "", unicode.UTF8BOM, "北约"},
		{"UTF-16", "", utf16, "北约"},
		{"gb2312", `<META http-equiv=Content-Type content="text/html; charset=gb2312">`, simplifiedchinese.GB18030,
			"北约"},
		{"gb2312 with characters of GBK", `<meta charset=gb2312>`, simplifiedchinese.GB18030, "朱镕基、東擴"},
		{"gbk with characters of GB18030", `<meta charset='GBK'>`, simplifiedchinese.GB18030, "𠮷野家"},
		{"Big5", `<meta charset="big5">`, traditionalchinese.Big5, "北約東擴"},
		{"Japanese", `<meta charset="shift_jis">`, japanese.ShiftJIS, strings.Repeat("日本の首相は記者会見で説明した。", 4)},
		{"French", `<meta charset="iso-8859-1">`, charmap.Windows1252, "Le président a été réélu."},
		{"XML", `<?xml version="1.0" encoding="gb2312"?>`, simplifiedchinese.GB18030, "北约"},
	} {
		page, err := tt.as.NewEncoder().String(tt.head + "<p>" + tt.text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := charset.Decode([]byte(page), charset.Auto, html.DeclaredCharset([]byte(page)))
		if err != nil || !strings.HasSuffix(got, "<p>"+tt.text) {
			t.Errorf("%s: %q, %v", tt.name, got, err)
		}
	}
	for page, want := range map[string]string{
		"<p>\xb1":                       "(byte 0xb1)",
		"<meta charset=klingon>\xb1":    "(byte 0xb1)",
		"<meta charset=utf-8>\xb1 \xb1": "(byte 0xb1)",
	} {
		if got, err := charset.Decode([]byte(page), charset.Auto, html.DeclaredCharset([]byte(page))); err == nil ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%q: %q, %v; want %s", page, got, err, want)
		}
	}
}
