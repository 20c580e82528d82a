package suggest

import (
	"iter"
	"maps"
	"slices"
	"strings"

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

// usual spells words in normal form.
func usual(word string) string {
	return strings.NewReplacer("着名", "著名", "颠复", "颠覆", "哈利波特", "哈利·波特").Replace(word)
}

func completer(l *Lexicon) *Completer {
	return NewCompleter(l, textnorm.Folder{}, func(string) bool { return false }, usual)
}
