package textcode

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestWindows compares the windows of texts with where their words are.
func TestWindows(t *testing.T) {
	const unknown, blanks, signs, other = 1, 2, 4, 8
	texts := news(1500)
	for i := 0; i < len(texts); i += 3 { // so that there are strings with a sign in them
		texts[i] = bytes.ReplaceAll(texts[i], []byte("大桥"), []byte("大·桥"))
	}
	d := Train(texts[:1000], 2)
	loose := d.Map(func(s []byte) (string, uint8) {
		text, mark := strings.ReplaceAll(string(s), "\n", ""), uint8(other)
		if !utf8.Valid(s) || strings.HasPrefix(text, "渡") {
			return "", unknown
		}
		if strings.Contains(text, " ") {
			mark |= blanks
		}
		if strings.Contains(text, "·") {
			mark |= signs
		}
		return text, mark
	})
	index, e, r := NewIndex(loose, Marks{unknown, blanks, signs, 0}), NewEncoder(d), rand.New(rand.NewPCG(5, 6))
	if index.Windows([]string{"abc"}, 5) != nil || index.Windows([]string{"大桥"}, MaxReach+1) != nil {
		t.Error("there are windows that can't be found")
	}
	seen, absent, unsure := 0, 0, 0
	for range 200 {
		text := []rune(strings.Map(onlyHan, string(texts[r.IntN(len(texts))])))
		word, reach := "青禾渡", 3+r.IntN(MaxReach-2)
		if from := r.IntN(len(text) + 1); from+2 < len(text) {
			word = string(text[from : from+2+r.IntN(2)])
		}
		w := index.Windows([]string{word}, reach)
		for _, text := range texts[900:1200] {
			if _, first := utf8.DecodeRuneInString(word); r.IntN(3) == 0 {
				text = []byte(strings.Replace(string(text), word, word[:first]+"·"+word[first:], 1))
			}
			codes := e.Append(nil, text)
			decoded, _ := loose.Append(nil, codes)
			var windows []string
			if !w.Each(codes, func(s []byte) bool { windows = append(windows, string(s)); return true }) {
				unsure++
				if utf8.Valid(text) && !bytes.ContainsAny(text, " ·渡") {
					t.Fatalf("it is unsure where %q is in %q", word, text)
				}
				continue
			}
			if len(windows) == 0 {
				absent++
			}
			// A window reaches from the character, not from the word.
			parts := surroundings(string(decoded), word, reach-utf8.RuneCountInString(word))
			for _, part := range parts {
				seen++
				if !hasPart(windows, part) || strings.ContainsAny(part, " ·") {
					t.Fatalf("%q in %q: no window of %q has %q", word, decoded, windows, part)
				}
			}
			joined := strings.NewReplacer("·", "", "\n", "").Replace(string(text))
			if n := strings.Count(joined, word); n != len(parts) {
				t.Fatalf("%q is %d times in %q, %d of them with windows", word, n, text, len(parts))
			}
			for _, window := range windows {
				if !strings.Contains(string(decoded), window) {
					t.Fatalf("the window %q is not in %q", window, decoded)
				}
			}
		}
	}
	if seen < 500 || absent < 1000 || unsure < 500 {
		t.Errorf("%d windows, %d texts without, %d that are unsure", seen, absent, unsure)
	}
	if index.Windows([]string{"大桥"}, 1).Each([]byte{255}, func([]byte) bool { return true }) {
		t.Error("half a code is a text")
	}
}

// surroundings returns the parts of a text with up to n characters before and after a word.
func surroundings(text, word string, n int) (parts []string) {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return parts
		}
		i += from
		before, after := []rune(text[:i]), []rune(text[i+len(word):])
		before, after = before[max(0, len(before)-n):], after[:min(len(after), n)]
		parts = append(parts, string(before)+word+string(after))
		from = i + len(word)
	}
}

func hasPart(windows []string, part string) bool {
	for _, w := range windows {
		if strings.Contains(w, part) {
			return true
		}
	}
	return false
}

// TestWindowsOfWords compares the windows of two words with where both are, without what may be
// taken away or become one sign.
func TestWindowsOfWords(t *testing.T) {
	const blanks, signs, stops = 1, 2, 4
	texts := news(1500)
	r := rand.New(rand.NewPCG(7, 8))
	for i := range texts {
		if i%3 == 0 { // long runs between words
			sign := []string{" ", "·", "。"}[r.IntN(3)]
			texts[i] = bytes.ReplaceAll(texts[i], []byte("，"), []byte(strings.Repeat(sign, 1+r.IntN(1500))))
		}
		texts[i] = bytes.ToValidUTF8(texts[i], nil)
	}
	d := Train(texts[:1000], 2)
	loose := d.Map(func(s []byte) (text string, mark uint8) {
		for sign, m := range map[string]uint8{" ": blanks, "·": signs, "。": stops} {
			if strings.Contains(string(s), sign) {
				mark |= m
			}
		}
		return string(s), mark
	})
	index, e := NewIndex(loose, Marks{0, blanks, signs, stops}), NewEncoder(d)
	words, names := []string{"记者", "雾岭", "合龙", "许望"}, strings.NewReplacer(" ", "", "·", "", "。", "")
	sure, near := 0, 0
	for _, text := range texts {
		first, second, reach := words[r.IntN(2)], words[2+r.IntN(2)], 6+r.IntN(30)
		both := false
		known := index.Windows([]string{first, second}, reach).Each(e.Append(nil, text), func(s []byte) bool {
			has := func(part string) bool { return bytes.Contains(s, []byte(part)) }
			both = has(first) && has(second) || has("。。")
			return !both
		})
		if !known {
			continue
		}
		sure++
		joined := names.Replace(string(text))
		for _, part := range surroundings(joined, first, reach-4) {
			if near++; strings.Contains(part, second) && !both {
				t.Fatalf("%q and %q are within %d of %q, but in no window", first, second, reach, text)
			}
		}
	}
	if sure < 500 || near < 500 {
		t.Errorf("%d texts are known, with the first word %d times", sure, near)
	}
}
