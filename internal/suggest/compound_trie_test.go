package suggest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A trie has room for strings of long Latin words, which have fewer bytes per character.
func TestTrieOfLatinWords(t *testing.T) {
	var list []string
	for i := range 68 {
		list = append(list, fmt.Sprintf("%c中abcdefghijklmnopqrstuvw", 'a'+i))
	}
	slices.Sort(list)
	trie := newTrie(list)
	var f finder
	for i, s := range list {
		f.read(s + "x")
		want := []occurrence{{0, int32(len([]rune(s))), int32(i)}}
		if got := f.find(trie); !slices.Equal(got, want) {
			t.Fatalf("%q is found at %v, want %v", s, got, want)
		}
	}
}

// TestFinderFindsAll compares what is found with what each string is found by itself.
func TestFinderFindsAll(t *testing.T) {
	alphabet := []rune("一二三a𠮷")
	r := rand.New(rand.NewPCG(3, 4))
	random := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	var f finder
	for range 300 {
		var list []string
		for range r.IntN(30) {
			list = append(list, random(1+r.IntN(5)))
		}
		slices.Sort(list)
		list = slices.Compact(list)
		trie := newTrie(list)
		for range 10 {
			text := random(r.IntN(40))
			f.read(text)
			got := map[int32][]occurrence{}
			for _, o := range f.find(trie) {
				got[o.s] = append(got[o.s], o)
			}
			for i, s := range list {
				var want []occurrence
				n := 0
				for at := range text {
					if strings.HasPrefix(text[at:], s) {
						want = append(want, occurrence{int32(n), int32(n + len([]rune(s))), int32(i)})
					}
					n++
				}
				if !slices.Equal(got[int32(i)], want) {
					t.Fatalf("%q in %q is at %v, want %v", s, text, got[int32(i)], want)
				}
			}
		}
	}
}
