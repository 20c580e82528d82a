package engine

import (
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"xunwen/internal/numeral"
	"xunwen/internal/textnorm"
)

// variantWindows decides whether a text has a variant by the parts of it in which the variant's
// words are within a few characters.
type variantWindows struct {
	variant
	words   []string // that a window must have
	state   nearness
	found   bool
	unclear bool // a window was, so that the text has to be read
	visit   func(window []byte) (more bool)
}

// seekAround says that of n texts those are wanted that have a variant. Of some variants, whole
// texts have to be read.
func (r *textReader) seekAround(v variant, n uint64) {
	if words := v.windowWords(); n >= fewTexts && words != nil {
		r.windows = newVariantWindows(v)
		r.texts.SeekAround(words, v.windowReach())
	}
}

func newVariantWindows(v variant) *variantWindows {
	w := &variantWindows{variant: v, words: v.windowWords()}
	w.visit = w.window
	return w
}

// windowWords are the words that every window has in which a variant is found; nil if windows
// don't decide.
func (v variant) windowWords() []string {
	if v.uncut || !isHan(v.text) {
		return nil
	}
	if v.near == nil {
		return []string{v.text}
	}
	var words []string
	for _, p := range v.near {
		if !isHan(p.text) || numeral.Edges(p.text) || !strings.Contains(v.text, p.text) {
			return nil
		}
		words = append(words, p.text)
	}
	return words
}

// windowReach is within how many characters of a folded text a variant's words are: in a joined
// text, a separator of thousands is missing for each three digits, and one more character on
// each side is compared with digits.
func (v variant) windowReach() int {
	all := v.nearDistance()
	for _, p := range v.near {
		all += utf8.RuneCountInString(p.text)
	}
	all = max(all, utf8.RuneCountInString(v.text))
	return all + all/3 + 2
}

// window looks for the variant in a window of a text in normal form.
func (w *variantWindows) window(window []byte) (more bool) {
	text := unsafe.String(unsafe.SliceData(window), len(window))
	if strings.Contains(text, ideographicStop+ideographicStop) { // many are an ellipsis
		w.unclear = true
		return false
	}
	lacks := func(word string) bool { return !strings.Contains(text, word) }
	switch {
	case slices.ContainsFunc(w.words, lacks):
	case strings.Contains(text, w.text):
		w.found = true
	default:
		w.nearness(&w.state, textnorm.Join(text))
		w.found = w.state.found(w.nearDistance())
	}
	return !w.found
}

// result returns what the windows of a text gave, and makes ready for the next one.
func (w *variantWindows) result() (found, settled bool) {
	found, settled = w.found, !w.unclear
	w.found, w.unclear = false, false
	return found, settled
}
