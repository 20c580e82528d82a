package snippet

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/search"
)

// textParts are what the texts of the property test consist of: clauses,
// quotes, numbers, words of letters, graphemes of several characters, and the
// words that are marked.
var textParts = []string{
	"天气晴好", "风力不大", "市民出行", "记者获悉",
	"，", "，", "。", "。", "；", "！”", "他说：“", "（图）", "《江声》", "、", "——", "\u3000",
	"３．１４", "12.5%", "1,200", "covid-19", "news.example.cn", "二百五十三万", "e\u0301te\u0301", "👩🏽‍🚒", "𠮷",
	"大桥", "渡口", "码头", "水位", "大桥渡口", "渡口码头",
}

var markedWords = []string{
	"大桥", "渡口", "码头", "水位", "大桥渡口", "口码", "12", "𠮷", "。\u3000", "\u3000大", "，",
}

func TestBuildProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8)) // any seed; fixed, so that a failure can be repeated
	var used Builder
	for n := range 2_000 {
		var b strings.Builder
		for range 1 + r.IntN(250) {
			b.WriteString(textParts[r.IntN(len(textParts)-r.IntN(7))]) // marked words are rare in some texts
		}
		text := b.String()
		words := slices.Clone(markedWords)
		r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		marks := marksOf(text, words[:r.IntN(len(words))]...)
		slices.SortFunc(marks, func(a, b Mark) int { return a.Start - b.Start })
		weights := []float64{0.1, 1, 2, 3.5, 8}
		for i := range marks {
			marks[i].Weight = weights[(marks[i].Term+n)%len(weights)]
		}
		s := Build(text, marks)
		if again := used.Build(text, marks); !reflect.DeepEqual(again, s) {
			t.Errorf("a builder that was used makes %s", render(again))
		}
		checkFragments(t, text, marks, s)
		checkBoundaries(t, text, s)
		checkWeight(t, text, marks, s)
		if t.Failed() {
			t.Fatalf("text %q: %s", text, render(s))
		}
	}
}

// checkFragments checks that fragments are parts of the text, sorted and
// disjoint, with their marks, and within their limits.
func checkFragments(t *testing.T, text string, marks []Mark, s search.Snippet) {
	t.Helper()
	runes, at, allowed := 0, 0, maxWholeRunes+maxToken // a mark may be part of a long address
	for i, f := range s.Fragments {
		checkFragment(t, text, i, f, at)
		end := f.Start + len(f.Text)
		at = end
		runes += utf8.RuneCountInString(f.Text)
		var want []search.Span
		for _, m := range Merge(marks) {
			if m.Start < end && m.End > f.Start {
				if m.Start < f.Start || m.End > end {
					t.Errorf("fragment %d cuts the mark %q", i, text[m.Start:m.End])
				}
				want = append(want, search.Span{Start: m.Start - f.Start, End: m.End - f.Start})
			}
			allowed = max(allowed, utf8.RuneCountInString(text[m.Start:m.End]))
		}
		if !slices.Equal(f.Marks, want) {
			t.Errorf("fragment %d has the marks %v, want %v", i, f.Marks, want)
		}
	}
	if runes > allowed || len(s.Fragments) == 0 || len(s.Fragments) > maxFragments {
		t.Errorf("%d characters in %d fragments", runes, len(s.Fragments))
	}
	if first := s.Fragments[0].Start; s.Before != (strings.TrimSpace(text[:first]) != "") {
		t.Errorf("Before is %v, but %q is left out", s.Before, text[:first])
	}
	if s.After != (strings.TrimSpace(text[at:]) != "") {
		t.Errorf("After is %v, but %q is left out", s.After, text[at:])
	}
}

// checkFragment checks that fragment i is a part of the text beyond the end of
// the previous one.
func checkFragment(t *testing.T, text string, i int, f search.Fragment, previous int) {
	t.Helper()
	end := f.Start + len(f.Text)
	disjoint := i == 0 || f.Start > previous
	if !disjoint || end > len(text) || text[f.Start:end] != f.Text || !utf8.ValidString(f.Text) {
		t.Fatalf("fragment %d, %q at %d, is not a part of the text", i, f.Text, f.Start)
	}
}

