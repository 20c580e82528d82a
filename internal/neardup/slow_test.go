package neardup

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/cespare/xxhash/v2"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// The slow twins of what signs and compares articles: each step at a time, with a copy of
// the text for each.

// slowText is the text of an article, prepared for comparison.
type slowText struct {
	letters string // folded letters, marks and digits: punctuation and spaces vary between prints
	starts  []int  // where each character of letters starts
}

func (c Comparer) newText(a *news.Article) slowText {
	all := make([]string, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		all[i] = p.Text
	}
	t := slowText{letters: c.letters(all...)}
	t.starts = make([]int, 0, len(t.letters)/3+1)
	for i := range t.letters {
		t.starts = append(t.starts, i)
	}
	return t
}

func (c Comparer) letters(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		for _, r := range c.Fold.FoldString(s) {
			if slowIsLetter(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

func slowIsLetter(r rune) bool {
	return textnorm.IsHan(r) || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

func (t slowText) size() int { return len(t.starts) }

// shingles returns the hashes of the shingles, in text order.
func (t slowText) shingles() []uint64 {
	out := make([]uint64, 0, max(t.size()-shingle+1, 0))
	for i := shingle - 1; i < t.size(); i++ {
		end := len(t.letters)
		if i+1 < t.size() {
			end = t.starts[i+1]
		}
		out = append(out, xxhash.Sum64String(t.letters[t.starts[i-shingle+1]:end]))
	}
	return out
}

// set sorts hashes and removes repeated ones.
func set(hashes []uint64) []uint64 {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// common returns the size of the intersection of two sets.
func common(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// slowSign is Sign, which sorts all shingles.
func (c Comparer) slowSign(a *news.Article) Signature {
	t := c.newText(a)
	s := Signature{hash: xxhash.Sum64String(t.letters)}
	if t.size() < shortText {
		// A short text is not distinctive (图片新闻, 欢迎来信): its headings must be equal, too.
		s.hash = xxhash.Sum64String(c.letters(a.Title, a.Kicker, a.Subtitle) + "\n" + t.letters)
		return s
	}
	s.size = uint32(t.size())
	if found := c.slowFigures(a.Title); len(found) > 0 {
		b := binary.LittleEndian.AppendUint64(nil, s.hash)
		for _, context := range slices.Sorted(maps.Keys(found)) {
			for _, value := range sorted(found)[context] {
				b = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(b, context), value)
			}
		}
		s.hash = xxhash.Sum64(b)
	}
	hashes := t.shingles()
	slices.Sort(hashes)
	for i := range s.least {
		s.least[i] = unused
	}
	n := 0
	for _, h := range hashes {
		if h := uint32(h >> 32); n == 0 || h != s.least[n-1] {
			s.least[n] = h
			if n++; n == sketchSize {
				break
			}
		}
	}
	return s
}

// slowFigures finds the figures in texts. Within a context, the values of other
// figures don't matter: 月8日收盘跌0.5% and 月9日收盘跌0.7% have equal contexts.
func (c Comparer) slowFigures(texts ...string) map[uint64][]uint64 {
	out := map[uint64][]uint64{}
	for _, s := range texts {
		var masked []rune // the letters, with one rune for each figure
		var values []string
		var at []int // of the figures in masked
		runes := []rune(c.Fold.FoldString(s))
		for i := 0; i < len(runes); {
			n, value, mask := slowFigure(runes[i:])
			if n > 0 {
				values, at, masked = append(values, value), append(at, len(masked)), append(masked, mask)
				i += n
				continue
			}
			if slowIsLetter(runes[i]) {
				masked = append(masked, runes[i])
			}
			i++
		}
		for k, value := range values {
			from, to := max(at[k]-contextBefore, 0), min(at[k]+1+contextAfter, len(masked))
			if at[k]-from < contextBefore/2 {
				continue // the context is too short
			}
			key := xxhash.Sum64String(string(masked[from:to]))
			out[key] = append(out[key], xxhash.Sum64String(value))
		}
	}
	return out
}

const hanDigits = "〇零一二三四五六七八九十百千万亿两"

// slowFigure reads the figure at the beginning of runes, n runes long: the value of
// 1,234.50 is 1234.5, that of 三千二百 is itself.
func slowFigure(runes []rune) (n int, value string, mask rune) {
	if unicode.IsDigit(runes[0]) {
		var b strings.Builder
		for n < len(runes) {
			r := runes[n]
			inside := (r == '.' || r == ',') && n+1 < len(runes) && unicode.IsDigit(runes[n+1])
			if !unicode.IsDigit(r) && !inside {
				break
			}
			if r != ',' {
				b.WriteRune(r)
			}
			n++
		}
		value = b.String()
		if strings.Contains(value, ".") {
			value = strings.TrimRight(strings.TrimRight(value, "0"), ".")
		}
		return n, value, maskDigits
	}
	for n < len(runes) && strings.ContainsRune(hanDigits, runes[n]) {
		n++
	}
	return n, string(runes[:n]), maskHan
}

// slowChanged counts the contexts that both texts have with different values. If a
// context occurs several times, as in a table, the shorter list of values must be
// a part of the longer one.
func slowChanged(a, b map[uint64][]uint64) int {
	n := 0
	for context, values := range a {
		others, ok := b[context]
		if !ok {
			continue
		}
		if len(values) > len(others) {
			values, others = others, values
		}
		if !slowAmong(values, others) {
			n++
		}
	}
	return n
}

// slowAmong reports whether others contains all values, each at least as often.
func slowAmong(values, others []uint64) bool {
	left := slices.Clone(others)
	for _, v := range values {
		at := slices.Index(left, v)
		if at < 0 {
			return false
		}
		left[at] = left[len(left)-1]
		left = left[:len(left)-1]
	}
	return true
}

// alphabet has characters of every kind that matters here.
var alphabet = []rune("一二三两十百亿〇北约俄罗斯江上雾渡口㐂𠮷ab09１2,.，。 -éпри٣४が々·…\x00\u0301")

func randomArticle(r *rand.Rand) news.Article {
	line := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	a := article("", line(r.IntN(8)))
	a.Kicker, a.Subtitle = line(r.IntN(3)), line(r.IntN(3))
	for range r.IntN(4) {
		text := line(r.IntN(120))
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Text: strings.Repeat(text, 1+r.IntN(3))})
	}
	return a
}

func TestSignaturesEqualSlowOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 8))
	var s Signer
	for range 5000 {
		a := randomArticle(r)
		want := comparer.slowSign(&a)
		if got := comparer.Sign(&a); got != want {
			t.Fatalf("%+v: %v, want %v", a, got, want)
		}
		for _, h := range []string{a.Title, a.Kicker, a.Subtitle} {
			s.AddHeading(comparer.Fold.FoldString(h))
		}
		for _, p := range a.Paragraphs {
			s.AddParagraph(comparer.Fold.FoldString(p.Text))
		}
		if got := s.Sign(); got != want {
			t.Fatalf("%+v: a used Signer says %v, want %v", a, got, want)
		}
	}
}

func TestPreparedEqualSlowOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	p := preparer{Comparer: comparer}
	for range 2000 {
		a, b := randomArticle(r), randomArticle(r)
		if r.IntN(2) == 0 {
			b = withEdits(r, a, 20)
		}
		x, y := p.prepare(&a), p.prepare(&b)
		slowX, slowY := set(comparer.newText(&a).shingles()), set(comparer.newText(&b).shingles())
		if got := set(slices.Clone(x.shingles)); !slices.Equal(got, slowX) || len(x.shingles) != len(slowX) {
			t.Fatalf("%+v: shingles %x, want %x", a, got, slowX)
		}
		var own shingleSet
		own.reset(len(x.shingles))
		for _, h := range x.shingles {
			own.add(h)
		}
		if got, want := own.count(y.shingles), common(slowX, slowY); got != want {
			t.Fatalf("%d shingles in common, want %d", got, want)
		}
		slowA, slowB := comparer.slowFigures(figureTexts(&a)...), comparer.slowFigures(figureTexts(&b)...)
		if got, want := x.allFigures().changed(y.allFigures()), slowChanged(slowA, slowB); got != want {
			t.Fatalf("%+v and %+v: %d changed figures, want %d", a, b, got, want)
		}
		if got, want := fmt.Sprint(x.allFigures().grouped()), fmt.Sprint(sorted(slowA)); got != want {
			t.Fatalf("%+v: figures %s, want %s", a, got, want)
		}
	}
}

func figureTexts(a *news.Article) []string {
	texts := []string{a.Title}
	for _, p := range a.Paragraphs {
		texts = append(texts, p.Text)
	}
	return texts
}

func (f figures) grouped() map[uint64][]uint64 {
	out := map[uint64][]uint64{}
	for _, x := range f {
		out[x.context] = append(out[x.context], x.value)
	}
	return out
}

func sorted(f map[uint64][]uint64) map[uint64][]uint64 {
	for _, values := range f {
		slices.Sort(values)
	}
	return f
}

func TestHashOfHanShingles(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	for range 10_000 {
		var b [hanShingle]byte
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		if got, want := hashHan(&b), xxhash.Sum64(b[:]); got != want {
			t.Fatalf("%x: %x, want %x", b, got, want)
		}
	}
}

func TestShingleSetHasZero(t *testing.T) {
	var s shingleSet
	s.reset(2)
	if !s.add(0) || s.add(0) || !s.add(8) || s.count([]uint64{0, 8, 16}) != 2 {
		t.Error("a hash of 0 is not one")
	}
	s.reset(1)
	if s.count([]uint64{0, 8}) != 0 {
		t.Error("a reset set is not empty")
	}
}
