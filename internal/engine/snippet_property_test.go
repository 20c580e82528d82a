package engine

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// What texts of the property test are made of: clauses, quotes, numbers, words
// of letters, characters that belong together, and the words that are marked.
var snippetPieces = []string{
	"天气晴好", "风力不大", "市民出行", "记者获悉", "，", "，", "。", "。", "；", "！”", "他说：“", "（图）", "《江声》", "、", "——", "\u3000",
	"３．１４", "12.5%", "1,200", "covid-19", "news.example.cn", "二百五十三万", "e\u0301te\u0301", "👩🏽‍🚒", "𠮷",
	"大桥", "渡口", "码头", "水位", "大桥渡口", "渡口码头",
}

var snippetWords = []string{"大桥", "渡口", "码头", "水位", "大桥渡口", "口码", "12", "𠮷", "。\u3000", "\u3000大", "，"}

// Whatever the text and what is marked in it, a snippet keeps what it promises.
func TestSnippetProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8)) // any seed; fixed, so that a failure comes back
	for n := range 2_000 {
		var b strings.Builder
		for range 1 + r.IntN(250) {
			b.WriteString(snippetPieces[r.IntN(len(snippetPieces)-r.IntN(7))]) // marked words are rare in some
		}
		text := b.String()
		words := slices.Clone(snippetWords)
		r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		marks := marksOf(text, words[:r.IntN(len(words))]...)
		slices.SortFunc(marks, func(a, b mark) int { return a.Start - b.Start })
		weights := []float64{.1, 1, 2, 3.5, 8}
		for i := range marks {
			marks[i].weight = weights[(marks[i].piece+n)%len(weights)]
		}
		s := snippet(text, marks)
		holdsTogether(t, text, marks, s)
		cutsWell(t, text, s)
		holdsTheMost(t, text, marks, s)
		if t.Failed() {
			t.Fatalf("of %q: %s", text, shown(s))
		}
	}
}

// holdsTogether: fragments are pieces of the text, in order and apart, with the
// marks that stand there, and not longer than they may be.
func holdsTogether(t *testing.T, text string, marks []mark, s search.Snippet) {
	t.Helper()
	runes, at, allowed := 0, 0, wholeRunes+maxRun // a mark may stand in a long address
	for i, f := range s.Fragments {
		end := f.Start + len(f.Text)
		if i > 0 && f.Start <= at || end > len(text) || text[f.Start:end] != f.Text || !utf8.ValidString(f.Text) {
			t.Fatalf("fragment %d, %d to %d, is no piece of the text", i, f.Start, end)
		}
		at = end
		runes += utf8.RuneCountInString(f.Text)
		var want []search.Span
		for _, m := range spans(marks) {
			if m.Start < end && m.End > f.Start {
				if m.Start < f.Start || m.End > end {
					t.Errorf("fragment %d cuts the mark %q", i, text[m.Start:m.End])
				}
				want = append(want, search.Span{Start: m.Start - f.Start, End: m.End - f.Start})
			}
			allowed = max(allowed, utf8.RuneCountInString(text[m.Start:m.End]))
		}
		if !slices.Equal(f.Marks, want) {
			t.Errorf("fragment %d is marked %v, want %v", i, f.Marks, want)
		}
	}
	if runes > allowed || len(s.Fragments) == 0 || len(s.Fragments) > maxFragments {
		t.Errorf("%d characters in %d fragments", runes, len(s.Fragments))
	}
	if first := s.Fragments[0].Start; s.Before != (strings.TrimSpace(text[:first]) != "") {
		t.Errorf("before %v with %q left out", s.Before, text[:first])
	}
	if s.After != (strings.TrimSpace(text[at:]) != "") {
		t.Errorf("after %v with %q left out", s.After, text[at:])
	}
}

