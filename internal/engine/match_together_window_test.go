package engine

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// TestVariantWindows compares what the windows around a word of a variant say with whole texts.
func TestVariantWindows(t *testing.T) {
	words := openAnalyzer(t)
	r := rand.New(rand.NewPCG(29, 11))
	pieces := []string{"贸易", "谈判", "贸易", "谈判", "关税", "中", "美", "a", "20", "5,999", "1,234,567,890", ",", "。", "。。",
		strings.Repeat("。", 40), "?", "关税5,999贸易5,999谈判"}
	pick := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		return b.String()
	}
	variants := []variant{
		newVariant("贸易谈判", []string{"贸易", "谈判"}),
		newVariant("关税贸易谈判", []string{"关税", "贸易", "谈判"}),
		newVariant("谈判谈判", []string{"谈判", "谈判"}),
		newVariant("中美贸易", nil),
	}
	found, notFound, unclear := 0, 0, 0
	for range 20000 {
		v := variants[r.IntN(len(variants))]
		text, left := words.Loose(pick(1 + r.IntN(14)))
		if left&^textnorm.LeftStops != 0 {
			continue // there are no windows of it
		}
		joined := textnorm.Join(words.FoldString(text))
		want := strings.Contains(joined.Text, v.text) || v.nearIn(joined) != nil
		w := newVariantWindows(v)
		around := []rune(w.words[r.IntN(len(w.words))])[0]
		for i, c := range text {
			if c == around && !w.visit(cutWindow(text, i, v.windowReach())) {
				break
			}
		}
		switch got, settled := w.result(); {
		case !settled:
			unclear++
		case got != want:
			t.Fatalf("%s in %q around %c: want %v", v, text, around, want)
		case got:
			found++
		default:
			notFound++
		}
	}
	if found < 1000 || notFound < 1000 || unclear < 100 {
		t.Errorf("%d texts have a variant, %d don't, %d are unclear", found, notFound, unclear)
	}
	for _, v := range []variant{
		{text: "三日会谈", uncut: true}, newVariant("f35战机", nil), newVariant("三日会谈", []string{"三日", "会谈"}),
		newVariant("中美贸易", []string{"中国", "贸易"}),
	} {
		if v.windowWords() != nil {
			t.Errorf("windows decide about %s", v)
		}
	}
}

// cutWindow returns n characters of a text before and after the one at an offset.
func cutWindow(text string, at, n int) []byte {
	from, to := at, at
	for range n {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	for range n + 1 {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return []byte(text[from:to])
}
