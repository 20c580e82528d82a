package analyzer

import (
	"testing"
	"testing/fstest"
)

// TestSpelling checks that words in normal form get the characters and signs with
// which dictionaries spell them.
func TestSpelling(t *testing.T) {
	a := sharedAnalyzer(t)
	for word, want := range map[string]string{
		"着名": "著名", "着手": "着手", "颠复": "颠覆", "反复": "反复", "干隆": "乾隆", "干净": "干净",
		"着名作家": "著名作家", "干旱地区": "干旱地区",
		"征集令": "征集令", "广复盖": "广覆盖", "复水难收": "覆水难收", "颠复性着手": "颠覆性着手", "台湾": "台湾", "t恤": "t恤", "c919": "c919", "": "",
	} {
		if got := a.Spelling(word); got != want {
			t.Errorf("%s is spelt %s, want %s", word, got, want)
		}
	}
	for text, want := range map[string]string{
		"著名": "著名", "臺灣著名": "台湾著名", "Ｃ９１９ 於": "c919於", "哈利•波特": "哈利·波特",
	} {
		if got := a.Simplify(text); got != want {
			t.Errorf("%s is simplified to %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]bool{"著名的Ｃ９１９": true, "著名的專家": false, "": true} {
		if got := a.IsSimplified(text); got != want {
			t.Errorf("%s is simplified: %t", text, got)
		}
	}
}

// TestSpellingOfUserWords checks that the user dictionary comes before the main one.
func TestSpellingOfUserWords(t *testing.T) {
	folder := small()
	folder[dictFile] = &fstest.MapFile{Data: []byte("看着 9 v\n看著 3 v\n著名 5 a\n显着 1 a\n")}
	folder[userDictFile] = &fstest.MapFile{Data: []byte("哈利·波特\n显著\nＡ着\n")}
	a, err := open(folder, "small")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for word, want := range map[string]string{
		"哈利波特": "哈利·波特", "显着": "显著", "着名": "著名", "看着": "看着", "a着": "a着",
	} {
		if got := a.Spelling(word); got != want {
			t.Errorf("%s is spelt %s, want %s", word, got, want)
		}
	}
	if got, want := terms(a.Segment("看哈利波特")), "看/哈利波特"; got != want {
		t.Errorf("cut as %s, want %s", got, want)
	}
}
