package analyzer

import (
	"runtime"
	"slices"
)

// IsDictionaryWord reports whether a folded word is in jieba's dictionary or in the
// user dictionary, so that it was not guessed. It takes a few microseconds.
func (a *Analyzer) IsDictionaryWord(folded string) bool {
	defer runtime.KeepAlive(a) // its finalizer frees what CutAll reads
	if a.vocabulary.mask(folded) != folded {
		return false
	}
	return slices.Contains(a.jieba.CutAll(folded), folded)
}
