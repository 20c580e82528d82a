package textnorm

import (
	"strings"
	"testing"
)

// newsParagraph is typical of newspapers: full-width commas, some Latin and digits.
const newsParagraph = "新华社北京1月12日电（记者李明）北约秘书长12日在布鲁塞尔表示，北约与俄罗斯的对话“并不容易”，" +
	"但正因如此才更有必要；双方在乌克兰问题上存在重大分歧。C919大型客机、5G网络和GDP增速也是当天会议的话题，与会者共有38人。"

// traditional is the same in traditional characters, half of which fold.
const traditional = "新華社北京１月１２日電（記者李明）北約秘書長在布魯塞爾表示，北約與俄羅斯的對話「並不容易」，但正因如此纔更有必要；"

func BenchmarkFold(b *testing.B) {
	folder := testFolder(b)
	for _, c := range []struct{ name, text string }{
		{"paragraph", newsParagraph},
		{"folded", folder.FoldString(newsParagraph)},
		{"long", strings.Repeat(newsParagraph, 1000)},
		{"traditional", traditional},
		{"latin", strings.Repeat("The Quick Brown Fox Jumps, ", 20)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				folder.Fold(c.text)
			}
		})
		b.Run(c.name+"/string", func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				folder.FoldString(c.text)
			}
		})
	}
}

func BenchmarkSpan(b *testing.B) {
	f := testFolder(b).Fold(strings.Repeat(newsParagraph, 10))
	for i := 0; b.Loop(); i++ {
		f.Span(i%len(f.Text), i%len(f.Text)+3)
	}
}
