package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"xunwen/internal/jieba"
)

// Segmenter is an implementation of jieba's algorithm. All give the same words.
type Segmenter int

const (
	// Builtin is package jieba.
	Builtin Segmenter = iota
	// Gojieba is cppjieba: the reference, several times slower, with over 100 MB of
	// memory.
	Gojieba
)

var segmenterNames = []string{Builtin: "builtin", Gojieba: "gojieba"}

// MarshalText returns the name of the segmenter.
func (s Segmenter) MarshalText() ([]byte, error) { return []byte(segmenterNames[s]), nil }

// UnmarshalText sets the segmenter by its name.
func (s *Segmenter) UnmarshalText(name []byte) error {
	i := slices.Index(segmenterNames, string(name))
	if i < 0 {
		return fmt.Errorf("want %s", strings.Join(segmenterNames, " or "))
	}
	*s = Segmenter(i)
	return nil
}

// cutter splits text into words. The text is UTF-8 without NULs. Words are appended to
// dst; for the search mode, words inside a word come before it.
type cutter interface {
	Cut(dst []jieba.Span, text []byte) []jieba.Span
	CutForSearch(dst []jieba.Span, text []byte) []jieba.Span
}

// Option changes how a folder of dictionaries is opened.
type Option func(*Analyzer)

// WithSegmenter selects the segmenter; without it, that is Builtin.
func WithSegmenter(s Segmenter) Option { return func(a *Analyzer) { a.segmenter = s } }
