package suggest

import (
	"bytes"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/query"
	"xunwen/internal/textnorm"
)

// sorted gives counts as an index gives its terms.
func sorted(counts map[string]int) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, term := range slices.Sorted(maps.Keys(counts)) {
			if !yield(term, counts[term]) {
				return
			}
		}
	}
}

// of makes the lexicon of texts that are given as words parted by spaces, each
// text as often as times.
func of(times int, texts ...string) *Lexicon {
	words, grams := map[string]int{}, map[string]int{}
	for _, text := range texts {
		for word := range strings.FieldsSeq(text) {
			words[word] += times
		}
		run := []rune(strings.ReplaceAll(text, " ", ""))
		for i := 1; i < len(run); i++ {
			grams[string(run[i-1:i+1])] += times
		}
	}
	return NewLexicon(times*len(texts), sorted(words), sorted(grams))
}

var news = []string{
	"航天员 进驻 空间站", "航天员 返回 地球", "空间站 迎来 飞船", "卫生组织 发布 报告", "飞船 发射 成功", "北约 东扩",
	"公司 发布 手机", "received government reports",
}

// holding counts which of texts, each there as often as times, contain a run.
func holding(times int, texts ...string) Holders {
	return func(run string) int {
		n := 0
		for _, text := range texts {
			if strings.Contains(strings.ReplaceAll(text, " ", ""), run) {
				n += times
			}
		}
		return n
	}
}

func completer(l *Lexicon) *Completer {
	return NewCompleter(l, textnorm.Folder{}, func(string) bool { return false })
}

// correct corrects a query of one operand.
func correct(s *Speller, typed string) (string, bool) {
	return correctWhere(s, typed, holding(200, news...))
}

// correctWhere is correct where so many articles hold a text.
func correctWhere(s *Speller, typed string, holders Holders) (string, bool) {
	return (&correction{s, maxDoubts, holders}).operand(typed)
}

func TestCorrect(t *testing.T) {
	s := NewSpeller(completer(of(200, news...)))
	for _, tc := range []struct{ typed, want string }{
		{"行天员", "航天员"},              // a homophone, of another reading
		{"航甜员", "航天员"},              // a homophone
		{"肮天员", "航天员"},              // a look-alike
		{"空间占", "空间站"},              // the same, in another tone
		{"卫生织", "卫生组织"},             // one left out
		{"航天天员", "航天员"},             // one twice
		{"航员天", "航天员"},              // two swapped
		{"恭司", "公司"},                //
		{"recieved", "received"},    // letters
		{"Goverment", "government"}, //
		{"hangtianyuan", "航天员"},     // pinyin
		{"Kongjianzhan", "空间站"},
		{"ＲＥＣＩＥＶＥＤ", "received"}, // wide ones
		{"「航甜员」", "「航天员」"},       // what stands around stays
		{"航天员", ""},              // right
		{"航天员返回地球", ""},          //
		{"禤以汀", ""},              // a name that nothing is like
		{"c919", ""},             // a model
		{"天", ""},                // too short to tell
		{"", ""},
		{"\xff", ""},
	} {
		got, changed := correct(s, tc.typed)
		if changed != (tc.want != "") || changed && got != tc.want || !changed && got != tc.typed {
			t.Errorf("%s: %s, %v; want %s", tc.typed, got, changed, tc.want)
		}
	}
}

