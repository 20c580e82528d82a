package analyzer

import "testing"

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

// BenchmarkOpen opens jieba's dictionaries: compiled, from the files, and for gojieba.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	if err := Install(dir, ""); err != nil {
		b.Fatal(err)
	}
	opens := func(options ...Option) func(*testing.B) {
		return func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a, err := Open(dir, options...)
				if err != nil {
					b.Fatal(err)
				}
				a.Close()
			}
		}
	}
	b.Run("files", opens())
	b.Run("gojieba", opens(WithSegmenter(Gojieba)))
	if err := Compile(dir); err != nil {
		b.Fatal(err)
	}
	b.Run("compiled", opens())
}
