package bisection

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// topics is how many subjects the texts of someTexts have, in turn.
const topics = 8

// someTexts returns texts of which each has characters of its topic, and some of all.
func someTexts(n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	texts := make([]string, n)
	for i := range texts {
		var text []rune
		for range 200 {
			c := rune('一' + 40*(i%topics) + r.IntN(40))
			if r.IntN(5) == 0 {
				c = rune(0x8000 + r.IntN(200))
			}
			text = append(text, c)
		}
		texts[i] = string(text)
	}
	return texts
}

func ordered(t testing.TB, texts []string, limit int) []uint32 {
	t.Helper()
	s := NewSketch(limit)
	for _, text := range texts {
		s.Add(text)
		s.End()
	}
	all := make([]int, len(texts))
	for i := range all {
		all[i] = i
	}
	order, err := s.Order(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	return order
}

// sameTopic returns the share of texts that follow one of their topic.
func sameTopic(order []uint32) float64 {
	same := 0
	for i := 1; i < len(order); i++ {
		if order[i]%topics == order[i-1]%topics {
			same++
		}
	}
	return float64(same) / float64(len(order)-1)
}

func isPermutation(order []uint32) bool {
	sorted := slices.Sorted(slices.Values(order))
	for i, n := range sorted {
		if int(n) != i {
			return false
		}
	}
	return true
}

// TestSimilarTextsAreTogether orders texts of eight topics, with all terms of the sample and
// with few of them, and by all cores.
func TestSimilarTextsAreTogether(t *testing.T) {
	t.Parallel()
	texts := someTexts(12_000)
	for limit, least := range map[int]float64{1 << 30: 0.99, 200_000: 0.9} {
		order := ordered(t, texts, limit)
		if !isPermutation(order) {
			t.Fatalf("limit %d: texts are missing", limit)
		}
		if got := sameTopic(order); got < least {
			t.Errorf("limit %d: %.3f follow a text of their topic, want %.2f", limit, got, least)
		}
		if again := ordered(t, texts, limit); !slices.Equal(again, order) {
			t.Errorf("limit %d: another order the second time", limit)
		}
	}
}

// TestSketchKeepsItsLimit checks that the number of terms is bounded, that each text keeps its
// own, and that terms are kept once.
func TestSketchKeepsItsLimit(t *testing.T) {
	t.Parallel()
	const limit = 1000
	s, whole := NewSketch(limit), NewSketch(1<<30)
	for _, text := range someTexts(300) {
		for _, sketch := range []*Sketch{s, whole} {
			sketch.Add(text)
			sketch.Add(text)
			sketch.End()
		}
		if len(s.terms) > limit {
			t.Fatalf("%d terms, the limit is %d", len(s.terms), limit)
		}
	}
	if len(s.terms) < limit/4 {
		t.Errorf("%d terms of at most %d are left", len(s.terms), limit)
	}
	for i := range s.ends {
		var want []uint32
		for _, hash := range whole.of(i) {
			if hash&(1<<s.sample-1) == 0 {
				want = append(want, hash)
			}
		}
		slices.Sort(want)
		if slices.Sort(s.of(i)); !slices.Equal(s.of(i), want) {
			t.Errorf("text %d has the terms %x, want %x", i, s.of(i), want)
		}
		if got := len(slices.Compact(slices.Sorted(slices.Values(whole.of(i))))); got != len(whole.of(i)) {
			t.Errorf("text %d has %d terms, %d different ones", i, len(whole.of(i)), got)
		}
	}
}

// TestTermsOfLongTexts checks that terms are kept once, also those of a text with more than the
// hash table is for.
func TestTermsOfLongTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	s := NewSketch(1 << 30)
	for i, characters := range []int{10, 300, 30_000, 300} {
		text := make([]rune, characters)
		for k := range text {
			text[k] = rune('一' + r.IntN(200))
		}
		want := map[uint32]bool{}
		single := NewSketch(1 << 30)
		for k := range text[1:] {
			single.Add(string(text[k : k+2]))
			single.End()
		}
		for _, hash := range single.terms {
			want[hash] = true
		}
		s.Add(string(text))
		s.End()
		got := slices.Sorted(slices.Values(s.of(i)))
		if !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
			t.Errorf("%d characters: %d terms, want %d", characters, len(got), len(want))
		}
	}
}

// TestTerms checks what terms of a text are.
func TestTerms(t *testing.T) {
	t.Parallel()
	terms := func(text string) int {
		s := NewSketch(1 << 30)
		s.sample = 0
		s.Add(text)
		s.End()
		return len(s.terms)
	}
	for text, want := range map[string]int{
		"": 0, "桥": 0, "大桥": 1, "大桥合龙": 3, "大桥，合龙": 2, "大 桥": 0, "ABC": 1, "ABC abc": 1, "ab1 cd2": 2,
		"大ABC桥": 1, "Ａ１": 0, "大桥a": 2, "\xff": 0, "大桥大桥大桥": 2,
	} {
		if got := terms(text); got != want {
			t.Errorf("%q has %d terms, want %d", text, got, want)
		}
	}
}

// TestOrderOfAny orders texts that can't be split, and a choice of some.
func TestOrderOfAny(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]func(int) string{
		"empty": func(int) string { return "" },
		"equal": func(int) string { return "青禾大桥昨日合龙" },
		"other": func(i int) string { return fmt.Sprintf("第%d期 no%d", i, i) },
	} {
		var texts []string
		for i := range 100 {
			texts = append(texts, text(i))
		}
		if order := ordered(t, texts, 1<<30); !isPermutation(order) {
			t.Errorf("%s texts: %v", name, order)
		}
	}
	s := NewSketch(1 << 30)
	for _, text := range someTexts(200) {
		s.Add(text)
		s.End()
	}
	var some []int
	for i := range 100 {
		some = append(some, 2*i)
	}
	order, err := s.Order(t.Context(), some)
	if err != nil || !isPermutation(order) || len(order) != len(some) {
		t.Errorf("some texts: %v (%v)", order, err)
	}
}

// TestOrderIsCancelled checks that ordering ends with its context.
func TestOrderIsCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := NewSketch(1 << 30)
	texts := make([]int, 100)
	for i, text := range someTexts(len(texts)) {
		s.Add(text)
		s.End()
		texts[i] = i
	}
	if _, err := s.Order(ctx, texts); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestSelectLeast compares with sorting, also where pivots are unlucky.
func TestSelectLeast(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 200 {
		for _, values := range []int{1, 3, 1000} {
			list := make([]biased, n)
			for i := range list {
				list[i] = biased{int64(r.IntN(values)), uint32(i)}
			}
			sorted := slices.Clone(list)
			slices.SortFunc(sorted, func(a, b biased) int {
				if a.less(b) {
					return -1
				}
				return 1
			})
			k := r.IntN(n + 1)
			selectLeast(list, k)
			slices.SortFunc(list[:k], func(a, b biased) int {
				if a.less(b) {
					return -1
				}
				return 1
			})
			if !slices.Equal(list[:k], sorted[:k]) {
				t.Fatalf("the %d least of %d", k, n)
			}
		}
	}
}
