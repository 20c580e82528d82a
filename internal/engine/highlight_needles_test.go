package engine

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/textnorm"
)

// TestNeedlesAreOccurrences compares one pass over a text for all needles with a search for
// each.
func TestNeedlesAreOccurrences(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	parts := []string{"北", "约", "东", "扩", "c", "9", "19", "1", "-", "·", ",", " ", "。", "𠮷", "é"}
	text := func(most int) string {
		var b strings.Builder
		for range 1 + random.IntN(most) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		return b.String()
	}
	for range 3000 {
		var n needles
		words, numbers := []string{""}, []int{n.add("")}
		for range random.IntN(12) {
			word := textnorm.Join(text(3)).Text
			words, numbers = append(words, word), append(numbers, n.add(word))
		}
		for range 2 { // nothing of one text must be left in the next
			joined := textnorm.Join(text(30))
			n.scan(joined)
			for i, word := range words {
				want := slices.Collect(joined.Occurrences(word))
				got := n.list[numbers[i]]
				if !slices.Equal(got.at, want) {
					t.Fatalf("%q in %q: at %v, want %v", word, joined.Text, got.at, want)
				}
				isInside := word != "" && strings.Contains(joined.Text, word)
				if len(want) == 0 && isInside && !got.inside {
					t.Fatalf("%q in %q: not found inside", word, joined.Text)
				}
			}
		}
	}
}

// TestLongTextsHaveBoundedMarks checks that a needle is found in a long text a bounded
// number of times.
func TestLongTextsHaveBoundedMarks(t *testing.T) {
	var n needles
	number := n.add("的")
	n.scan(textnorm.Joined{Text: strings.Repeat("的", 3*maxMarks)})
	if got := len(n.list[number].at); got != maxMarks {
		t.Errorf("found %d times, want %d", got, maxMarks)
	}
}
