package suggest

import (
	"maps"
	"strings"
	"testing"

	"xunwen/internal/query"
)

// correct corrects a query of one operand.
func correct(s *Speller, typed string) (string, bool) {
	return correctWith(s, typed, docFreqIn(200, news...))
}

// correctWith is correct with given document frequencies.
func correctWith(s *Speller, typed string, docFreq DocFreq) (string, bool) {
	return (&correction{Speller: s, budget: candidateBudget, docFreq: docFreq}).operand(typed)
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
