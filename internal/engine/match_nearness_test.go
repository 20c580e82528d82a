package engine

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestNearSpans(t *testing.T) {
	for _, c := range []struct {
		text     string
		words    []string
		distance int
		want     int // occurrences
	}{
		{"北岸持续东扩码头", []string{"北岸", "码头"}, 4, 2},
		{"北岸持续东扩码头", []string{"北岸", "码头"}, 3, 0},
		{"北岸持续东扩码头", []string{"码头", "北岸"}, 4, 2},
		{"码头北岸码头", []string{"北岸", "码头"}, 0, 3},
		{"北岸", []string{"北岸", "北"}, 9, 0}, // one occurrence can't be both
		{"北岸北", []string{"北岸", "北"}, 0, 2},
		{"一一", []string{"一", "一"}, 0, 2},
		{"一", []string{"一", "一"}, 9, 0},
		{"甲乙丙丁", []string{"甲乙丙", "丙丁"}, 0, 2},
		{"甲乙丙丁戊己庚", []string{"甲", "乙丙", "丙丁", "庚"}, 1, 0},
		{"北岸的东扩的码头", []string{"北岸", "东扩", "码头"}, 2, 3},
		{"北岸的东扩的码头", []string{"北岸", "东扩", "码头"}, 1, 0},
		{"", []string{"北岸", "码头"}, 9, 0},
	} {
		if got := nearSpans(c.text, c.words, c.distance); len(got) != c.want {
			t.Errorf("%s %v~%d: %d occurrences %v, want %d", c.text, c.words, c.distance, len(got), got, c.want)
		}
	}
}

// Nearness equals trying every choice of occurrences.
func TestNearIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 7)) // the same at every run
	parts := []string{"一", "二", "三", "一二", "二三一", "，", "四五六七"}
	for range 3000 {
		var text strings.Builder
		for range r.IntN(14) {
			text.WriteString(parts[r.IntN(len(parts))])
		}
		words := make([]string, 2+r.IntN(3))
		for i := range words {
			words[i] = parts[r.IntN(5)]
		}
		distance := r.IntN(8)
		want := tryAll(text.String(), words, distance, nil)
		if got := newNearness(text.String(), words).found(distance); got != want {
			t.Fatalf("%s %v~%d: %t, want %t", text.String(), words, distance, got, want)
		}
		if got := nearSpans(text.String(), words, distance); (len(got) > 0) != want {
			t.Fatalf("%s %v~%d: %v, want any: %t", text.String(), words, distance, got, want)
		}
	}
}

// tryAll chooses an occurrence of each word in turn and counts the characters between
// them.
func tryAll(text string, words []string, distance int, chosen []occurrence) bool {
	if len(words) == 0 {
		first, last := len(text), 0
		covered := make([]bool, len(text))
		for i, p := range chosen {
			first, last = min(first, p.start), max(last, p.end)
			for at := p.start; at < p.end; at++ {
				covered[at] = true
			}
			for _, q := range chosen[:i] {
				if p.start <= q.start && q.end <= p.end || q.start <= p.start && p.end <= q.end {
					return false
				}
			}
		}
		left := 0
		for at := range text[first:last] {
			if !covered[first+at] {
				left++
			}
		}
		return left <= distance
	}
	for at := range each(text, words[0]) {
		if tryAll(text, words[1:], distance, append(chosen, occurrence{start: at, end: at + len(words[0])})) {
			return true
		}
	}
	return false
}

// The search must end in a text that repeats a word, but not often enough.
func TestNearOfRepeatedWord(t *testing.T) {
	text := strings.Repeat("的一", 4000) + "国"
	words := strings.Fields(strings.Repeat("的 ", 60) + "国")
	for distance, want := range map[int]bool{59: false, 60: true} {
		if got := newNearness(text, words).found(distance); got != want {
			t.Errorf("%d apart: %t, want %t", distance, got, want)
		}
	}
}
