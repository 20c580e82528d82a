package suggest

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/textnorm"
)

// completionsOf makes the lexicon of texts, given as jieba would cut them. Words in guessed are
// not in the dictionary.
func completionsOf(texts []string, guessed string) *Lexicon {
	words, grams := map[string]int{}, map[string]int{}
	isKnown := func(word string) bool { return !slices.Contains(strings.Fields(guessed), word) }
	m := NewMiner(Dictionary{isKnown, func(word string) bool { return strings.Contains("的 和 大", word) }, spelling{}}, 1)
	for _, text := range texts {
		whole := strings.ReplaceAll(text, " ", "")
		runes := []rune(whole)
		for i := 1; i < len(runes); i++ {
			grams[string(runes[i-1:i+1])]++
		}
		m.Begin(textnorm.Join(whole))
		end := 0
		for word := range strings.FieldsSeq(text) {
			words[word]++
			start := end
			end += len(word)
			if !strings.ContainsAny(word, "，。") {
				m.Add(start, end, !isKnown(word))
				if runes := []rune(word); len(runes) > 3 { // a word inside another
					m.Add(start+len(string(runes[:2])), end, false)
				}
			}
		}
		m.EndDocument()
		m.EndArticle()
	}
	l := NewLexicon(len(texts), sorted(words), sorted(grams))
	u := NewSelection(l, m.Count(), func(string) bool { return true })
	whole := u.Whole()
	mayBeSuggested := func(word string) bool { return isKnown(word) || whole[word] }
	return l.WithCompletions(mayBeSuggested, sorted(u.Compounds(l)))
}

// cutNews is texts in which 碳中和 and 马斯克 are always cut, and 李雷 is a name.
func cutNews() []string {
	var texts []string
	before := strings.Fields("实现 推动 记者 采访 介绍 关注 研究 讨论 。 ，")
	for i, next := range strings.Fields("目标 承诺 路径 愿景 工作 标准 政策 的 。 ，") {
		texts = append(texts,
			"碳达峰 "+next, before[i]+" 碳中 和 "+next, before[i]+" 马斯 克 "+next, before[i]+" 李雷 "+next,
			before[i]+" 全国 统一 大 市场 "+next, before[i]+" 平台 经济 "+next, before[9-i]+" 平台 经济 "+next,
			before[i]+" 平台 的 市场 "+next)
	}
	return texts
}

// TestNoIncompleteWords checks that what is always continued by the same character is not
// suggested, and what it is continued to is.
func TestNoIncompleteWords(t *testing.T) {
	l := completionsOf(cutNews(), "碳中 马斯 李雷")
	c := completer(l)
	for typed, want := range map[string]string{
		"碳": "碳达峰 碳中和", "碳中": "碳中和", "马": "马斯克", "马斯": "马斯克", "tanzhong": "碳中和", "msk": "马斯克",
		"李": "李雷", "平台": "平台 平台经济", "全国统一": "全国统一大市场", "pingtaijingji": "平台经济",
	} {
		var got []string
		for _, found := range c.Complete(typed, 10) {
			got = append(got, found.Text)
		}
		for word := range strings.FieldsSeq(want) {
			if !slices.Contains(got, word) {
				t.Errorf("%s: %v lacks %s", typed, got, word)
			}
		}
		for _, incomplete := range []string{"碳中", "马斯", "统一大市场", "全国统一", "和目标", "平台的", "的市场"} {
			if slices.Contains(got, incomplete) {
				t.Errorf("%s: %v has %s", typed, got, incomplete)
			}
		}
	}
	if n := maps.Collect(l.EachCompound())["平台经济"]; n != 20 {
		t.Errorf("平台经济 is in %d documents, want 20", n)
	}
}

func TestCompletionsAreWritten(t *testing.T) {
	l := completionsOf(cutNews(), "碳中 马斯 李雷")
	var file bytes.Buffer
	if err := l.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := Read(&file)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := maps.Collect(again.EachCompound()), maps.Collect(l.EachCompound()); len(want) == 0 ||
		!maps.Equal(got, want) {
		t.Errorf("the compounds that were read are %v, want %v", got, want)
	}
	if again.IsWhole("碳中") || !again.IsWhole("李雷") || !again.IsWhole("平台") || again.count("碳中") != l.count("碳中") {
		t.Error("other words may be suggested than before")
	}
}

// TestTally compares the counts with those of a plain search.
func TestTally(t *testing.T) {
	texts := []string{"碳中和。碳中和目标", "碳中", "x5g网络5g网络", "5g网络，中和"}
	tally := NewTally([]string{"碳中", "碳中和", "中和", "5g网络", "和目", "碳中"})
	for _, text := range texts {
		tally.Text(text)
		tally.EndDocument()
	}
	for s, want := range map[string]int{"碳中": 2, "碳中和": 1, "中和": 2, "5g网络": 2, "和目": 1, "网络": 0} {
		if got := tally.Documents(s); got != want {
			t.Errorf("%s is in %d documents, want %d", s, got, want)
		}
	}
}
