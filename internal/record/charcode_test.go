package record

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/news"
)

// TestCharTable checks that the codes are those of the stores that were written so far. If
// they change, the magic must change, too.
func TestCharTable(t *testing.T) {
	table := codesOf()
	h := sha256.New()
	if err := binary.Write(h, binary.LittleEndian, table.codes[:]); err != nil {
		t.Fatal(err)
	}
	const want = "3a4b70c7a559a6e9"
	if got := hex.EncodeToString(h.Sum(nil)[:8]); got != want {
		t.Errorf("the codes have hash %s, want %s", got, want)
	}
	codes := 0
	for r, code := range table.codes {
		if code != 0 {
			codes++
			if got := string(appendCoded(nil, string(rune(r)))); len(got) > 2 {
				t.Errorf("%c is coded as %x", r, got)
			}
		}
	}
	if codes < 9000 {
		t.Errorf("only %d characters have a code", codes)
	}
}

func TestEveryCharacterComesBack(t *testing.T) {
	var all strings.Builder
	for r := rune(0); r <= utf8.MaxRune; r++ {
		all.WriteRune(r) // of surrogates, U+FFFD
	}
	checkCoded(t, all.String())
	for i := range 256 {
		checkCoded(t, string([]byte{byte(i)}))
		checkCoded(t, "北"+string([]byte{byte(i), 0xE5})+"约")
	}
}

func TestRandomStringsComeBack(t *testing.T) {
	parts := []string{"北约", "的", "，", "а", "한국", "𠮷", "abc", "\x00", "\xff", "\xe5", "é", "會", strings.Repeat("ж", 300)}
	r := rand.New(rand.NewPCG(6, 1))
	for range 5000 {
		var b strings.Builder
		for range r.IntN(9) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		checkCoded(t, b.String())
	}
}

func checkCoded(t *testing.T, s string) {
	t.Helper()
	coded := string(appendCoded(nil, s))
	if len(s) > maxGrowth*len(coded) {
		t.Fatalf("%.50q is more than %d times as long as its code", s, maxGrowth)
	}
	out := make([]byte, len(s)+slack)
	n, ok := decodeCoded(out, coded)
	if got := string(out[:len(s)]); !ok || n != len(coded) || got != s {
		t.Fatalf("%.50q comes back as %.50q, %d of %d bytes, %v", s, got, n, len(coded), ok)
	}
}

// TestNewsIsShort checks that simplified and traditional news is coded in about two bytes
// for a character or less.
func TestNewsIsShort(t *testing.T) {
	for text, most := range map[string]float64{
		"北约秘书长在布鲁塞尔表示，北约与俄罗斯的对话“并不容易”，但正因如此才更有必要。":  0.6,
		"北約秘書長在布魯塞爾表示，北約與俄羅斯的對話「並不容易」，但正因如此才更有必要。":  0.7,
		"Новости дня: в Москве открылась выставка.": 1.5,
	} {
		if got := float64(len(appendCoded(nil, text))) / float64(len(text)); got > most {
			t.Errorf("%s takes %.2f of its bytes, want %.2f", text, got, most)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(nil, sample("a", "北约，的\xff𠮷")))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := decode(string(data))
		if err != nil {
			return
		}
		again, err := decode(string(encode(nil, &a)))
		if err != nil || size(&again) != size(&a) {
			t.Fatalf("%+v comes back as %+v, %v", a, again, err)
		}
	})
}

// BenchmarkRecord encodes and decodes a record.
func BenchmarkRecord(b *testing.B) {
	text := strings.Repeat("北约秘书长在布鲁塞尔表示，北约与俄罗斯的对话“并不容易”，但正因如此才更有必要。", 15)
	a := sample("a", text)
	coded := string(encode(nil, a))
	b.Run("encode", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		var buffer []byte
		for b.Loop() {
			buffer = encode(buffer[:0], a)
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		var got news.Article
		for b.Loop() {
			got, _ = decode(coded)
		}
		if got.ID != a.ID {
			b.Error("another record")
		}
	})
}
