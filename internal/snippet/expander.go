package snippet

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/search"
)

// expandAll gives each seed a share of the budget that is left, expands it to
// good boundaries and joins fragments that touch, or almost. The seeds are
// sorted and disjoint.
func (e *expander) expandAll(seeds []search.Span) []search.Span {
	text, budget := e.text, maxRunes
	for i, s := range seeds {
		s.Start, s.End = e.preceding(s.Start), e.following(s.End)
		seeds[i] = s
		budget -= length(text, s.Start, s.End)
	}
	out := make([]search.Span, 0, len(seeds))
	low := 0
	for i, seed := range seeds {
		high := len(text)
		if i+1 < len(seeds) {
			high = seeds[i+1].Start
		}
		share := max(0, budget) / (len(seeds) - i)
		f := seed
		if seed.Start < high && seed.Start >= low {
			f = e.trim(e.expand(seed, low, high, share), seed)
		}
		budget -= length(text, f.Start, f.End) - length(text, seed.Start, seed.End)
		if n := len(out); n > 0 && forward(text, out[n-1].End, joinRunes) >= f.Start {
			out[n-1].End = max(out[n-1].End, f.End)
		} else {
			out = append(out, f)
		}
		low = out[len(out)-1].End
	}
	if first := &out[0]; forward(text, 0, joinRunes) >= first.Start {
		first.Start = 0
	}
	if last := &out[len(out)-1]; forward(text, last.End, joinRunes) == len(text) {
		last.End = len(text)
	}
	return out
}

// trim drops white space at the ends of a fragment, but none of its seed or of
// a mark.
func (b breaker) trim(f, seed search.Span) search.Span {
	f.Start = seed.Start - len(strings.TrimLeftFunc(b.text[f.Start:seed.Start], unicode.IsSpace))
	if m, marked := b.markAt(f.Start); marked {
		f.Start = m.Start
	}
	f.End = seed.End + len(strings.TrimRightFunc(b.text[seed.End:f.End], unicode.IsSpace))
	if m, marked := b.markAt(f.End); marked {
		f.End = m.End
	}
	return f
}

// What a fragment gains and loses. The end of a sentence beats that of a clause
// unless it wastes more than half of the budget; the beginning of a sentence
// beats that of a clause up to about half of the budget before the first mark.
// Set by reading results.
const (
	fillGain  = 6.0 // by the share of the budget that is used
	leadLoss  = 4.0 // by the share that is used before the seed
	splitLoss = 3.0 // for each pair of quotes or brackets of which one half is shown
)

// boundaryGains are the gains of beginning or ending at a boundary, by its
// quality.
var boundaryGains = [...]float64{noBreak: -4, minorBreak: 2, clauseBreak: 4, sentenceBreak: 7}

// boundary is an offset where a fragment may begin or end.
type boundary struct {
	offset  int
	runes   int // characters between it and the seed
	quality quality
}

// expander finds the best fragment around a seed. Its memory is used again.
type expander struct {
	breaker
	seed         search.Span
	budget       int
	starts, ends []boundary
	pairs        []search.Span // offsets of quotes and brackets that belong together
	open         []openPair    // of scan
}

// expand returns the best fragment around a seed, of at most budget characters beside it
// and not below low or above high.
func (e *expander) expand(seed search.Span, low, high, budget int) search.Span {
	e.seed, e.budget = seed, budget
	e.starts, e.ends, e.pairs = e.starts[:0], e.ends[:0], e.pairs[:0]
	e.collect(low, high)
	return e.best()
}

// collect collects the boundaries within the budget.
func (e *expander) collect(low, high int) {
	text, seed := e.text, e.seed
	from, to := max(low, backward(text, seed.Start, e.budget)), min(high, forward(text, seed.End, e.budget))
	e.scan(from, to)
	e.countRunes()
	// Any text has these: a little before the seed, and as far after it as the
	// rest of the budget reaches, or its end.
	lead := min(contextRunes, e.budget/2)
	start := min(seed.Start, e.following(max(from, backward(text, seed.Start, lead))))
	runes := length(text, start, seed.Start)
	e.starts = append(e.starts, boundary{offset: start, runes: runes})
	end := max(seed.End, e.preceding(min(to, forward(text, seed.End, e.budget-runes))))
	e.ends = append(e.ends, boundary{offset: end, runes: length(text, seed.End, end)}, boundary{offset: seed.End})
}

