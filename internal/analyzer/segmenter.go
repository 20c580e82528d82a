package analyzer

import (
	"fmt"
	"slices"

	"xunwen/internal/jieba"
)

// Segmenter names an implementation of jieba's algorithm. All give the same words.
type Segmenter string

const (
	// Builtin is package jieba.
	Builtin Segmenter = "builtin"
	// Gojieba is cppjieba: the reference, several times slower, with 120 MB of memory.
	Gojieba Segmenter = "gojieba"
)

// ParseSegmenter returns the segmenter of a name.
func ParseSegmenter(name string) (Segmenter, error) {
	if s := Segmenter(name); slices.Contains([]Segmenter{Builtin, Gojieba}, s) {
		return s, nil
	}
	return "", fmt.Errorf("want %s or %s", Builtin, Gojieba)
}

// cutter splits text into words. The text is UTF-8 without NULs. Words are appended to
// dst; for the search mode, words inside a word come before it.
type cutter interface {
	Cut(dst []jieba.Span, text []byte) []jieba.Span
	CutForSearch(dst []jieba.Span, text []byte) []jieba.Span
}

// Option changes how a folder of dictionaries is opened.
type Option func(*Analyzer)

// With selects the segmenter; without it, that is Builtin.
func With(s Segmenter) Option { return func(a *Analyzer) { a.segmenter = s } }
