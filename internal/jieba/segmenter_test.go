package jieba

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// small is a dictionary for tests. That package jieba equals cppjieba with a large one
// is tested in internal/analyzer, which may use cgo.
func small() Dictionary {
	return Dictionary{
		Words: []Word{
			{"北约", 500}, {"东扩", 30}, {"北", 900}, {"约", 900}, {"东", 800}, {"研究", 400}, {"研究生", 90}, {"生命", 200},
			{"命", 50}, {"起源", 80}, {"中华", 60}, {"华人", 50}, {"人民", 900}, {"共和", 20}, {"共和国", 90}, {"中华人民共和国", 70},
			{"t恤", 3}, {"的", 5000}, {"重复", 1}, {"重复", 7}, {"𠮷野家", 4}, {"，", 1},
		},
		UserWords: []Word{{"约", 10}, {"c++", 5}, {"里亚布科夫", 5}},
		Model: Model{
			Start: Probabilities{-0.26, Impossible, Impossible, -1.46},
			Transitions: [States]Probabilities{
				{Impossible, -0.51, -0.91, Impossible},
				{-0.58, Impossible, Impossible, -0.80},
				{Impossible, -0.33, -1.26, Impossible},
				{-0.72, Impossible, Impossible, -0.66},
			},
			Emissions: map[rune]Probabilities{
				'谭': {-4, -9, -9, -9}, '德': {-9, -9, -4, -9}, '塞': {-9, -4, -9, -9}, '说': {-9, -9, -9, -3},
			},
		},
	}
}

