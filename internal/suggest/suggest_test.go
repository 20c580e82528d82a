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

// sorted yields counts in the order of terms, as an index does.
func sorted(counts map[string]int) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, term := range slices.Sorted(maps.Keys(counts)) {
			if !yield(term, counts[term]) {
				return
			}
		}
	}
}

// lexiconOf makes the lexicon of texts, given as words separated by spaces, each
// repeated a number of times.
func lexiconOf(times int, texts ...string) *Lexicon {
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

// docFreqIn counts the texts, each repeated a number of times, that contain a run.
func docFreqIn(times int, texts ...string) DocFreq {
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
	return correctWith(s, typed, docFreqIn(200, news...))
}

// correctWith is correct with given document frequencies.
func correctWith(s *Speller, typed string, docFreq DocFreq) (string, bool) {
	return (&correction{s, candidateBudget, docFreq}).operand(typed)
}

func TestCorrect(t *testing.T) {
	s := NewSpeller(completer(lexiconOf(200, news...)))
	for _, tc := range []struct{ typed, want string }{
		{"行天员", "航天员"},              // a homophone by another reading
		{"航甜员", "航天员"},              // a homophone
		{"肮天员", "航天员"},              // a look-alike
		{"空间占", "空间站"},              // a homophone with another tone
		{"卫生织", "卫生组织"},             // an omission
		{"航天天员", "航天员"},             // a repetition
		{"航员天", "航天员"},              // a transposition
		{"恭司", "公司"},                //
		{"recieved", "received"},    // letters
		{"Goverment", "government"}, //
		{"hangtianyuan", "航天员"},     // pinyin
		{"Kongjianzhan", "空间站"},
		{"ＲＥＣＩＥＶＥＤ", "received"}, // full width
		{"「航甜员」", "「航天员」"},       // the quotes stay
		{"航天员", ""},              // correct
		{"航天员返回地球", ""},          //
		{"禤以汀", ""},              // a name, similar to nothing
		{"c919", ""},             // a model
		{"天", ""},                // too short
		{"", ""},
		{"\xff", ""},
	} {
		got, changed := correct(s, tc.typed)
		if changed != (tc.want != "") || changed && got != tc.want || !changed && got != tc.typed {
			t.Errorf("%s: %s, %v; want %s", tc.typed, got, changed, tc.want)
		}
	}
}

// TestNamesAreNotCorrected checks that a rare name is not corrected to a common
// word.
func TestNamesAreNotCorrected(t *testing.T) {
	for _, tc := range []struct {
		typed, word   string // word is similar and in 900 documents
		typedDF       int    // articles that contain the typed text
		typedAsWord   int    // documents that contain it as a word
		wordDF        int    // articles that contain word
		wantCorrected bool
	}{
		{"周深", "走深", 5, 0, 600, false}, // there is a person of that name
		{"周深", "走深", 0, 0, 600, true},
		{"东生", "东升", 5, 0, 600, true}, // not in the form of a name: the end and the beginning of two words
		{"东生", "东升", 61, 0, 600, false},
		{"东生", "东升", 5, 3, 600, true},
		{"东生", "东升", 7, 3, 600, false}, // a word of the index
		{"东生", "东升", 0, 0, 2, false},   // too few articles
	} {
		words := map[string]int{tc.word: 900, "东西": 300, "深入": 300}
		if tc.typedAsWord > 0 {
			words[tc.typed] = tc.typedAsWord
		}
		grams := maps.Clone(words)
		s := NewSpeller(completer(NewLexicon(10_000, sorted(words), sorted(grams))))
		got, changed := correctWith(s, tc.typed, func(run string) int {
			return map[string]int{tc.typed: tc.typedDF, tc.word: tc.wordDF}[run]
		})
		if changed != tc.wantCorrected || changed && got != tc.word {
			t.Errorf("%+v: %s", tc, got)
		}
	}
	words, grams := map[string]int{"关于": 900}, map[string]int{"关于": 900, "辰光": 300}
	s := NewSpeller(completer(NewLexicon(10_000, sorted(words), sorted(grams))))
	docFreq := func(run string) int { return strings.Count(run, "于") * 50 }
	if got, changed := correctWith(s, "关子辰", docFreq); changed {
		t.Errorf("关子辰 is corrected to %s, which is not a word", got)
	}
}

func TestQueriesKeepTheirSyntax(t *testing.T) {
	s := NewSpeller(completer(lexiconOf(200, news...)))
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
		got := s.Query(n, docFreqIn(200, news...))
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
	l := lexiconOf(30, append(news, "𠮷野 家 々")...)
	var file bytes.Buffer
	if err := l.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := Read(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if len(again.counts) != len(l.counts) || again.count("航天员") != 60 || again.count("行天员") != 0 ||
		again.pair(again.char('航'), again.char('天')) != 60 || again.pair(again.char('𠮷'), again.char('野')) != 30 ||
		again.pair(again.char('野'), again.char('𠮷')) != 0 || again.pair(again.char('犇'), again.char('天')) != 0 {
		t.Error("the lexicon that was read differs from the one that was written")
	}
	var same bytes.Buffer
	if err := again.Write(&same); err != nil || !bytes.Equal(same.Bytes(), file.Bytes()) {
		t.Errorf("the second write differs from the first (%v)", err)
	}
	for cut := range file.Len() {
		if _, err := Read(bytes.NewReader(file.Bytes()[:cut])); err == nil {
			t.Fatalf("no error for the first %d of %d bytes", cut, file.Len())
		}
	}
	if _, err := Read(strings.NewReader(file.String() + "x")); err == nil {
		t.Error("no error for an extra byte")
	}
}

func FuzzRead(f *testing.F) {
	var file bytes.Buffer
	if err := lexiconOf(30, news...).Write(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Read(bytes.NewReader(data))
		if err == nil { // a lexicon that can be read can be used
			correct(NewSpeller(completer(l)), "航甜员 recieved")
			completer(l).Complete("hang", 3)
		}
	})
}

func TestLexiconKeepsMostFrequent(t *testing.T) {
	words := map[string]int{}
	for i := range maxWords + 10 {
		words["w"+strings.Repeat("x", i%7)+string(rune('一'+i%20000))+string(rune('一'+i/20000))] = 1 + i%3
	}
	l := NewLexicon(10, sorted(words), sorted(nil))
	if n := len(l.counts); n == 0 || n > maxWords {
		t.Fatalf("%d of %d words are kept", n, len(words))
	}
	if slices.Min(l.counts) < 2 {
		t.Error("words in one document are kept, although not all fit")
	}
}

func TestGlyphSimilarity(t *testing.T) {
	for pair, similar := range map[string]bool{
		"己已": true, "未末": true, "晴睛": true, "土士": true, "戌戍": true, "情请": true, "径经": true,
		"一二": false, "人国": false,
	} {
		a, size := utf8.DecodeRuneInString(pair)
		b, _ := utf8.DecodeRuneInString(pair[size:])
		m, s := newMatcher(glyphOf(a)), newShape(glyphOf(b))
		if got := m.similarity(&s); (got >= minSimilarity) != similar {
			t.Errorf("%s: similarity %.2f", pair, got)
		}
	}
	missing := newMatcher(glyphOf('\uE000'))
	if other := newShape(glyphOf('国')); missing.similarity(&other) != 0 {
		t.Error("a character that the font does not have is similar to another")
	}
}

// TestRareReadings checks that words by a rare reading come last.
func TestRareReadings(t *testing.T) {
	c := completer(lexiconOf(10, "共同", "共同", "共同", "航天", "重庆"))
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

// TestSeparatedSyllables checks that an apostrophe or a space ends a syllable, so
// that words with a longer first syllable don't come before the city that was
// typed.
func TestSeparatedSyllables(t *testing.T) {
	c := completer(lexiconOf(20, "现代 西安 西安", "现代 现在", "现代 先进"))
	for typed, want := range map[string]string{
		"xian": "现代", "xi'an": "西安", "xi an": "西安", "xi’a": "西安",
		"西 an": "西安", "西'安": "西安", " xian '": "现代", "x d": "现代",
	} {
		found := c.Complete(typed, 10)
		if len(found) == 0 || found[0].Text != want {
			t.Errorf("%q: %v, want %s first", typed, found, want)
		}
		if separated := strings.HasPrefix(typed, "xi'"); separated && len(found) != 1 {
			t.Errorf("%q: %v, want only 西安", typed, found)
		}
	}
	if found := c.Complete("'", 10); found != nil {
		t.Errorf("an apostrophe alone: %v", found)
	}
}

// TestRareLatinWords checks that a word in a few documents is corrected only to
// one that is far more frequent.
func TestRareLatinWords(t *testing.T) {
	for frequent, want := range map[int]string{100: "", 10_000: "harbour"} {
		words := map[string]int{"harbour": frequent, "harbout": 5}
		s := NewSpeller(completer(NewLexicon(20_000, sorted(words), sorted(nil))))
		got, changed := correct(s, "harbout")
		if changed != (want != "") || changed && got != want {
			t.Errorf("with %d of harbour: %s, %v", frequent, got, changed)
		}
	}
}

func TestReadings(t *testing.T) {
	for r, want := range map[rune][]reading{
		'航': {{"hang", 2}}, '绿': {{"lv", 4}, {"lu", 4}}, '的': {{"de", 0}}, 'x': nil, '女': {{"nv", 3}},
	} {
		got := readings(r)
		if len(got) < len(want) || want == nil && got != nil {
			t.Errorf("readings of %c: %v", r, got)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("readings of %c: %v, want %v", r, got, want)
			}
		}
	}
	if got := nearSyllables("zheng"); !slices.Equal(got, []string{"zeng", "zhen"}) {
		t.Errorf("near syllables of zheng: %v", got)
	}
}