// countRunes counts the characters between the seed and the boundaries, which are in the
// order of the text, each character once.
func (e *expander) countRunes() {
	last := boundary{offset: e.seed.Start}
	for i := len(e.starts) - 1; i >= 0; i-- {
		e.starts[i].runes = last.runes + length(e.text, e.starts[i].offset, last.offset)
		last = e.starts[i]
	}
	last = boundary{offset: e.seed.End}
	for i := range e.ends {
		e.ends[i].runes = last.runes + length(e.text, last.offset, e.ends[i].offset)
		last = e.ends[i]
	}
}

// scan collects the boundaries and pairs of text[from:to].
func (e *expander) scan(from, to int) {
	const lookBehind = 4 // characters before from that may end a sentence or clause
	g, text := grader{}, e.text
	open := e.open[:0]
	for at := backward(text, from, lookBehind); at <= to; {
		if g.ended == noBreak && at > 0 && isCommonHan(text, at) { // where nothing happens
			at += commonSize
			continue
		}
		r, size := rune(0), 1
		if at < len(text) {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		q := g.before(r)
		if at == 0 || at == len(text) {
			q = sentenceBreak
		}
		if at >= from && q > noBreak && e.isBoundary(at) {
			e.addBoundary(boundary{offset: at, quality: q})
		}
		if at >= from && at < to {
			open = e.pair(open, r, at)
		}
		at += size
	}
	e.open = open
	for _, o := range open {
		e.pairs = append(e.pairs, search.Span{Start: o.offset, End: len(text) + 1})
	}
}

func (e *expander) addBoundary(b boundary) {
	if b.offset <= e.seed.Start && b.offset < len(e.text) {
		e.starts = append(e.starts, b)
	}
	if b.offset >= e.seed.End && b.offset > 0 {
		e.ends = append(e.ends, b)
	}
}

// openPair is an opening quote or bracket whose other half was not seen yet.
type openPair struct {
	offset  int
	closing rune
}

// pair handles a quote or bracket. If its other half is out of sight, the pair
// reaches beyond the text.
func (e *expander) pair(open []openPair, r rune, at int) []openPair {
	if closing := closingOf(r); closing != 0 {
		return append(open, openPair{at, closing})
	}
	if !isClosing(r) {
		return open
	}
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].closing == r {
			e.pairs = append(e.pairs, search.Span{Start: open[i].offset, End: at})
			return open[:i]
		}
	}
	e.pairs = append(e.pairs, search.Span{Start: -1, End: at})
	return open
}

// best returns the fragment with the highest gain.
func (e *expander) best() search.Span {
	out, best := e.seed, math.Inf(-1)
	for _, start := range e.starts {
		for _, end := range e.ends {
			if start.runes+end.runes > e.budget || start.offset > e.seed.Start || end.offset < e.seed.End {
				continue
			}
			if gain := e.gain(start, end); gain > best {
				out, best = search.Span{Start: start.offset, End: end.offset}, gain
			}
		}
	}
	return out
}

func (e *expander) gain(start, end boundary) float64 {
	gain := boundaryGains[start.quality] + boundaryGains[end.quality]
	gain -= splitLoss * float64(e.splitPairs(start.offset, end.offset))
	if e.budget > 0 {
		used, lead := float64(start.runes+end.runes), float64(start.runes)
		gain += (fillGain*used - leadLoss*lead) / float64(e.budget)
	}
	return gain
}

// splitPairs counts the pairs of which text[start:end] shows one half.
func (e *expander) splitPairs(start, end int) int {
	n := 0
	for _, p := range e.pairs {
		if (start <= p.Start && p.Start < end) != (start <= p.End && p.End < end) {
			n++
		}
	}
	return n
}
