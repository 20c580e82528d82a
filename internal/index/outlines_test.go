package index

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/news"
)

// TestOutlines compares articles that are read text by text with those that are read whole.
func TestOutlines(t *testing.T) {
	articles := []*news.Article{
		{ID: "a", Title: "青禾大桥合龙", Date: "2026-03-12", Paragraphs: []news.Paragraph{
			{Section: "渡口", Kind: news.Body, Text: strings.Repeat("记者获悉，大桥今天合龙。", 100)},
			{Section: "渡口", Kind: news.Caption, Text: "图为大桥"},
			{Kind: news.Body, Text: "渡口停航。"},
		}},
		{ID: "b", Date: "2026-03-12", Confidence: 0.5},
		{ID: "c", Byline: "许望", Paragraphs: []news.Paragraph{{Kind: news.Body, Text: "又一篇"}}},
	}
	l := NewLibrary([]*Volume{volumeOf(t, articles[:1]), volumeOf(t, articles[1:])})
	defer l.Close()
	o := l.Outlines()
	for _, i := range []int{0, 1, 2, 0} {
		want, err := l.Get(i)
		if err != nil {
			t.Fatal(err)
		}
		got, err := o.Open(i)
		if err != nil {
			t.Fatal(err)
		}
		for n := range got.Paragraphs {
			text := want.Paragraphs[n].Text
			part, err := o.AppendText(nil, n, 20)
			least := min(20, len(text))
			if err != nil || !strings.HasPrefix(text, string(part)) || len(part) < least || len(part) > 100 {
				t.Errorf("%q begins with %q, %v", text, part, err)
			}
			whole, err := o.AppendText([]byte("已有"), n, math.MaxInt)
			if err != nil {
				t.Error(err)
			}
			got.Paragraphs[n].Text = strings.TrimPrefix(string(whole), "已有")
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("article %d is %+v, want %+v", i, got, want)
		}
		if _, err := o.AppendText(nil, len(got.Paragraphs), math.MaxInt); err == nil {
			t.Error("a paragraph that does not exist is read")
		}
	}
	if _, err := o.Open(len(articles)); err == nil {
		t.Error("an article that does not exist is read")
	}
}