// together matches what no cut may part.
var together = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*%?|[a-z]+(?:[-.][a-z0-9]+)*|[０-９]+．[０-９]+|二百五十三万|(?:e\x{301}te\x{301})+|👩🏽‍🚒`)

func cutsWell(t *testing.T, text string, s search.Snippet) {
	t.Helper()
	for _, in := range together.FindAllStringIndex(text, -1) {
		for _, f := range s.Fragments {
			for _, cut := range []int{f.Start, f.Start + len(f.Text)} {
				if in[0] < cut && cut < in[1] && in[1]-in[0] < maxRun {
					t.Errorf("%q is cut in two", text[in[0]:in[1]])
				}
			}
		}
	}
}

// holdsTheMost: no stretch of a snippet's length that cuts no mark holds more
// of the weight.
func holdsTheMost(t *testing.T, text string, marks []mark, s search.Snippet) {
	t.Helper()
	weightIn := func(within ...stretch) float64 {
		seen, sum := map[int]bool{}, 0.
		for _, m := range marks {
			for _, w := range within {
				if m.Start >= w.start && m.End <= w.end && !seen[m.piece] {
					seen[m.piece] = true
					sum += m.weight
				}
			}
		}
		return sum
	}
	var parts []stretch
	for _, f := range s.Fragments {
		parts = append(parts, stretch{f.Start, f.Start + len(f.Text)})
	}
	got := weightIn(parts...)
	whole := spans(marks)
	for i, from := range whole {
		window := stretch{from.Start, from.Start}
		for _, m := range whole[i:] {
			if utf8.RuneCountInString(text[from.Start:m.End]) <= snippetRunes {
				window.end = m.End
			}
		}
		if best := weightIn(window); best > got+1e-9 {
			t.Errorf("weighs %.2f; %q weighs %.2f", got, text[window.start:window.end], best)
		}
	}
}

// Any text at all gives pieces of it that hold a mark if there is one.
func FuzzSnippet(f *testing.F) {
	f.Add(strings.Repeat("天气晴好，", 60)+"大桥"+strings.Repeat("風", 90), "大桥")
	f.Add(strings.Repeat("a", 500)+"。b", "b")
	f.Add(strings.Repeat("桥", 400), strings.Repeat("桥", 200))
	f.Add(strings.Repeat("桥", 400), "桥")
	f.Fuzz(func(t *testing.T, text, word string) {
		if !utf8.ValidString(text) || !utf8.ValidString(word) || word == "" {
			t.Skip("texts and words are UTF-8")
		}
		s := snippet(text, marksOf(text, word))
		at, runes, marked := 0, 0, 0
		for i, f := range s.Fragments {
			if end := f.Start + len(f.Text); i > 0 && f.Start <= at || end > len(text) || text[f.Start:end] != f.Text || !utf8.ValidString(f.Text) {
				t.Fatalf("%q at %d is no piece of %q", f.Text, f.Start, text)
			}
			at = f.Start + len(f.Text)
			runes += utf8.RuneCountInString(f.Text)
			marked += len(f.Marks)
			for _, m := range f.Marks {
				if m.Start < 0 || m.Start >= m.End || m.End > len(f.Text) {
					t.Fatalf("mark %v of %d bytes", m, len(f.Text))
				}
			}
		}
		if strings.Contains(text, word) && marked == 0 {
			t.Fatalf("%q holds no mark of %q", shown(s), word)
		}
		if limit := wholeRunes + maxFragments*2*maxRun + utf8.RuneCountInString(word); runes > limit {
			t.Fatalf("%d characters", runes)
		}
	})
}

// foldOnly is a Segmenter for marks that need no words.
type foldOnly struct {
	Segmenter
	textnorm.Folder
}

func (f foldOnly) Fold(s string) textnorm.Folded { return f.Folder.Fold(s) }
func (f foldOnly) FoldString(s string) string    { return f.Folder.FoldString(s) }

// BenchmarkSnippet is the cost of one paragraph of a hit, marks included.
func BenchmarkSnippet(b *testing.B) {
	sentence := "记者昨天从市交通部门获悉，青禾大桥主体工程已经完工，预计明年５月正式通车；渡口届时将停航。"
	for _, repeat := range []int{2, 8, 200, 20_000} {
		text := strings.Repeat(sentence, repeat)
		m := &marker{cut: foldOnly{}}
		for _, w := range []string{"大桥", "渡口", "通车"} {
			m.pieces = append(m.pieces, piece{weight: 3, find: func(s string) []place { return contained(s, w) }})
		}
		b.Run(fmt.Sprint(utf8.RuneCountInString(text), " characters"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				snippet(text, m.text(text))
			}
		})
	}
}
