package build

import (
	"maps"
	"strings"
	"testing"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
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
		got, lengths := map[string]int{}, 0
		d := documentMaker{words: words}.document(&news.Article{ID: "a"}, nil, 0, words.FoldString(text))
		for _, f := range d.fields[:2] {
			if f.Name() != engine.Words && f.Name() != engine.Grams {
				t.Fatalf("field %s", f.Name())
			}
			lengths += f.(*termField).length
			for term, tf := range f.AnalyzedTokenFrequencies() {
				got[f.Name()+" "+term] = tf.Frequency()
			}
		}
		if !maps.Equal(got, want) || lengths != int(d.columns.Words+d.columns.Grams) {
			t.Errorf("%s: %d terms, want %d", name, len(got), len(want))
		}
	}
}
