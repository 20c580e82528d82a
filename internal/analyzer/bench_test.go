package analyzer

import (
	"testing"

	"xunwen/internal/jieba"
	"xunwen/internal/textnorm"
)

const newsParagraph = "新华社北京1月12日电（记者李明）北约秘书长12日在布鲁塞尔表示，北约与俄罗斯的对话“并不容易”，" +
	"但正因如此才更有必要；双方在乌克兰问题上存在重大分歧。C919大型客机、5G网络和GDP增速也是当天会议的话题，与会者共有38人。"

func BenchmarkSegmenters(b *testing.B) {
	a := sharedAnalyzer(b)
	text := a.FoldString(newsParagraph)
	for _, c := range []struct {
		name    string
		segment func(string) []Token
	}{{"words", a.Words}, {"segment", a.Segment}, {"grams", Grams}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				c.segment(text)
			}
		})
		b.Run(c.name+"/parallel", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					c.segment(text)
				}
			})
		})
	}
}

// BenchmarkSamples measures what a build does with the texts of the samples.
func BenchmarkSamples(b *testing.B) {
	a := sharedAnalyzer(b)
	texts := sampleTexts(b)
	folded, masked := make([]string, len(texts)), make([][]byte, len(texts))
	size := 0
	for i, text := range texts {
		folded[i] = a.FoldString(text)
		masked[i] = a.vocabulary.mask(nil, folded[i])
		size += len(folded[i])
	}
	var spans []jieba.Span
	terms := 0
	count := func(Token) { terms++ }
	cut := func(c cutter) func(i int) {
		return func(i int) { spans = c.CutForSearch(spans[:0], masked[i]) }
	}
	reference := eachCutters(b)[0].reference
	for _, c := range []struct {
		name string
		do   func(i int)
	}{
		{"cut/builtin", cut(a.cutter)},
		{"cut/gojieba", cut(reference)},
		{"mask", func(i int) { masked[i] = a.vocabulary.mask(masked[i][:0], folded[i]) }},
		{"join", func(i int) { textnorm.Join(folded[i]) }},
		{"fold", func(i int) { a.Fold(texts[i]) }},
		{"words", func(i int) { a.EachWord(folded[i], count) }},
		{"grams", func(i int) { EachGram(folded[i], count) }},
		{"joint grams", func(i int) { EachJointGram(folded[i], count) }},
		{"all", func(i int) {
			f := a.FoldString(texts[i])
			a.EachWord(f, count)
			EachGram(f, count)
			EachJointGram(f, count)
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for i := range texts {
					c.do(i)
				}
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	folder, name, err := dictionaries()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		a, err := open(folder, name)
		if err != nil {
			b.Fatal(err)
		}
		a.Close()
	}
}
