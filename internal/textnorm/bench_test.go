package textnorm

import (
	"strings"
	"testing"
)

// A paragraph as newspapers have it: full-width commas, some Latin and digits.
const newsParagraph = "新华社北京1月12日电（记者李明）北约秘书长12日在布鲁塞尔表示，北约与俄罗斯的对话“并不容易”，" +
	"但正因如此才更有必要；双方在乌克兰问题上存在重大分歧。C919大型客机、5G网络和GDP增速也是当天会议的话题，与会者共有38人。"

func BenchmarkFold(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"paragraph", newsParagraph},
		{"folded", FoldString(newsParagraph)},
		{"long", strings.Repeat(newsParagraph, 1000)},
		{"latin", strings.Repeat("The Quick Brown Fox Jumps, ", 20)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				Fold(c.text)
			}
		})
		b.Run(c.name+"/string", func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				FoldString(c.text)
			}
		})
	}
}

func BenchmarkOriginal(b *testing.B) {
	f := Fold(strings.Repeat(newsParagraph, 10))
	for i := 0; b.Loop(); i++ {
		f.Original(i % len(f.Text))
	}
}
