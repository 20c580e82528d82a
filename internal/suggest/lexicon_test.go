package suggest

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestLexiconFile(t *testing.T) {
	l := lexiconOf(30, append(news, "𠮷野 家 々")...)
	var file bytes.Buffer
	if err := l.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := Read(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if len(again.counts) != len(l.counts) || again.count("航天员") != 60 || again.count("行天员") != 0 ||
		again.pair(again.char('航'), again.char('天')) != 60 || again.pair(again.char('𠮷'), again.char('野')) != 30 ||
		again.pair(again.char('野'), again.char('𠮷')) != 0 || again.pair(again.char('犇'), again.char('天')) != 0 {
		t.Error("the lexicon that was read differs from the one that was written")
	}
	var same bytes.Buffer
	if err := again.Write(&same); err != nil || !bytes.Equal(same.Bytes(), file.Bytes()) {
		t.Errorf("the second write differs from the first (%v)", err)
	}
	for cut := range file.Len() {
		if _, err := Read(bytes.NewReader(file.Bytes()[:cut])); err == nil {
			t.Fatalf("no error for the first %d of %d bytes", cut, file.Len())
		}
	}
	if _, err := Read(strings.NewReader(file.String() + "x")); err == nil {
		t.Error("no error for an extra byte")
	}
}

func FuzzRead(f *testing.F) {
	var file bytes.Buffer
	if err := lexiconOf(30, news...).Write(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Read(bytes.NewReader(data))
		if err == nil { // a lexicon that can be read can be used
			correct(NewSpeller(completer(l)), "航甜员 recieved")
			completer(l).Complete("hang", 3)
		}
	})
}

func TestLexiconKeepsMostFrequent(t *testing.T) {
	words := map[string]int{}
	for i := range maxWords + 10 {
		words["w"+strings.Repeat("x", i%7)+string(rune('一'+i%20000))+string(rune('一'+i/20000))] = 1 + i%3
	}
	l := NewLexicon(10, sorted(words), sorted(nil))
	if n := len(l.counts); n == 0 || n > maxWords {
		t.Fatalf("%d of %d words are kept", n, len(words))
	}
	if slices.Min(l.counts) < 2 {
		t.Error("words in one document are kept, although not all fit")
	}
}

// TestLexiconKeepsMostFrequentCompounds checks that adding to compounds never makes more than
// can be read.
func TestLexiconKeepsMostFrequentCompounds(t *testing.T) {
	compounds := map[string]int{}
	for i := range maxCompounds + 10 {
		compounds[string(rune('一'+i%20000))+string(rune('一'+i/20000))] = 5
	}
	compounds["航天员"] = 6
	l := lexiconOf(1, news...).WithCompletions(func(string) bool { return true }, sorted(compounds))
	var file bytes.Buffer
	if err := l.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := Read(&file)
	if err != nil {
		t.Fatal(err)
	}
	if again.compounds.count("航天员") != 6 {
		t.Error("the most frequent compound is missing")
	}
}
