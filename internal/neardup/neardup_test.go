package neardup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
)

// comparer folds width and case; package analyzer tests the folding of scripts.
var comparer Comparer

// compare compares the texts of two articles.
func compare(a, b *news.Article) similarity {
	x, y := prepare(a), prepare(b)
	return x.compare(y, common(set(slices.Clone(x.shingles)), set(slices.Clone(y.shingles))))
}

func prepare(a *news.Article) *prepared {
	p := preparer{Comparer: comparer}
	return p.prepare(a)
}

func article(id, title string, paragraphs ...string) news.Article {
	a := news.Article{ID: id, Title: title}
	for _, p := range paragraphs {
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: p})
	}
	return a
}

const (
	bridge = "青禾大桥昨天上午通车。大桥全长1280米，双向六车道，两岸居民过江不再绕行。市交通局介绍，大桥建设历时三年，" +
		"动用工人两千余名，没有发生一起安全事故。首批通过的是30辆公交车。家住北岸的禤女士说，以前上班要坐轮渡，遇到大雾只能等。"
	ferry = "渡口自下月起停航，船员转岗到水上救援队。老船工说，江上的雾他看了四十年，如今可以在桥上看。"
	flood = "市防汛办通报，截至昨天20时，全市平均降雨量86.5毫米，转移群众1203人，3座水库超汛限水位。预计今天夜间雨势减弱，" +
		"珑江青禾站水位将于明天凌晨回落到警戒水位以下。市防汛办提醒市民远离河道，不要涉水行车。"
)

func TestCompare(t *testing.T) {
	all := article("", "青禾大桥通车", bridge, ferry)
	for _, c := range []struct {
		name string
		a, b news.Article
		copy bool
	}{
		{"the same", all, all, true},
		{"another title and other paragraphs", all, article("", "过江只要五分钟", bridge+ferry), true},
		{"a source line", all, article("", "青禾大桥通车", "据江讯社电（记者 杜若溪）", bridge, ferry, "责任编辑：沈亦舟"), true},
		{"the end cut off", all, article("", "青禾大桥通车", bridge), true},
		{"full width, other marks", all,
			article("", "", strings.NewReplacer("1280", "１２８０", "，", ",", "。", "｡").Replace(bridge), ferry), true},
		{"a word edited", all, article("", "", strings.Replace(bridge, "不再绕行", "无须绕行", 1), ferry), true},
		{"one item of a digest", article("", "要闻", bridge, flood, strings.Repeat("江畔茶节今天开幕，四方茶商云集。", 8)),
			article("", "", flood), false},
		{"another report of the event", all, article("", "", "经过三年建设，连接珑江两岸的青禾大桥迎来首批车辆。记者在现场看到，公交车依次驶过桥面，市民在桥头拍照留念。"),
			false},
		{"an update: one figure in its place", article("", "", flood),
			article("", "", strings.Replace(flood, "1203", "1350", 1)), false},
		{"a figure in Chinese", article("", "", bridge), article("", "", strings.Replace(bridge, "两千余名", "三千余名", 1)),
			false},
		{"the same figure written otherwise", article("", "", flood),
			article("", "", strings.Replace(flood, "1203", "1,203", 1)), true},
		{"a new figure in the title", article("", "全市平均降雨量86.5毫米", flood),
			article("", "全市平均降雨量97毫米", strings.Replace(flood, "不要涉水", "切勿涉水", 1)), false},
		{"one text, another figure in the title", article("", "全市平均降雨量86.5毫米", flood),
			article("", "全市平均降雨量97毫米", flood), true},
		{"nothing", article("", "图片新闻"), article("", "图片新闻"), false},
	} {
		for range 2 {
			if l := compare(&c.a, &c.b); l.nearDuplicate() != c.copy {
				t.Errorf("%s: %+v, mean %.2f", c.name, l, l.mean())
			}
			c.a, c.b = c.b, c.a
		}
	}
}

// groupIDs lists the members of each group with more than one.
func groupIDs(t *testing.T, all []news.Article) []string {
	t.Helper()
	groups := groupsOf(t, all)
	members := map[uint32][]string{}
	for i, first := range groups {
		if int(first) > i || groups[first] != first {
			t.Errorf("article %d is in group %d, whose first is not that", i, first)
		}
		members[first] = append(members[first], all[i].ID)
	}
	var out []string
	for _, m := range members {
		if len(m) > 1 {
			slices.Sort(m)
			out = append(out, strings.Join(m, " "))
		}
	}
	slices.Sort(out)
	return out
}

func TestShortTexts(t *testing.T) {
	got := groupIDs(t, []news.Article{
		article("photo", "图片新闻", "新华社发"), article("photo again", "图片新闻", "新华社发。"), article("market", "集市", "新华社发"),
		article("a", "题"), article("b", "题"), article("c", "题 "), article("d", "题目"),
	})
	if want := []string{"a b c", "photo photo again"}; !slices.Equal(got, want) {
		t.Errorf("groups %v, want %v", got, want)
	}
}

// randomText returns n of a few hundred characters, so that texts share only short
// strings.
func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune('一' + rune(r.IntN(400)))
	}
	return b.String()
}

