package textcode

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// news returns made-up texts of words that often follow one another.
func news(n int) [][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"青禾大桥", "今天", "合龙", "，", "记者", "许望", "报道", "。", "渡口", "Qinghe ", "2026", "年", "“", "”",
		"雾岭茶节", "\n", "😀", "\xff"}
	var all [][]byte
	for range n {
		var text strings.Builder
		for range r.IntN(60) {
			text.WriteString(words[min(r.IntN(len(words)), r.IntN(len(words)))])
		}
		all = append(all, []byte(text.String()))
	}
	return all
}

func TestTextsComeBack(t *testing.T) {
	texts := news(2000)
	d := Train(texts[:1000], 2)
	parsed, err := Parse(d.AppendTo(nil))
	if err != nil {
		t.Fatal(err)
	}
	e := NewEncoder(d)
	size, coded := 0, 0
	others := []string{"", "a", "\x00\xff\xfe", "一丁丂七", "半\xe5\x8d", "\xed\xa0\x80", strings.Repeat("青禾大桥今天", 500)}
	for _, s := range others {
		texts = append(texts, []byte(s))
	}
	for _, text := range texts {
		codes := e.Append([]byte("before"), text)[len("before"):]
		size, coded = size+len(text), coded+len(codes)
		got, ok := parsed.Append([]byte("x"), codes)
		if !ok || string(got) != "x"+string(text) {
			t.Fatalf("%q comes back as %q, %v", text, got, ok)
		}
	}
	if coded*5 > size {
		t.Errorf("%d bytes of codes for %d bytes", coded, size)
	}
}

// Each string of a code is whole characters or a single byte, so that what a character becomes
// can be looked up by code.
func TestStringsAreCharacters(t *testing.T) {
	d := Train(news(1000), 1)
	long := 0
	for i := range d.Len() {
		s := d.Bytes(i)
		if len(s) > 1 && strings.ToValidUTF8(string(s), "") != string(s) {
			t.Errorf("string %d is %q", i, s)
		}
		if len(s) > 6 {
			long++
		}
	}
	if long == 0 || d.Len() > 1000 {
		t.Errorf("%d strings, %d of them longer than two characters", d.Len(), long)
	}
}

// A dictionary costs little where there is little text, and is the same each time.
func TestDictionaryPays(t *testing.T) {
	text := [][]byte{[]byte("青禾大桥今天合龙。记者许望报道，渡口明天起停用。")}
	d := Train(text, 1)
	if n := len(d.AppendTo(nil)) + len(NewEncoder(d).Append(nil, text[0])); n > 4+2*256+2*len(text[0]) {
		t.Errorf("%d bytes for a text of %d", n, len(text[0]))
	}
	texts := news(500)
	if !bytes.Equal(Train(texts, 1).AppendTo(nil), Train(texts, 1).AppendTo(nil)) {
		t.Error("two dictionaries of the same texts differ")
	}
}

// The commonest strings have codes of one byte; all codes are different.
func TestCodes(t *testing.T) {
	for _, n := range []int{256, 257, 511, 512, 5000, MaxStrings} {
		d := newDictionary(n)
		if n == 256 && d.alone != 256 || d.alone+256*(256-d.alone) < n || n > 256 && d.alone+1+256*(255-d.alone) >= n {
			t.Errorf("of %d strings, %d have a code of one byte", n, d.alone)
		}
		for _, i := range []int{0, d.alone - 1, d.alone, n - 1} {
			if i >= n {
				continue
			}
			codes := []byte{byte(i)}
			if i >= d.alone {
				codes = []byte{byte(d.alone + (i-d.alone)>>8), byte(i - d.alone)}
			}
			if got, size := d.Next(codes); got != i || size != len(codes) {
				t.Errorf("of %d strings, the code of %d is that of %d", n, i, got)
			}
		}
	}
}

func TestMap(t *testing.T) {
	d := Train(news(200), 1)
	upper := d.Map(func(text []byte) (string, uint8) {
		mark := uint8(0)
		if bytes.ContainsRune(text, 'Q') {
			mark = 4
		}
		return strings.ReplaceAll(string(text), "in", "IN"), mark | 1
	})
	for want, text := range map[string]string{"QINghe 青禾大桥": "Qinghe 青禾大桥", "QINghe ，": "Qinghe ，", "大": "大"} {
		got, marks, ok := upper.AppendMarked(nil, NewEncoder(d).Append(nil, []byte(text)))
		if marked := strings.Contains(text, "Q"); string(got) != want || !ok || marked != (marks == 5) {
			t.Errorf("%q becomes %q with marks %b", text, got, marks)
		}
	}
}

// Of more pairs than there is room for, the frequent ones are still counted.
func TestPairsAreBounded(t *testing.T) {
	p := pairCounts{limit: 1 << 10}
	p.resize(1<<4, 1)
	for i := range int32(20000) {
		p.add(i, i+1)
		if n := p.add(7, 8); i < 1000 && n < uint32(i) {
			t.Fatalf("a pair was counted %d times after %d", n, i)
		}
	}
	if n := p.add(7, 8); n < 20000 || len(p.keys) > 1<<10 {
		t.Errorf("%d of 20,000, in %d slots", n, len(p.keys))
	}
}

func FuzzCodes(f *testing.F) {
	d := Train(news(200), 1)
	good := d.AppendTo(nil)
	f.Add([]byte{}, []byte("青禾"))
	f.Add(slices.Clone(good), []byte{0, 255, 255, 255})
	f.Fuzz(func(t *testing.T, dictionary, codes []byte) {
		e := NewEncoder(d)
		if back, ok := d.Append(nil, e.Append(nil, codes)); !ok || !bytes.Equal(back, codes) {
			t.Errorf("%q comes back as %q", codes, back)
		}
		for _, b := range [][]byte{dictionary, good} {
			p, err := Parse(b)
			if err != nil {
				continue
			}
			if text, _ := p.Append(nil, codes); len(text) > MaxString*len(codes) {
				t.Errorf("%d bytes of %d bytes of codes", len(text), len(codes))
			}
			NewEncoder(p)
		}
	})
}
