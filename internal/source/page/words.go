package page

import (
	"math"
	"strings"
	"unicode/utf8"
)

// passageWords are the texts of the passages of a page and their bigrams, with
// which headings are compared.
type passageWords struct {
	*bigramIndex
	texts [][]string // paragraphs, by passage
	ids   [][]int32  // bigrams, by passage
}

func newPassageWords(o *outline, bigrams itemBigrams, s *seams) *passageWords {
	if s.whole() {
		return passageWordsOf(s)
	}
	w := &passageWords{bigrams.index(), make([][]string, len(o.passages)), make([][]int32, len(o.passages))}
	for i := range o.passages {
		for _, it := range o.passages[i].items {
			if it.kind == textPiece {
				w.texts[i] = append(w.texts[i], it.text)
			}
		}
		w.ids[i] = w.add(bigrams.items[i]...)
	}
	return w
}

// passageWordsOf takes over what is known of the stretches if each is a passage.
func passageWordsOf(s *seams) *passageWords {
	n := len(s.passages)
	index := &bigramIndex{s.index.bigramNumbers, s.index.seen, s.index.df, int32(n), nil}
	w := &passageWords{index, make([][]string, n), make([][]int32, n)}
	for i := range s.stretches {
		t := &s.stretches[i]
		w.texts[t.passage], w.ids[t.passage] = t.texts, t.ids
	}
	return w
}

// compare observes the words that each heading and the texts around it share.
func (w *passageWords) compare(headings []heading, out []features) {
	const (
		enough = 400 // bigrams nearest to the heading
		little = 120 // with fewer, having none in common says little
	)
	last := make([]int, len(w.df)) // by bigram: 1 + the last passage that contains it
	in := make([]int32, len(w.df)) // by bigram: 1 + the last marked passage that contains it
	earlier := make([][]int32, 0, len(headings))
	for i := range headings {
		f, before, after := &out[i], w.ids[i], w.ids[i+1]
		for _, id := range before {
			last[id] = i + 1
		}
		for _, id := range after {
			in[id] = int32(i + 1)
		}
		own := w.lookUp(headings[i].text)
		f.pairs = len(own)
		f.verbatim = anyContains(w.texts[i+1], headings[i].text)
		f.lead = f.verbatim && f.opening > 0 &&
			strings.Contains(headOf(w.texts[i+1][0], openingRunes), headings[i].text)
		f.text = math.Min(1, float64(min(len(before), len(after)))/little)
		f.prev = w.shares(own, last, i, false)
		f.next = overlap(own, in, i+1)
		f.related = w.shares(after[:min(enough, len(after))], last, i, true)
		f.theme = themes(earlier, in, i+1)
		earlier = append(earlier, own)
	}
}

// shares returns, for each number of passages back from passage at, the share of
// the ids that occur in them, by weight or by count.
func (x *bigramIndex) shares(ids []int32, last []int, at int, weighted bool) (out [reach]float64) {
	all := 0.0
	for _, id := range ids {
		w := 1.0
		if weighted {
			w = x.weight(id)
		}
		all += w
		if id < 0 || last[id] == 0 {
			continue
		}
		if back := at + 1 - last[id]; back < reach {
			out[back] += w
		}
	}
	sum := 0.0
	for k := range out {
		sum += out[k]
		if all > 0 {
			out[k] = sum / all
		}
	}
	return out
}

// themes returns the shares of the words of the preceding headings that the
// passage contains, the last heading first. What an article is about recurs in
// its text; another article is about something else.
func themes(heads [][]int32, in []int32, passage int) (out [reach]float64) {
	for k := range out {
		out[k] = -1
		if i := len(heads) - 1 - k; i >= 0 && len(heads[i]) > 0 {
			out[k] = overlap(heads[i], in, passage)
		}
	}
	return out
}

// anyContains reports whether one of the texts contains s, which must be more
// than a word.
func anyContains(texts []string, s string) bool {
	const least = 5 // characters: shorter ones are words
	if utf8.RuneCountInString(s) < least {
		return false
	}
	for _, t := range texts {
		if strings.Contains(t, s) {
			return true
		}
	}
	return false
}

// overlap is the share of ids that the passage contains; in is the last passage
// that contains each id.
func overlap(ids, in []int32, passage int) float64 {
	if len(ids) == 0 {
		return 0
	}
	n := 0
	for _, id := range ids {
		if id >= 0 && in[id] == int32(passage) {
			n++
		}
	}
	return float64(n) / float64(len(ids))
}
