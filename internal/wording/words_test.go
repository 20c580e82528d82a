package wording

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
)

// fields calls each with the name and text of every field.
func fields(w *Words, each func(name, text string)) {
	pages := reflect.ValueOf(*w)
	for i := range pages.NumField() {
		page := pages.Field(i)
		if page.Kind() != reflect.Struct {
			continue
		}
		for j := range page.NumField() {
			each(pages.Type().Field(i).Name+"."+page.Type().Field(j).Name, page.Field(j).String())
		}
	}
}

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// inBothScripts lists the words with Chinese characters in both languages.
var inBothScripts = map[string]bool{"Site.Home": true}

// TestEveryWordIsInBothLanguages checks that every field has a text in the right
// language, with a Slot in both or in neither.
func TestEveryWordIsInBothLanguages(t *testing.T) {
	english := map[string]string{}
	fields(In(English), func(name, text string) {
		english[name] = text
		if text == "" {
			t.Errorf("%s is empty", name)
		}
		if hasHan(text) && !inBothScripts[name] {
			t.Errorf("%s is Chinese in English: %s", name, text)
		}
	})
	fields(In(Chinese), func(name, text string) {
		if !hasHan(text) && !inBothScripts[name] {
			t.Errorf("%s is not Chinese: %s", name, text)
		}
		if strings.Count(text, Slot) != strings.Count(english[name], Slot) {
			t.Errorf("%s has a slot in one language only: %s, %s", name, text, english[name])
		}
	})
}

func TestPreferred(t *testing.T) {
	for _, tc := range []struct {
		accept string
		want   Language
	}{
		{"", Chinese},
		{"en", English},
		{"en-GB,en;q=0.9", English},
		{"zh-CN,zh;q=0.9,en;q=0.8", Chinese},
		{"en-US,en;q=0.9,zh-CN;q=0.8", English},
		{"zh-TW", Chinese},
		{"zh-Hant-HK, en;q=0.5", Chinese},
		{"fr", Chinese},
		{"fr, en;q=0.5", English},
		{"en;q=0", Chinese},
		{"*", Chinese},
		{"not a language ;;", Chinese},
		{strings.Repeat("en-US,", 5000), Chinese}, // too long to be a browser's
	} {
		if got := Preferred(tc.accept); got != tc.want {
			t.Errorf("%.40q: %s, want %s", tc.accept, got, tc.want)
		}
	}
}

func TestCounts(t *testing.T) {
	zh, en := In(Chinese), In(English)
	for _, tc := range []struct{ got, want string }{
		{Grouped(0), "0"}, {Grouped(999), "999"}, {Grouped(1284), "1,284"}, {Grouped(1234567), "1,234,567"},
		{zh.Found(1284, false, false), "共 1,284 篇"},
		{zh.Found(1284, false, true), "约 1,284 篇以上"},
		{zh.Found(3, true, false), "共 3 段"},
		{en.Found(1, false, false), "1 article"},
		{en.Found(1284, false, true), "at least 1,284 articles"},
		{en.Found(2, true, false), "2 paragraphs"},
		{zh.Page("5"), "第5版"},
		{zh.Page("A03"), "A03版"},
		{zh.Page(""), ""},
		{en.Page("A03"), "page A03"},
		{en.Page(""), ""},
		{zh.DateSpan("2022-01-01", ""), "2022-01-01 起"},
		{en.DateSpan("", "2022-01-01"), "until 2022-01-01"},
		{en.DateSpan("2022-01-01", "2022-01-01"), "2022-01-01"},
	} {
		if tc.got != tc.want {
			t.Errorf("%q, want %q", tc.got, tc.want)
		}
	}
}