// TestNamesAreLeftAlone holds that a name few have heard of is not taken for a
// word that everybody uses.
func TestNamesAreLeftAlone(t *testing.T) {
	for _, tc := range []struct {
		typed, word string // a word of 900 documents that is written nearly alike
		had, asWord int    // articles that hold what was typed, documents that hold it as a word
		has         int    // articles that hold the word
		wantsIt     bool
	}{
		{"周深", "走深", 5, 0, 600, false}, // there is somebody of that name
		{"周深", "走深", 0, 0, 600, true},
		{"东生", "东升", 5, 0, 600, true}, // not of a name's form: somewhere two words meet so
		{"东生", "东升", 61, 0, 600, false},
		{"东生", "东升", 5, 3, 600, true},
		{"东生", "东升", 7, 3, 600, false}, // the index knows the word
		{"东生", "东升", 0, 0, 2, false},   // hardly anything would be found
	} {
		words := map[string]int{tc.word: 900, "东西": 300, "深入": 300}
		if tc.asWord > 0 {
			words[tc.typed] = tc.asWord
		}
		grams := maps.Clone(words)
		s := NewSpeller(completer(NewLexicon(10_000, sorted(words), sorted(grams))))
		got, changed := correctWhere(s, tc.typed, func(run string) int {
			return map[string]int{tc.typed: tc.had, tc.word: tc.has}[run]
		})
		if changed != tc.wantsIt || changed && got != tc.word {
			t.Errorf("%+v: %s", tc, got)
		}
	}
	s := NewSpeller(completer(NewLexicon(10_000, sorted(map[string]int{"关于": 900}), sorted(map[string]int{"关于": 900, "辰光": 300}))))
	if got, changed := correctWhere(s, "关子辰", func(run string) int { return strings.Count(run, "于") * 50 }); changed {
		t.Errorf("关子辰 is taken for %s, which is no word", got)
	}
}

func TestQueriesKeepTheirSyntax(t *testing.T) {
	s := NewSpeller(completer(of(200, news...)))
	for _, tc := range []struct{ typed, want string }{
		{"行天员 空间占", "航天员 空间站"},
		{`"行天员" OR title:空间占`, `"航天员" OR title:空间站`},
		{"(行天员 | 北约) -空间占", "(航天员 OR 北约) -空间占"},
		{`"行天员 空间占"~10`, `"航天员 空间站"~10`},
		{"date:2022-01 行天员", "date:2022-01 航天员"},
		{"source:行天员 recieved*", ""},
		{"标题：行天员", "title:航天员"},
		{strings.Repeat("行", query.MaxRunes), ""},
		{strings.Repeat("北约、", 160) + "行天员", strings.Repeat("北约、", 160) + "航天员"},
	} {
		n, err := query.Parse(tc.typed)
		if err != nil {
			t.Fatal(err)
		}
		got := s.Query(n, holding(200, news...))
		if tc.want != "" {
			want, err := query.Parse(tc.want)
			if err != nil {
				t.Fatal(err)
			}
			tc.want = want.String()
		}
		if got != tc.want {
			t.Errorf("%s: %q, want %q", tc.typed, got, tc.want)
		}
	}
}

func TestLexiconFile(t *testing.T) {
	l := of(30, append(news, "𠮷野 家 々")...)
	var file bytes.Buffer
	if err := l.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := Read(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if again.Words() != l.Words() || again.count("航天员") != 60 || again.count("行天员") != 0 ||
		again.pair(again.char('航'), again.char('天')) != 60 || again.pair(again.char('𠮷'), again.char('野')) != 30 ||
		again.pair(again.char('野'), again.char('𠮷')) != 0 || again.pair(again.char('犇'), again.char('天')) != 0 {
		t.Error("the file holds something else than what was written")
	}
	var same bytes.Buffer
	if err := again.Write(&same); err != nil || !bytes.Equal(same.Bytes(), file.Bytes()) {
		t.Errorf("written again it differs (%v)", err)
	}
	for cut := range file.Len() {
		if _, err := Read(bytes.NewReader(file.Bytes()[:cut])); err == nil {
			t.Fatalf("cut off at %d of %d bytes it is read", cut, file.Len())
		}
	}
	if _, err := Read(strings.NewReader(file.String() + "x")); err == nil {
		t.Error("with a byte too many it is read")
	}
}

func FuzzRead(f *testing.F) {
	var file bytes.Buffer
	if err := of(30, news...).Write(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Read(bytes.NewReader(data))
		if err == nil { // what can be read can be used
			correct(NewSpeller(completer(l)), "航甜员 recieved")
			completer(l).Complete("hang", 3)
		}
	})
}