// tokens matches what no cut may split.
var tokens = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*%?|[a-z]+(?:[-.][a-z0-9]+)*|[０-９]+．[０-９]+|` +
	`二百五十三万|(?:e\x{301}te\x{301})+|👩🏽‍🚒`)

func checkBoundaries(t *testing.T, text string, s search.Snippet) {
	t.Helper()
	for _, token := range tokens.FindAllStringIndex(text, -1) {
		for _, f := range s.Fragments {
			for _, at := range []int{f.Start, f.Start + len(f.Text)} {
				if token[0] < at && at < token[1] && token[1]-token[0] < maxToken {
					t.Errorf("%q is split", text[token[0]:token[1]])
				}
			}
		}
	}
}

// checkWeight checks that no contiguous part of the text that has the length of
// a snippet and cuts no mark has terms of more weight.
func checkWeight(t *testing.T, text string, marks []Mark, s search.Snippet) {
	t.Helper()
	var parts []search.Span
	for _, f := range s.Fragments {
		parts = append(parts, search.Span{Start: f.Start, End: f.Start + len(f.Text)})
	}
	got := weightIn(marks, parts...)
	whole := Merge(marks)
	for i, from := range whole {
		window := search.Span{Start: from.Start, End: from.Start}
		for _, m := range whole[i:] {
			if utf8.RuneCountInString(text[from.Start:m.End]) <= maxRunes {
				window.End = m.End
			}
		}
		if best := weightIn(marks, window); best > got+1e-9 {
			t.Errorf("the snippet weighs %.2f, but %q weighs %.2f", got, text[window.Start:window.End], best)
		}
	}
}

// weightIn sums the weights of the terms with a mark in one of the parts.
func weightIn(marks []Mark, parts ...search.Span) float64 {
	seen, sum := map[int]bool{}, 0.0
	for _, m := range marks {
		for _, p := range parts {
			if m.Start >= p.Start && m.End <= p.End && !seen[m.Term] {
				seen[m.Term] = true
				sum += m.Weight
			}
		}
	}
	return sum
}

// FuzzBuild checks that any text gives valid fragments, one with a mark if the
// text has one.
func FuzzBuild(f *testing.F) {
	f.Add(strings.Repeat("天气晴好，", 60)+"大桥"+strings.Repeat("風", 90), "大桥")
	f.Add(strings.Repeat("a", 500)+"。b", "b")
	f.Add(strings.Repeat("桥", 400), strings.Repeat("桥", 200))
	f.Add(strings.Repeat("桥", 400), "桥")
	f.Fuzz(func(t *testing.T, text, word string) {
		if !utf8.ValidString(text) || !utf8.ValidString(word) || word == "" {
			t.Skip("texts and words are UTF-8")
		}
		s := Build(text, marksOf(text, word))
		at, runes, marked := 0, 0, 0
		for i, f := range s.Fragments {
			checkFragment(t, text, i, f, at)
			at = f.Start + len(f.Text)
			runes += utf8.RuneCountInString(f.Text)
			marked += len(f.Marks)
			for _, m := range f.Marks {
				if m.Start < 0 || m.Start >= m.End || m.End > len(f.Text) {
					t.Fatalf("mark %v in %d bytes", m, len(f.Text))
				}
			}
		}
		if strings.Contains(text, word) && marked == 0 {
			t.Fatalf("%q has no mark of %q", render(s), word)
		}
		if limit := maxWholeRunes + maxFragments*2*maxToken + utf8.RuneCountInString(word); runes > limit {
			t.Fatalf("%d characters", runes)
		}
	})
}

// BenchmarkBuild measures the snippet of one paragraph of a hit.
func BenchmarkBuild(b *testing.B) {
	sentence := "记者昨天从市交通部门获悉，青禾大桥主体工程已经完工，预计明年５月正式通车；渡口届时将停航。"
	for _, repeat := range []int{2, 8, 200, 20_000} {
		text := strings.Repeat(sentence, repeat)
		marks := marksOf(text, "大桥", "渡口", "通车")
		slices.SortFunc(marks, func(a, b Mark) int { return a.Start - b.Start })
		b.Run(fmt.Sprint(utf8.RuneCountInString(text), " characters"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Build(text, marks)
			}
		})
	}
}
