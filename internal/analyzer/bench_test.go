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
