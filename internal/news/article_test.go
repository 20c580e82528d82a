package news

import "testing"

func TestCharacters(t *testing.T) {
	a := Article{Title: "标题", Paragraphs: []Paragraph{
		{Section: "小标题", Text: "北约 东扩，Ｃ９１９。"}, {Text: "　𠮷野\u00a0é\n"}, {Kind: Caption, Text: "图"},
	}}
	if got := a.Characters(); got != 14 {
		t.Errorf("%d characters, want 14", got)
	}
	if got := (&Article{Title: "标题"}).Characters(); got != 0 {
		t.Errorf("%d characters without paragraphs", got)
	}
}
