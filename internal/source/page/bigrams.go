package page

import (
	"math"

	"xunwen/internal/textnorm"
)

// bigram is two adjacent Han characters, the unit in which texts are compared:
// it needs no dictionary. The first is in the upper half: maps of integers are faster
// than those of structs.
type bigram uint64

func newBigram(a, b rune) bigram { return bigram(a)<<32 | bigram(b) }

// bigramNumbers numbers the bigrams of the texts of a page.
type bigramNumbers map[bigram]int32

// newBigramNumbers returns an empty numbering with room for the bigrams of a text
// of so many bytes, up to what a newspaper page has.
func newBigramNumbers(size int) bigramNumbers {
	const (
		bytesPerBigram = 4 // of text with little repetition
		most           = 1 << 13
	)
	return make(bigramNumbers, min(size/bytesPerBigram, most))
}

// number returns the bigrams of a text in order and numbers those that are new.
func (x bigramNumbers) number(s string) []int32 {
	const bytesPerHan = 3
	out := make([]int32, 0, len(s)/bytesPerHan)
	for p := range bigramsOf(s) {
		id, ok := x[p]
		if !ok {
			id = int32(len(x))
			x[p] = id
		}
		out = append(out, id)
	}
	return out
}

// lookUp returns the numbers of the distinct bigrams of s, -1 for one that no text
// of the page contains.
func (x bigramNumbers) lookUp(s string) []int32 {
	var out []int32
	seen := map[bigram]bool{}
	for p := range bigramsOf(s) {
		if seen[p] {
			continue
		}
		seen[p] = true
		id, ok := x[p]
		if !ok {
			id = -1
		}
		out = append(out, id)
	}
	return out
}

// contains reports whether some text contains a followed by b.
func (x bigramNumbers) contains(a, b rune) bool { _, ok := x[newBigram(a, b)]; return ok }

// bigramsOf calls yield with each bigram of s.
func bigramsOf(s string) func(yield func(bigram) bool) {
	return func(yield func(bigram) bool) {
		var last rune
		for _, r := range s {
			if !textnorm.IsHan(r) {
				last = 0
				continue
			}
			if last != 0 && !yield(newBigram(last, r)) {
				return
			}
			last = r
		}
	}
}

// bigramIndex counts the passages of a page that contain each bigram.
type bigramIndex struct {
	bigramNumbers
	seen    []int32   // last passage counted
	df      []int32   // passages that contain the bigram
	n       int32     // passages
	weights []float64 // by df; 0 if not computed yet
}

// index returns an index without passages; all its bigrams have numbers already.
func (x bigramNumbers) index() *bigramIndex {
	return &bigramIndex{bigramNumbers: x, seen: make([]int32, len(x)), df: make([]int32, len(x))}
}

// add counts one passage, which consists of texts, and returns its distinct
// bigrams, in order.
func (x *bigramIndex) add(texts ...[]int32) []int32 {
	x.n++
	size := 0
	for _, ids := range texts {
		size += len(ids)
	}
	out := make([]int32, 0, size)
	for _, ids := range texts {
		for _, id := range ids {
			if x.seen[id] != x.n {
				x.seen[id] = x.n
				x.df[id]++
				out = append(out, id)
			}
		}
	}
	return out
}

// weight is the information of a bigram: the more passages contain it, the less;
// -1 stands for one that none contains.
func (x *bigramIndex) weight(id int32) float64 {
	df := int32(1)
	if id >= 0 {
		df = max(1, x.df[id])
	}
	if len(x.weights) <= int(x.n) {
		x.weights = make([]float64, x.n+1)
	}
	w := &x.weights[df]
	if *w == 0 {
		*w = math.Log(1 + float64(x.n)/float64(df))
	}
	return *w
}

// itemBigrams are the bigrams of each text of an outline, by passage and item.
type itemBigrams struct {
	bigramNumbers
	items [][][]int32
}

func numberItems(o *outline) itemBigrams {
	size := 0
	for i := range o.passages {
		for k := range o.passages[i].items {
			size += len(o.passages[i].items[k].text)
		}
	}
	x := itemBigrams{newBigramNumbers(size), make([][][]int32, len(o.passages))}
	for i := range o.passages {
		items := o.passages[i].items
		x.items[i] = make([][]int32, len(items))
		for k := range items {
			if items[k].kind == textPiece {
				x.items[i][k] = x.number(items[k].text)
			}
		}
	}
	return x
}