func TestOfManyTheMostFrequentAreKept(t *testing.T) {
	words := map[string]int{}
	for i := range maxWords + 10 {
		words["w"+strings.Repeat("x", i%7)+string(rune('一'+i%20000))+string(rune('一'+i/20000))] = 1 + i%3
	}
	l := NewLexicon(10, sorted(words), sorted(nil))
	if l.Words() == 0 || l.Words() > maxWords {
		t.Fatalf("%d of %d words are kept", l.Words(), len(words))
	}
	if slices.Min(l.counts) < 2 {
		t.Error("words of one document are kept though not all can be")
	}
}

func TestLooks(t *testing.T) {
	for pair, alike := range map[string]bool{"己已": true, "未末": true, "晴睛": true, "土士": true, "戌戍": true, "情请": true, "径经": true, "一二": false, "人国": false} {
		a, size := utf8.DecodeRuneInString(pair)
		b, _ := utf8.DecodeRuneInString(pair[size:])
		g, h := newLikeness(drawn(a)), newLook(drawn(b))
		if got := g.alike(&h); (got >= leastAlike) != alike {
			t.Errorf("%s: %.2f alike", pair, got)
		}
	}
	blank := newLikeness(drawn('\uE000'))
	if other := newLook(drawn('国')); blank.alike(&other) != 0 {
		t.Error("what the font doesn't have looks like something")
	}
}

// TestRareReadings holds that what a character is seldom read as comes last.
func TestRareReadings(t *testing.T) {
	c := completer(of(10, "共同", "共同", "共同", "航天", "重庆"))
	for typed, want := range map[string]string{"ht": "航天 共同", "gt": "共同", "cq": "重庆", "chongq": "重庆"} {
		var got []string
		for _, found := range c.Complete(typed, 9) {
			got = append(got, found.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", typed, got, want)
		}
	}
}

// TestSyllablesTypedApart holds that an apostrophe or a blank ends a syllable, so
// that what only begins alike doesn't stand before the city that was meant.
func TestSyllablesTypedApart(t *testing.T) {
	c := completer(of(20, "现代 西安 西安", "现代 现在", "现代 先进"))
	for typed, want := range map[string]string{
		"xian": "现代", "xi'an": "西安", "xi an": "西安", "xi’a": "西安", "西 an": "西安", "西'安": "西安", " xian '": "现代", "x d": "现代",
	} {
		found := c.Complete(typed, 10)
		if len(found) == 0 || found[0].Text != want {
			t.Errorf("%q: %v, want %s first", typed, found, want)
		}
		if apart := strings.HasPrefix(typed, "xi'"); apart && len(found) != 1 {
			t.Errorf("%q: %v, want 西安 alone", typed, found)
		}
	}
	if found := c.Complete("'", 10); found != nil {
		t.Errorf("an apostrophe alone: %v", found)
	}
}

// TestRareWordsOfLetters holds that a word that a few documents hold is taken
// for another only where that is far more frequent.
func TestRareWordsOfLetters(t *testing.T) {
	for frequent, want := range map[int]string{100: "", 10_000: "harbour"} {
		words := map[string]int{"harbour": frequent, "harbout": 5}
		s := NewSpeller(completer(NewLexicon(20_000, sorted(words), sorted(nil))))
		got, changed := correct(s, "harbout")
		if changed != (want != "") || changed && got != want {
			t.Errorf("beside %d: %s, %v", frequent, got, changed)
		}
	}
}

func TestReadings(t *testing.T) {
	for r, want := range map[rune][]reading{
		'航': {{"hang", 2}}, '绿': {{"lv", 4}, {"lu", 4}}, '的': {{"de", 0}}, 'x': nil, '女': {{"nv", 3}},
	} {
		got := readings(r)
		if len(got) < len(want) || want == nil && got != nil {
			t.Errorf("%c is read %v", r, got)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%c is read %v, want %v", r, got, want)
			}
		}
	}
	if got := nearSyllables("zheng"); !slices.Equal(got, []string{"zeng", "zhen"}) {
		t.Errorf("near zheng: %v", got)
	}
}
