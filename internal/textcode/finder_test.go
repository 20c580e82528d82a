package textcode

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFinder compares what is found by codes with the texts in which it is.
func TestFinder(t *testing.T) {
	const doubt, other = 1, 2
	texts := news(1500)
	d := Train(texts[:1000], 2)
	loose := d.Map(func(s []byte) (string, uint8) {
		switch {
		case !utf8.Valid(s):
			return "", doubt
		case strings.Contains(string(s), "😀"):
			return strings.ReplaceAll(string(s), "😀", ""), doubt
		case string(s) == "\n":
			return "", 0
		}
		return string(s), other
	})
	index, e, r := NewIndex(loose, Marks{Unknown: doubt}), NewEncoder(d), rand.New(rand.NewPCG(3, 4))
	if index.Finder("abc") != nil || index.Finder("") != nil || index.Finder(strings.Repeat("大", 17)) != nil {
		t.Error("there is a finder of a phrase that can't be found")
	}
	found, absent, unsure := 0, 0, 0
	for range 300 {
		text := []rune(strings.Map(onlyHan, string(texts[r.IntN(len(texts))])))
		phrase := "青禾渡"
		if from := r.IntN(len(text) + 1); from+2 < len(text) {
			phrase = string(text[from:min(len(text), from+2+r.IntN(15))])
		}
		f := index.Finder(phrase)
		for _, text := range texts[900:1200] {
			codes := e.Append(nil, text)
			decoded, _ := loose.Append(nil, codes)
			has, sure := f.In(codes)
			switch {
			case !sure:
				unsure++
			case has != strings.Contains(string(decoded), phrase):
				t.Fatalf("%q in %q: %v", phrase, decoded, has)
			case has:
				found++
			default:
				absent++
			}
			plain := utf8.Valid(text) && !strings.ContainsAny(string(text), "\n😀")
			if plain && !sure {
				t.Fatalf("it is unsure whether %q is in %q", phrase, text)
			}
		}
	}
	if found < 1000 || absent < 1000 || unsure < 1000 {
		t.Errorf("%d texts with a phrase, %d without, %d that are doubtful", found, absent, unsure)
	}
	if _, sure := index.Finder("大桥").In([]byte{255}); sure {
		t.Error("half a code is a text")
	}
}

func onlyHan(r rune) rune {
	if r < firstIndexed || r > lastIndexed {
		return -1
	}
	return r
}
