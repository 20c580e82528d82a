package engine

import (
	"slices"
	"strings"
	"testing"
)

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"":               "",
		"北约":             "北约",
		"北约。":            "北约。|",
		"北约。俄罗斯!":        "北约。|俄罗斯!|",
		"他问:去吗?去。":       "他问:去吗?|去。|",
		"增长3.5%,app2.0版": "增长3.5%,app2.0版",
		"j.k.罗琳":         "j.k.罗琳",
		"北约.俄罗斯":         "北约.|俄罗斯",
		"好!!":            "好!|!|",
		"北约;俄罗斯,欧盟…中国":   "北约;俄罗斯,欧盟…中国",
	} {
		ends := SentenceEnds(text)
		var parts []string
		from := 0
		for _, end := range append(slices.Clone(ends), len(text)) {
			parts = append(parts, text[from:end])
			from = end
		}
		if got := strings.Join(parts, "|"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		number := 0
		for at := range text {
			if slices.Contains(ends, at) {
				number++
			}
			if got := sentenceAt(ends, at); got != number {
				t.Errorf("%s: offset %d is in sentence %d, want %d", text, at, got, number)
			}
		}
	}
}
