package jsonl_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/source/jsonl"
)

func TestEncodeDecode(t *testing.T) {
	articles := []news.Article{
		{Title: "只有标题", Confidence: 1, Paragraphs: []news.Paragraph{}},
		{ID: "a", Title: "<b>&\u2028\"\\", Date: "2022-01-12", Confidence: 0.25,
			Paragraphs: []news.Paragraph{{Section: "一", Kind: news.Table, Text: "表\t🀄"}}},
		{},
	}
	for _, a := range articles {
		var line bytes.Buffer
		if err := jsonl.Encode(&line, &a); err != nil {
			t.Fatal(err)
		}
		if got := line.String(); strings.Contains(got, "null") || strings.Count(got, "\n") != 1 ||
			strings.Count(got, `":`) < 14 {
			t.Errorf("not one line with every member: %s", got)
		}
		back, _, err := jsonl.Decode(bytes.TrimSpace(line.Bytes()), field.Reader{})
		if err != nil {
			t.Fatalf("%s: %v", line.String(), err)
		}
		if a.Paragraphs == nil {
			a.Paragraphs = []news.Paragraph{}
		}
		if !reflect.DeepEqual(*back, a) {
			t.Errorf("got %+v, want %+v", *back, a)
		}
	}
}
