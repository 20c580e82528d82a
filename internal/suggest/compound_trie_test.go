package suggest

import (
	"fmt"
	"slices"
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
	for i, s := range list {
		n := trieRoot
		for _, r := range s {
			if n = trie.next(n, r); n < 0 {
				t.Fatalf("%q is not in the trie", s)
			}
		}
		if trie.at[n] != int32(i) || trie.next(n, 'x') >= 0 {
			t.Fatalf("%q ends at %d, want %d", s, trie.at[n], i)
		}
	}
}
