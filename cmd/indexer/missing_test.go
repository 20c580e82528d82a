package main

import (
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/source"
)

func TestMissing(t *testing.T) {
	var m missing
	text := []news.Paragraph{{Text: "新桥通车。"}}
	m.add(source.HTML, &news.Article{Title: "甲", Date: "2024-03-05", Paragraphs: text})
	m.add(source.HTML, &news.Article{Paragraphs: text})
	m.add(source.CSV, &news.Article{Title: "乙", Date: "2024-03-05"})
	want := []string{"csv: 1, 1 without text", "html: 2, 1 without date, 1 without title"}
	if len(m) != len(want) {
		t.Fatalf("%d formats, want %d", len(m), len(want))
	}
	for i, in := range m {
		if got := string(in.Format) + ": " + in.String(); got != want[i] {
			t.Errorf("got %q, want %q", got, want[i])
		}
	}
}