// randomCopies returns texts with shortened and edited copies of some, and the same texts, below
// titles of a series.
func randomCopies(r *rand.Rand) []news.Article {
	var all []news.Article
	for i := range 60 {
		text := []rune(randomText(r, 120+r.IntN(400)))
		for k := range r.IntN(5) {
			part := string(text[:len(text)-r.IntN(len(text)/3)])
			all = append(all, withEdits(r, article(fmt.Sprintf("%02d-%d", i, k), seriesTitle(r), part), 80))
			all = append(all, article(fmt.Sprintf("%02d-%d-again", i, k), seriesTitle(r), part))
		}
		all = append(all, article(fmt.Sprintf("%02d", i), seriesTitle(r), string(text)))
	}
	return all
}

// seriesTitle returns a title with a figure, or none.
func seriesTitle(r *rand.Rand) string {
	if r.IntN(2) == 0 {
		return ""
	}
	return fmt.Sprintf("珑江青禾站三月%d日水位", 5+r.IntN(2))
}

// An article that is added later joins the group that it would have been in from
// the start.
func TestOrderDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 9))
	all := randomCopies(r)
	want := groupIDs(t, all)
	if len(want) < 20 {
		t.Fatalf("only %d groups", len(want))
	}
	for range 5 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := groupIDs(t, all); !slices.Equal(got, want) {
			t.Fatalf("another order gives %v, before %v", got, want)
		}
	}
}

// Each text of a series is similar to the next one, but the first shares nothing
// with the last: they don't form one group.
func TestNothingIsChained(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := []rune(randomText(r, 2000))
	var row []news.Article
	byID := map[string]*news.Article{}
	for i := 0; i+400 <= len(text); i += 40 {
		row = append(row, article(fmt.Sprintf("%04d", i), "", string(text[i:i+400])))
	}
	for i := range row {
		byID[row[i].ID] = &row[i]
	}
	if !compare(&row[0], &row[1]).nearDuplicate() ||
		compare(&row[0], &row[len(row)-1]).ofSmaller > 0 {
		t.Fatal("the row is not one")
	}
	groups := groupIDs(t, row)
	if len(groups) < 3 {
		t.Errorf("groups %v", groups)
	}
	for _, g := range groups {
		ids := strings.Fields(g)
		led := slices.ContainsFunc(ids, func(leader string) bool {
			return !slices.ContainsFunc(ids,
				func(id string) bool { return !compare(byID[leader], byID[id]).nearDuplicate() })
		})
		if !led {
			t.Errorf("no member of %s is like all the others", g)
		}
	}
}

// A thousand bulletins of one pattern, each with a copy, are compared with few
// others and grouped with their copies.
func TestManyAlike(t *testing.T) {
	const days = 1000
	var all []news.Article
	for i := range days {
		text := strings.NewReplacer("86.5", fmt.Sprint(i, ".5"), "1203", fmt.Sprint(1000+i)).Replace(flood)
		all = append(all, article(fmt.Sprintf("%04d", i), "", text),
			article(fmt.Sprintf("%04d", i)+"-again", "", text, "（据江讯社）"))
	}
	groups := groupsOf(t, all)
	found := 0
	for i := 0; i < len(all); i += 2 {
		if groups[i+1] == uint32(i) {
			found++
		}
		if groups[i] != uint32(i) {
			t.Fatalf("%s is grouped with %s", all[i].ID, all[groups[i]].ID)
		}
	}
	if found < days*9/10 {
		t.Errorf("%d of %d copies are found", found, days)
	}
}

// TestMayBeNear compares the resemblance of signatures with that of sets of hashes, and checks
// that texts with a third in common are not read, and those with nine tenths are.
func TestMayBeNear(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	for range 300 {
		a, b := Signature{size: 500}, Signature{size: 500}
		for _, s := range []*Signature{&a, &b} {
			for i := range s.least {
				s.least[i] = unused
			}
			n := r.IntN(sketchSize + 1)
			for i := range n {
				s.least[i] = uint32(r.IntN(60))
			}
			slices.Sort(s.least[:n])
			kept := slices.Compact(s.least[:n])
			for i := len(kept); i < n; i++ {
				s.least[i] = unused
			}
		}
		union := slices.Compact(slices.Sorted(slices.Values(slices.Concat(a.least[:], b.least[:]))))
		union = slices.DeleteFunc(union, func(h uint32) bool { return h == unused })
		union = union[:min(len(union), sketchSize)]
		shared := 0
		for _, h := range union {
			if slices.Contains(a.least[:], h) && slices.Contains(b.least[:], h) {
				shared++
			}
		}
		if got, all := a.resemblance(&b); got != shared || all != max(len(union), 1) {
			t.Fatalf("%v and %v share %d of %d, want %d of %d", a.least, b.least, got, all, shared, len(union))
		}
	}
	text := func(from, to int) *news.Article {
		var s strings.Builder
		for i := from; i < to; i++ {
			fmt.Fprintf(&s, "%c%c", '一'+rune(i*7919%20000), '一'+rune(i*104729%20000))
		}
		return &news.Article{Paragraphs: []news.Paragraph{{Text: s.String()}}}
	}
	whole := comparer.Sign(text(0, 900))
	for to, want := range map[int]bool{300: false, 810: true} {
		part := comparer.Sign(text(900-to, 1800-to))
		if got := whole.mayBeNear(&part); got != want {
			t.Errorf("a text with %d of 900 characters in common may be a near-duplicate: %v", to, got)
		}
	}
}
