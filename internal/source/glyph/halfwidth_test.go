package glyph

import "testing"

func TestHalfWidth(t *testing.T) {
	var got string
	for _, r := range "犐犆犛犃狀" {
		ascii, ok := HalfWidth(r)
		if !ok {
			t.Errorf("%c stands for nothing", r)
		}
		got += string(ascii)
	}
	if got != "ICSAn" {
		t.Errorf("read %s", got)
	}
	if _, ok := HalfWidth('桥'); ok {
		t.Error("桥 isn't a half-width character")
	}
}
