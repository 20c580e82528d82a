package eval_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/mozillazg/go-pinyin"

	"xunwen/internal/index"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// TestEvalCompletions measures the latency of completions, from one letter to a
// whole word, and the size of the lexicon.
func TestEvalCompletions(t *testing.T) {
	l := corpusIndex(t, "untitled", withoutTitle, "webnews", "broadcast")
	m := newMisspeller(t, l, 20, 1)
	var took []time.Duration
	empty := 0
	for range 2000 {
		word := m.words[m.random.IntN(len(m.words))]
		for _, typed := range partlyTyped(word) {
			began := time.Now()
			found, err := l.Complete(t.Context(), search.CompletionRequest{Text: typed, Size: 10})
			took = append(took, time.Since(began))
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 {
				empty++
				t.Logf("%s (%s): nothing", typed, word)
			}
		}
	}
	slices.Sort(took)
	n := len(took)
	t.Logf("%d completions, %d empty: p50 %v p95 %v p99 %v max %v",
		n, empty, took[n/2], took[n*95/100], took[n*99/100], took[n-1])

	path := filepath.Join(l.dir, l.Generation(), index.LexiconFile)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	words := openGeneration(t, l.dir).Analyzer()
	before, began := heap(), time.Now()
	lexicon, err := index.ReadLexicon(path)
	if err != nil {
		t.Fatal(err)
	}
	s := suggest.NewSpeller(suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling))
	opened := time.Since(began)
	t.Logf("%s: %.1f MB on disk, opened in %v, %.1f MB in memory",
		index.LexiconFile, float64(info.Size())/1e6, opened, float64(heap()-before)/1e6)
	runtime.KeepAlive(s)
}

// partlyTyped returns ways to begin to type a word: by characters and by pinyin.
func partlyTyped(word string) []string {
	var full, initials string
	runes := []rune(word)
	for i, syllables := range pinyin.Pinyin(word, pinyin.NewArgs()) {
		full += syllables[0]
		initials += syllables[0][:1]
		if i == 0 && len(syllables[0]) == 0 {
			return nil
		}
	}
	last := pinyin.Pinyin(string(runes[1:]), pinyin.NewArgs())
	if len(last) == 0 {
		return nil
	}
	first := string(runes[:1])
	return []string{first, word, full[:1], full[:len(full)-1], full, initials, first + last[0][0]}
}
