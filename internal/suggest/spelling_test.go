package suggest

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/textnorm"
)

// spelling is a Spelling for which 着 and 复 are ambiguous and 員 is traditional.
type spelling struct{}

func (spelling) Fold(text string) textnorm.Folded {
	folder, err := textnorm.NewFolder(map[rune]rune{'著': '着', '覆': '复', '員': '员'})
	if err != nil {
		panic(err)
	}
	return folder.Fold(text)
}

func (s spelling) Simplify(text string) string {
	return textnorm.Folder{}.FoldString(strings.NewReplacer("員", "员").Replace(text))
}
func (spelling) IsSimplified(text string) bool  { return !strings.Contains(text, "員") }
func (spelling) IsAmbiguous(folded string) bool { return strings.ContainsAny(folded, "着复") }
func (spelling) Spelling(joined string) string  { return usual(joined) }

// TestShownSpelling checks that words are completed and corrected to what texts write,
// and are found by its pinyin.
func TestShownSpelling(t *testing.T) {
	l := lexiconOf(200, "着名 学者", "着手 准备", "颠复 政权", "哈利波特 电影", "复古 着装")
	l = l.WithSpellings(maps.All(map[string]string{"着装": "着·装", "没有": "沒有"}))
	folder, err := textnorm.NewFolder(map[rune]rune{'著': '着', '覆': '复'})
	if err != nil {
		t.Fatal(err)
	}
	c := NewCompleter(l, folder, func(string) bool { return false }, usual)
	for typed, want := range map[string]string{
		"颠": "颠覆", "着装": "着·装", "著": "著名 着手 着·装", "着": "着手 着·装 著名", "著名": "著名", "哈利波": "哈利·波特", "哈利·波": "哈利·波特",
		"zhum": "著名", "zhuming": "著名", "halib": "哈利·波特", "dianfu": "颠覆", "f": "复古",
	} {
		var got []string
		for _, found := range c.Complete(typed, 9) {
			got = append(got, found.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", typed, got, want)
		}
	}
	s := NewSpeller(c)
	for typed, want := range map[string]string{
		"颠副": "颠覆", "颠副政权": "颠覆政权", "zhuming": "著名", "halibote": "哈利·波特", "哈里波特": "哈利波特",
	} {
		if got, _ := correctWith(s, typed, func(text string) int {
			if text == typed {
				return 0
			}
			return 200
		}); got != want {
			t.Errorf("%s is corrected to %s, want %s", typed, got, want)
		}
	}
}

// TestSpellingTally checks that simplified texts tell how words are spelt, and all texts
// which signs they have.
func TestSpellingTally(t *testing.T) {
	words := spelling{}
	strs := []string{"着作家", "复着", "哈利波", "复员", "f35", "c10"}
	all := NewSpellingTally(strs, words)
	for _, texts := range [][]string{
		{"著作家和著作家，着作家", "覆著員，復", "哈利·波員", "哈利·波和哈利波", "复员", "10℃-10℃", "F-35和F35，F-35，xF-35"},
		{"覆着", "复着員", "覆員，覆員"},
	} {
		one := all.Clone()
		for _, text := range texts {
			one.Text(text, textnorm.Join(words.Fold(text).Text))
		}
		all.Add(one)
	}
	want := map[string]string{"着作家": "著作家", "复着": "覆着", "哈利波": "哈利·波", "f35": "f-35"}
	if got := maps.Collect(all.Spellings()); !maps.Equal(got, want) {
		t.Errorf("spelt %v, want %v", got, want)
	}
}

// TestJointWords checks that the texts are asked about words with signs inside, and
// about those that may be spelt in several ways.
func TestJointWords(t *testing.T) {
	words := map[string]int{
		"\t哈利波特": 6, "哈利波特": 9, "\t中美": 3, "中美": 9, "着手": 9, "着名": 9, "颠复": 2, "着作家": 3, "渡口": 9,
	}
	isKnown := func(word string) bool { return word != "着作家" }
	m := NewMiner(Dictionary{isKnown, func(string) bool { return false }, spelling{}}, 1)
	for range 9 {
		for _, text := range []string{"亚历·山德", "出路—改革", "颠复 政权", "渡口 开放"} {
			folded := textnorm.Folder{}.FoldString(strings.ReplaceAll(text, " ", ""))
			m.Begin(textnorm.Join(folded))
			m.Add(0, len("亚历"), false)
			m.Add(len(folded)-len("山德"), len(folded), false)
			m.EndDocument()
			m.EndArticle()
		}
	}
	l := NewLexicon(9, sorted(words), sorted(nil))
	all := func(string) bool { return true }
	u := NewSelection(l, m.Count(), all)
	compounds := u.Compounds(l)
	delete(compounds, "渡口开放")
	u.IsKnown = func(word string) bool { return word != "着作家" && word != "颠复政权" }
	got := u.MaySpell(l.WithCompletions(all, sorted(compounds)), all)
	slices.Sort(got)
	if want := strings.Fields("亚历山德 哈利波特 着作家 着名 颠复政权"); !slices.Equal(got, want) {
		t.Errorf("may be spelt in several ways: %v, want %v", got, want)
	}
}

// TestSpellingsInFile checks that a lexicon's file keeps the spellings.
func TestSpellingsInFile(t *testing.T) {
	of := map[string]string{"着名": "著名", "颠复政权": "颠覆政权"}
	l := lexiconOf(9, "着名 颠复 着手").WithCompletions(func(string) bool { return true }, sorted(map[string]int{"颠复政权": 5})).
		WithSpellings(maps.All(of))
	var file bytes.Buffer
	if err := l.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := Read(bytes.NewReader(file.Bytes()))
	if err != nil || !maps.Equal(maps.Collect(again.EachSpelling()), of) {
		t.Errorf("read %v, %v, want %v", again, err, of)
	}
	for cut := range file.Len() {
		if _, err := Read(bytes.NewReader(file.Bytes()[:cut])); err == nil {
			t.Fatalf("no error for the first %d of %d bytes", cut, file.Len())
		}
	}
}
