package suggest

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/textnorm"
)

// TestTextTallyEqualsSeparateOnes compares the counts with those of a Tally and a
// SpellingTally that look for their strings alone.
func TestTextTallyEqualsSeparateOnes(t *testing.T) {
	words := spelling{}
	parts := []rune("著着覆复員员哈利波·f-35，的")
	counted, spelt := strings.Fields("着复 复员 哈利波 利波 f35 员的 35"), strings.Fields("着 复员 哈利波 f35 波着 复覆")
	r := rand.New(rand.NewPCG(5, 6))
	both := NewTextTally(counted, spelt, words)
	tally, spellings := NewTally(counted), NewSpellingTally(spelt, words)
	for range 2 {
		more, moreCounted, moreSpelt := both.Clone(), tally.Clone(), spellings.Clone()
		for i := range 150 {
			var b strings.Builder
			for range 2 + r.IntN(20) {
				b.WriteRune(parts[r.IntN(len(parts))])
			}
			joined := textnorm.Join(words.Fold(b.String()).Text)
			more.Text(b.String(), joined)
			moreCounted.Text(joined.Text)
			moreSpelt.Text(b.String(), joined)
			if i%3 == 0 {
				more.Strings.EndDocument()
				moreCounted.EndDocument()
			}
		}
		both.Add(more)
		tally.Add(moreCounted)
		spellings.Add(moreSpelt)
	}
	for _, s := range slices.Concat(counted, spelt) {
		if got, want := both.Strings.Documents(s), tally.Documents(s); got != want {
			t.Errorf("%s is in %d documents, want %d", s, got, want)
		}
	}
	if tally.Documents("哈利波") == 0 || both.Strings.Documents("波着") != 0 {
		t.Error("哈利波 is not counted, or 波着 is")
	}
	got, want := maps.Collect(both.Spellings.Spellings()), maps.Collect(spellings.Spellings())
	if !maps.Equal(got, want) || len(want) < 2 {
		t.Errorf("spelt %v, want %v", got, want)
	}
}

// TestTrieIndex compares the indexes of strings with their places in the list.
func TestTrieIndex(t *testing.T) {
	list := strings.Fields("a ab abcd 一 一二三 一二三四 二三")
	trie := newTrie(list)
	for _, s := range append(strings.Fields("abc b 一二 二 二三四 一二三四五 三"), list...) {
		want, isThere := slices.BinarySearch(list, s)
		if got, ok := trie.index(s); ok != isThere || ok && int(got) != want {
			t.Errorf("%s: %d, %v, want %d, %v", s, got, ok, want, isThere)
		}
	}
}
