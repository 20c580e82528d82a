package suggest

import (
	"maps"
	"strings"
	"testing"

	"xunwen/internal/query"
)

// suggestedFor returns the suggestion for a query, which must parse.
func suggestedFor(t *testing.T, s *Speller, typed string, docFreq DocFreq) string {
	t.Helper()
	n, err := query.Parse(typed)
	if err != nil {
		t.Fatalf("%s: %v", typed, err)
	}
	return s.Query(n, docFreq)
}

func none(string) int { return 0 }

// TestPinyinOfQueries checks that pinyin becomes characters, with operators as they
// were.
func TestPinyinOfQueries(t *testing.T) {
	s := NewSpeller(completer(lexiconOf(200, append(news, "北京 冬奥会", "青禾 大桥", "women march", "绿色 旅行")...)))
	for _, tc := range []struct{ typed, want string }{
		{"běijīng", "北京"}, {"bei3jing1", "北京"}, {"bei3 jing1", "北京"}, {"bei jing", "北京"},
		{"bei'jing", "北京"}, {"ＢＥＩＪＩＮＧ", "北京"}, {`"běi jīng"`, `"北京"`}, {"北jing", "北京"},
		{"beijingdongaohui", "北京冬奥会"}, {"beijing dongaohui", "北京 冬奥会"}, {"bei3 jing1 飞船", "北京 飞船"},
		{"qinghe daqiao", "青禾 大桥"}, {"qinghedaqiao", "青禾大桥"}, {"qīnghé dàqiáo -beijing", "青禾 大桥 -beijing"},
		{"lü4se4", "绿色"}, {"lvse", "绿色"}, {"luse", "绿色"}, {"lu:4xing2", "旅行"}, // whatever the tone
		{"beijing OR kongjianzhan", "北京 OR 空间站"}, {"title:běijīng", "title:北京"},
		{"women march", ""}, // words of the index
		{"bei3", ""},        // too short
		{"xyz", ""},
	} {
		if got := suggestedFor(t, s, tc.typed, none); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.typed, got, tc.want)
		}
	}
}

// TestSuggestionsKeepTheMeaning checks that no suggestion is the opposite of what was
// typed: negations and exclusions stay.
func TestSuggestionsKeepTheMeaning(t *testing.T) {
	words := map[string]int{
		"合法": 900, "不合法": 900, "非法": 900, "对称": 900, "反对称": 900, "有效": 900, "无效": 900, "非洲": 900, "北约": 900,
		"可行": 900, "不可行": 900, "武效": 4,
	}
	s := spellerOf(words)
	articles := func(text string) int { return map[string]int{"飞法": 30}[text] + words[text] }
	for _, tc := range []struct{ typed, want string }{
		{"飞洲", "非洲"}, // in no article: only a mistake can be meant
		{"飞法", ""},   // in 30 articles
		{"北药", "北约"}, {"北药 -北约", ""}, {`北药 -"北约"`, ""}, {"北药 NOT (北约 OR 飞洲)", ""},
		{"飞洲 -北药", "非洲 -北药"}, // what is excluded stays as it was typed
		{"布可行", "不可行"},       // not 可行
		{"无合法", ""},          // 无 is not taken for another character
		{"不有效", ""},          // nor dropped
		{"反对对称", ""},
	} {
		got := suggestedFor(t, s, tc.typed, articles)
		isOpposite := got != "" && compareNegations([]rune(tc.typed), []rune(got)) != negationsStay
		if got != tc.want && (tc.want != "" || isOpposite) {
			t.Errorf("%s: %q, want %q", tc.typed, got, tc.want)
		}
		if strings.Contains(tc.typed, "-") != strings.Contains(got, "-") && got != "" {
			t.Errorf("%s: %q has other exclusions", tc.typed, got)
		}
	}
}

// TestNegations checks every change of one character, one omission and one
// repetition in words with negations and their opposites.
func TestNegations(t *testing.T) {
	words := map[string]int{}
	for word := range strings.FieldsSeq("合法 非法 不合法 有效 无效 对称 非对称 可能 不可能 未来 法规 成年 未成年 核武 无核 洗钱 反洗钱 没收") {
		words[word] = 5000
	}
	s := spellerOf(words)
	inArticles := func(text string) int { return max(words[text], 60) }
	checked := 0
	for word := range maps.Keys(words) {
		runes := []rune(word)
		for i := range len(runes) {
			for with := range strings.SplitSeq(",非,不,无,未,没,反,为,武,步,"+strings.Repeat(string(runes[i]), 2), ",") {
				typed := string(runes[:i]) + with + string(runes[i+1:])
				checked++
				if got, changed := correctWith(s, typed, inArticles); changed &&
					compareNegations([]rune(typed), []rune(got)) != negationsStay {
					t.Errorf("%s becomes %s", typed, got)
				}
			}
		}
	}
	if checked < 400 {
		t.Errorf("only %d typed texts", checked)
	}
}

// spellerOf returns a Speller of words with their document frequencies.
func spellerOf(words map[string]int) *Speller {
	grams := map[string]int{}
	for word, n := range words {
		runes := []rune(word)
		for i := 1; i < len(runes); i++ {
			grams[string(runes[i-1:i+1])] += n
		}
	}
	return NewSpeller(completer(NewLexicon(10_000, sorted(words), sorted(grams))))
}
