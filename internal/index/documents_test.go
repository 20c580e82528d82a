package index_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
)

// TestColumnsWithoutDeletedArticles compares the columns of two volumes, with deleted articles
// in the first, with those of an index of the other articles.
func TestColumnsWithoutDeletedArticles(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("江上的大桥今天通车了", 4) + "。"
	roundUp := func(id string) news.Article {
		return buildtest.Text(id, "快讯", "捷龙三号成功", text, "飞机交付", text, "场馆开放", text)
	}
	before := []news.Article{roundUp("a"), buildtest.Text("b", "二", text), roundUp("c"), roundUp("d"),
		buildtest.Text("e", "五", "渡口。", text), roundUp("f"),
		buildtest.Text("g", "七"), buildtest.Text("h", "八", "茶节。"), roundUp("i")}
	added := []news.Article{buildtest.Text("a", "一", "大桥。"), roundUp("d"), roundUp("j")}
	dir := buildtest.New(t, before...)
	buildtest.Append(t, dir, added...)
	g := openCurrent(t, dir)
	if deleted := g.Records.Volumes[0].Deleted; len(g.Records.Volumes) != 2 || len(deleted) != 2 {
		t.Fatalf("%d volumes, %v deleted", len(g.Records.Volumes), deleted)
	}
	got := g.Columns
	want := openBuilt(t, slices.Concat(before[1:3], before[4:], added)...).Columns
	if len(want.ItemStarts) != 15 {
		t.Fatalf("%d items, want those of five round-ups", len(want.ItemStarts))
	}
	for _, column := range []string{"Article", "WordLength", "GramLength", "ItemStarts", "Day", "Characters", "Group"} {
		of := func(c any) any { return reflect.ValueOf(c).Elem().FieldByName(column).Interface() }
		if !reflect.DeepEqual(of(got), of(want)) {
			t.Errorf("%s: %v, want %v", column, of(got), of(want))
		}
	}
}
