package index

import (
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

func TestSmoke(t *testing.T) {
	dir := build(t, text("a", "青禾大桥合龙", "青禾大桥今天合龙，里亚布科夫到场。", "C919首飞成功。"), text("b", "别的", "水位下降。"))
	l := open(t, dir)
	for _, q := range []query.Node{&query.Word{Text: "里亚布科夫"}, &query.Phrase{Text: "大桥今天"}, &query.Phrase{Text: "91"}, &query.Phrase{Text: "，里"}, &query.Word{Text: "桥"}} {
		r, err := l.Search(t.Context(), search.Request{Query: q, By: search.ByArticle, Size: 10})
		t.Logf("%T %+v %v", q, r, err)
	}
}
