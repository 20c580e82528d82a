package document

import (
	"maps"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/news"
)

// TestDocumentHasTheTokensOfItsText segments paragraphs that are larger than what is
// segmented at a time.
func TestDocumentHasTheTokensOfItsText(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := analyzer.Install(dir, ""); err != nil {
		t.Fatal(err)
	}
	words, err := analyzer.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer words.Close()
	const large = 512 << 10 // bytes
	const sentence = "俄罗斯副外长里亚布科夫１２日说，C919客机3.14秒后起飞，AT&T 与北约东扩无关。“对话”仍将继续！"
	for name, text := range map[string]string{
		"":                         "",
		"sentences":                strings.Repeat(sentence, large/len(sentence)),
		"nothing that parts words": strings.Repeat("里亚布科夫", large/15),
		"a run of letters":         "约" + strings.Repeat("ab1", large/3) + "约",
		"ends with a full stop":    strings.Repeat("字", large/3) + "字。",
	} {
		want := map[string]int{}
		for _, token := range words.Words(words.FoldString(text)) {
			want["words "+token.Term]++
		}
		for _, token := range analyzer.Grams(words.FoldString(text)) {
			want["grams "+token.Term]++
		}
		analyzer.EachJointGram(words.FoldString(text), func(token analyzer.Token) { want["grams "+token.Term]++ })
		got := termCounts{}
		documents := Maker{Words: words, Terms: got}
		columns := documents.document(&news.Article{ID: "a"}, nil, 0, words.FoldString(text))
		delete(got, FieldNames()[ArticleField]+" a")
		length := 0
		for term, n := range got {
			if !strings.Contains(term, analyzer.JointPrefix) {
				length += n
			}
		}
		if !maps.Equal(got, want) || length != int(columns.Words+columns.Grams) {
			t.Errorf("%s: %d terms, want %d", name, len(got), len(want))
		}
	}
}

// termCounts counts terms, each after the name of its field.
type termCounts map[string]int

func (c termCounts) Add(field int, term string, times int) { c[FieldNames()[field]+" "+term] += times }
