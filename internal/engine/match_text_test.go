package engine

import (
	"math/rand/v2"
	"strings"
	"testing"

	"xunwen/internal/textnorm"
)

// TestLooseTexts compares random phrases and words with random texts of which the characters
// are folded, and with the same texts in normal form.
func TestLooseTexts(t *testing.T) {
	words := openAnalyzer(t)
	r := rand.New(rand.NewPCG(11, 12))
	pieces := []string{"中", "美",
		"贸易", "贸", "谈判", "關稅", "a", "b", "1", "20", "-", "—", "·", "，", "。", " ", "　", "…", "."}
	pick := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		return b.String()
	}
	found, notFound := 0, 0
	for range 20000 {
		text := pick(r.IntN(14))
		folded := words.FoldString(text)
		joined := textnorm.Join(folded)
		loose := func() *looseText {
			l, left := words.Loose(text)
			out := &looseText{loose: l, left: left, fold: words.FoldString}
			if out.done = left.Settled([]byte(l)); out.done {
				out.folded = l
			}
			return out
		}
		asked := pick(1 + r.IntN(3))
		if p := newPhrase(words, asked); p.text != "" {
			if want := strings.Contains(folded, p.text); p.in(loose()) != want {
				t.Fatalf("the phrase %q in %q: want %v", asked, text, want)
			}
		}
		v := newVariant(join(words, asked), []string{"贸易", pieces[r.IntN(6)]}[:2*r.IntN(2)])
		if v.text == "" {
			continue
		}
		want := v.nearIn(joined) != nil
		for range v.occurrences(joined) {
			want = true
		}
		if v.in(loose()) != want {
			t.Fatalf("%s in %q: want %v", v, text, want)
		}
		if want {
			found++
		} else {
			notFound++
		}
	}
	if found < 1000 || notFound < 1000 {
		t.Errorf("%d texts have an operand, %d don't", found, notFound)
	}
}