func newSmall(t testing.TB) *Segmenter {
	t.Helper()
	s, err := New(small())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func words(text string, spans []Span) string {
	var all []string
	for _, s := range spans {
		all = append(all, text[s.Start:s.End])
	}
	return strings.Join(all, "/")
}

var cases = []struct{ name, text, cut, search string }{
	{"empty", "", "", ""},
	{"words", "北约东扩", "北约/东扩", "北约/东扩"},
	{"most probable sequence", "研究生命起源", "研究/生命/起源", "研究/生命/起源"},
	{"words inside words", "中华人民共和国", "中华人民共和国", "中华/华人/人民/共和/共和国/中华人民共和国"},
	{"three characters have only pairs inside", "研究生", "研究生", "研究/研究生"},
	{"guessed word", "谭德塞说", "谭德塞/说", "谭德塞/说"},
	{"guess between words", "北约谭德塞东扩", "北约/谭德塞/东扩", "北约/谭德塞/东扩"},
	{"a character unknown to the model spoils a guess", "的谭德塞", "的/谭/德/塞", "的/谭/德/塞"},
	{"separators split words", "北，约 东\t扩\n。北约", "北/，/约/ /东/\t/扩/\n/。/北约", "北/，/约/ /东/\t/扩/\n/。/北约"},
	{"letters and digits", "abc123 3.14.15a x-1", "abc123/ /3.14.15/a/ /x/-/1", "abc123/ /3.14.15/a/ /x/-/1"},
	{"letters in a word", "买t恤", "买/t恤", "买/t恤"},
	{"user words", "里亚布科夫c++", "里亚布科夫/c++", "里亚布科夫/c++"},
	{"beyond the basic plane", "吃𠮷野家😀", "吃/𠮷野家/😀", "吃/𠮷野家/😀"},
	{"text ends at a NUL", "北约\x00东扩", "北约", "北约"},
	{"text ends in a character", "北约\xe4\xb8", "", ""},
}

func TestCut(t *testing.T) {
	s := newSmall(t)
	for _, c := range cases {
		if got := words(c.text, s.Cut(nil, []byte(c.text))); got != c.cut {
			t.Errorf("%s: Cut(%q) = %s, want %s", c.name, c.text, got, c.cut)
		}
		if got := words(c.text, s.CutForSearch(nil, []byte(c.text))); got != c.search {
			t.Errorf("%s: CutForSearch(%q) = %s, want %s", c.name, c.text, got, c.search)
		}
	}
}

// TestGuessed checks that words of two and more characters which no dictionary has are guessed.
func TestGuessed(t *testing.T) {
	s := newSmall(t)
	guessed := 0
	for _, c := range cases {
		for _, w := range s.CutForSearch(nil, []byte(c.text)) {
			word := c.text[w.Start:w.End]
			want := utf8.RuneCountInString(word) > 1 && word[0] >= utf8.RuneSelf && !s.Contains(word)
			if w.Guessed != want {
				t.Errorf("%s: %s is guessed: %v", c.name, word, w.Guessed)
			}
			if w.Guessed {
				guessed++
			}
		}
	}
	if guessed < 2 {
		t.Errorf("%d words are guessed", guessed)
	}
}

func TestCutAppends(t *testing.T) {
	s := newSmall(t)
	before := []Span{{Start: 7, End: 9}}
	for text, want := range map[string][]Span{
		"北约":     {{Start: 7, End: 9}, {Start: 0, End: 6}},
		"北约\xe4": before,
	} {
		if got := s.Cut(slices.Clone(before), []byte(text)); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestUserCharacterStaysAlone: a user word of one character is no part of a guess.
func TestUserCharacterStaysAlone(t *testing.T) {
	d := small()
	d.UserWords = append(d.UserWords, Word{"德", 1})
	s, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	const text = "谭德塞"
	if got := words(text, s.Cut(nil, []byte(text))); got != "谭/德/塞" {
		t.Errorf("segmented %s", got)
	}
}

func TestContains(t *testing.T) {
	s := newSmall(t)
	for word, want := range map[string]bool{
		"北约": true, "约": true, "里亚布科夫": true, "里亚布": false, "北约东": false, "约北": false, "": false, "谭": false,
		"中华人民共和国": true, "中华人民": false, "t恤": true, "t": false, "𠮷野家": true, "\xe4": false, "买": false,
	} {
		if s.Contains(word) != want {
			t.Errorf("Contains(%q) = %v", word, !want)
		}
	}
}

func TestLongestWord(t *testing.T) {
	d := small()
	for n, want := range map[int]int{maxWordLength: 1, maxWordLength + 1: maxWordLength + 1} {
		d.Words = append(small().Words, Word{strings.Repeat("甲", n), 1e9})
		s, err := New(d)
		if err != nil {
			t.Fatal(err)
		}
		// Characters that the model does not know are guessed to be one word each.
		if got := len(s.Cut(nil, []byte(strings.Repeat("甲", n)))); got != want && n == maxWordLength {
			t.Errorf("a word of %d characters is cut into %d", n, got)
		}
		if got := s.Contains(strings.Repeat("甲", n)); got != (n == maxWordLength) {
			t.Errorf("a word of %d characters: Contains is %v", n, got)
		}
	}
}

func TestBadDictionary(t *testing.T) {
	for name, change := range map[string]func(*Dictionary){
		"no words":             func(d *Dictionary) { d.Words = nil },
		"frequency 0":          func(d *Dictionary) { d.Words[3].Frequency = 0 },
		"infinite frequency":   func(d *Dictionary) { d.Words[3].Frequency = math.Inf(1) },
		"user frequency":       func(d *Dictionary) { d.UserWords[0].Frequency = math.NaN() },
		"not UTF-8":            func(d *Dictionary) { d.Words[3].Text = "\xff" },
		"user word, not UTF-8": func(d *Dictionary) { d.UserWords[0].Text = "北\xe4" },
		"probability above 1":  func(d *Dictionary) { d.Model.Start[Begin] = 0.1 },
		"not a probability":    func(d *Dictionary) { d.Model.Emissions['的'] = Probabilities{math.NaN()} },
		"begin after begin":    func(d *Dictionary) { d.Model.Transitions[Begin][Begin] = -1 },
	} {
		d := small()
		change(&d)
		if _, err := New(d); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestLogarithm checks values for which math.Log rounds wrongly, and all magnitudes
// against it.
func TestLogarithm(t *testing.T) {
	const total = 60101983
	for frequency, want := range map[float64]uint64{
		8926: 0xc021a1315d65a34b, 846: 0xc0265791c5e02f93, 131: 0xc02a129d434debf1,
	} {
		if got := math.Float64bits(logarithm(frequency / total)); got != want {
			t.Errorf("logarithm(%v/%v) = %x, want %x", frequency, total, got, want)
		}
	}
	for x := 1e-100; x < 1e100; x *= 1.37 {
		got, want := logarithm(x), math.Log(x)
		if math.Abs(got-want) > math.Abs(want)*0x1p-52 {
			t.Errorf("logarithm(%v) = %v, math.Log is %v", x, got, want)
		}
	}
	for exponent := -300; exponent <= 300; exponent++ {
		if got, want := logarithm(math.Ldexp(1, exponent)), float64(exponent)*math.Ln2; math.Abs(got-want) > 1e-13 {
			t.Errorf("logarithm(2^%d) = %v, want %v", exponent, got, want)
		}
	}
}
