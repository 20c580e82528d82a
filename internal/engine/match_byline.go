package engine

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// minName is the least number of characters of a name in a byline that a plain word finds.
const minName = 2

// BylineNames returns the names in a byline in joined form, each once. They are the terms of the
// field BylineName.
func BylineNames(s Segmenter, byline string) []string {
	var out []string
	for _, n := range bylineNames(s, byline) {
		if !slices.Contains(out, n.text) {
			out = append(out, n.text)
		}
	}
	return out
}

// byline returns the articles with a byline that has a name, given in its joined form. A
// paragraph has no byline of its own: by paragraph there are none. The set must not be
// changed.
func (s *searcher) byline(name string) (*roaring.Bitmap, error) {
	if s.scope.by == search.ByParagraph {
		return roaring.New(), nil
	}
	key := cacheKey{"articles with name in byline", name}
	if set, ok := s.index.cache.get(key).(*roaring.Bitmap); ok {
		return set, nil
	}
	docs, err := s.index.postings.Documents(BylineName, name)
	if err != nil || docs.IsEmpty() {
		return docs, err
	}
	set := s.scope.members(docs, inTitle)
	s.index.cache.put(key, set, fromLists, int(set.GetSizeInBytes()))
	return set, nil
}

// bylineHighlights returns the highlights of byline:, without what it excludes.
func bylineHighlights(test documentTest) []highlight {
	var out []highlight
	switch t := test.(type) {
	case valueTest:
		out = append(out, highlight{anywhere, bylineText(t.text)})
	case allTests:
		for _, one := range t {
			out = append(out, bylineHighlights(one)...)
		}
	case anyTest:
		for _, one := range t {
			out = append(out, bylineHighlights(one)...)
		}
	}
	return out
}

// bylineText is the normal form of a text that is looked for in bylines.
type bylineText string

func (b bylineText) addTo(h *highlighter, _ zone, _ func(unit) float64) {
	h.inByline = append(h.inByline, string(b))
}

// bylineName is a name in a byline: its joined form and its place in the original.
type bylineName struct {
	text       string
	start, end int
}

// bylineNames lists the names in a byline: what is between white space, signs and words
// such as 记者. Two characters with white space between them are one name, 周　舟. Parts of a
// name with a middle dot or hyphen are names too.
func bylineNames(s Segmenter, byline string) []bylineName {
	var out []bylineName
	add := func(text string, start, end int) {
		if text = textnorm.Join(text).Text; utf8.RuneCountInString(text) >= minName {
			out = append(out, bylineName{text, start, end})
		}
	}
	var characters []bylineName // Han characters separated by white space
	endCharacters := func() {
		for len(characters) > 1 {
			name := characters[:2]
			if len(characters) == 3 {
				name = characters
			}
			var text strings.Builder
			for _, character := range name {
				text.WriteString(character.text)
			}
			add(text.String(), name[0].start, name[len(name)-1].end)
			characters = characters[len(name):]
		}
		characters = nil
	}
	for start, end := range fields(byline) {
		folded := s.Fold(byline[start:end])
		if isSingleHan(folded.Text) {
			characters = append(characters, bylineName{folded.Text, start, end})
			continue
		}
		endCharacters()
		for i, j := range nameSpans(folded.Text) {
			from, to := folded.Span(i, j)
			add(folded.Text[i:j], start+from, start+to)
		}
	}
	endCharacters()
	return out
}

// fields yields the parts of a text between white space.
func fields(text string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		at := 0
		for field := range strings.FieldsSeq(text) {
			start := at + strings.Index(text[at:], field)
			at = start + len(field)
			if !yield(start, at) {
				return
			}
		}
	}
}

// roles are the words, folded, that bylines have next to names.
var roles = regexp.MustCompile(
	`(?:本报|本刊|本社|特约|特派|见习|实习|首席)*(?:记者|通讯员|实习生|评论员|编辑)+|本报|本刊|本社|摄影(?:报道)?|报道|整理|撰文|供图|摄$`)

// nameSpans yields the names in a folded text without white space, and the parts of those
// with a middle dot or hyphen.
func nameSpans(folded string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		at := 0
		for _, role := range append(roles.FindAllStringIndex(folded, -1), []int{len(folded), len(folded)}) {
			for _, name := range names.FindAllStringIndex(folded[at:role[0]], -1) {
				start, end := at+name[0], at+name[1]
				if !yield(start, end) {
					return
				}
				for _, part := range nameParts.FindAllStringIndex(folded[start:end], -1) {
					if part[1]-part[0] < end-start && !yield(start+part[0], start+part[1]) {
						return
					}
				}
			}
			at = role[1]
		}
	}
}

// names matches letters, digits and Han characters with single signs between them that a
// name may have; nameParts matches those without.
var (
	names     = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+(?:[-·'"][\p{L}\p{M}\p{N}]+)*`)
	nameParts = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+`)
)
