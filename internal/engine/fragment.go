package engine

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// growAll gives each core, in order and apart, a share of the room that a
// snippet has left, and joins what comes to touch, or almost.
func growAll(s seams, cores []stretch) []stretch {
	text, room := s.text, snippetRunes
	for i, c := range cores {
		c.start, c.end = s.before(c.start), s.after(c.end)
		cores[i] = c
		room -= length(text, c.start, c.end)
	}
	var out []stretch
	low := 0
	for i, c := range cores {
		high := len(text)
		if i+1 < len(cores) {
			high = cores[i+1].start
		}
		share := max(0, room) / (len(cores) - i)
		g := c
		if c.start < high && c.start >= low {
			g = s.trim(newGrowth(s, c, low, high, share).best(), c)
		}
		room -= length(text, g.start, g.end) - length(text, c.start, c.end)
		if n := len(out); n > 0 && forward(text, out[n-1].end, joinRunes) >= g.start {
			out[n-1].end = max(out[n-1].end, g.end)
		} else {
			out = append(out, g)
		}
		low = out[len(out)-1].end
	}
	if first := &out[0]; forward(text, 0, joinRunes) >= first.start {
		first.start = 0
	}
	if last := &out[len(out)-1]; forward(text, last.end, joinRunes) == len(text) {
		last.end = len(text)
	}
	return out
}

// trim takes white space off a fragment's ends, outside of its core and of
// marks.
func (s seams) trim(f, core stretch) stretch {
	f.start = core.start - len(strings.TrimLeftFunc(s.text[f.start:core.start], unicode.IsSpace))
	if m, marked := s.mark(f.start); marked {
		f.start = m.Start
	}
	f.end = core.end + len(strings.TrimRightFunc(s.text[core.end:f.end], unicode.IsSpace))
	if m, marked := s.mark(f.end); marked {
		f.end = m.End
	}
	return f
}

// What a fragment gains and loses. A sentence's end beats a clause's unless it
// wastes more than half of the room; a sentence's beginning beats a clause's up
// to about half of the room before the first mark. Set by reading results.
const (
	gainFilled = 6. // by the share of the room that is used
	lossLead   = 4. // by the share that is used before the core
	lossSplit  = 3. // for each pair of quotes or brackets of which one half is shown
)

// gains of beginning or ending at a cut, by its quality.
var gains = [...]float64{hardCut: -4, minorCut: 2, clauseCut: 4, sentenceCut: 7}

// cut is a place between two characters.
type cut struct {
	at, runes int // in bytes, and in characters from the core
	quality   quality
}

// growth looks for the best fragment around a core.
type growth struct {
	seams
	core         stretch
	room         int
	starts, ends []cut
	pairs        []stretch // offsets of quotes and brackets that belong together
}

// newGrowth gathers the cuts within room characters of a core, between low and
// high.
func newGrowth(in seams, core stretch, low, high, room int) *growth {
	const usual = 16 // cuts on either side
	g, text := &growth{seams: in, core: core, room: room}, in.text
	g.starts, g.ends = make([]cut, 0, usual), make([]cut, 0, usual)
	from, to := max(low, backward(text, core.start, room)), min(high, forward(text, core.end, room))
	g.scan(from, to)
	// These are there in any text: a little before the core, and as far behind
	// it as that leaves, or where it ends.
	lead := min(contextRunes, room/2)
	start := min(core.start, in.after(max(from, backward(text, core.start, lead))))
	reach := min(to, forward(text, core.end, room-length(text, start, core.start)))
	g.starts = append(g.starts, cut{at: start})
	g.ends = append(g.ends, cut{at: max(core.end, in.before(reach))}, cut{at: core.end})
	for i, s := range g.starts {
		g.starts[i].runes = length(text, s.at, core.start)
	}
	for i, e := range g.ends {
		g.ends[i].runes = length(text, core.end, e.at)
	}
	return g
}

// scan notes the cuts and pairs of text[from:to].
func (g *growth) scan(from, to int) {
	const look = 4 // characters before from, to tell what ends there
	s, text := scanner{}, g.text
	var open []stretch // opening quotes and brackets that wait for their other half
	for at := backward(text, from, look); at <= to; {
		r, size := rune(0), 1
		if at < len(text) {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		q := s.before(r)
		if at == 0 || at == len(text) {
			q = sentenceCut
		}
		if at >= from && q > hardCut && g.at(at) {
			if at <= g.core.start && at < len(text) {
				g.starts = append(g.starts, cut{at: at, quality: q})
			}
			if at >= g.core.end && at > 0 {
				g.ends = append(g.ends, cut{at: at, quality: q})
			}
		}
		if at >= from && at < to {
			open = g.pair(open, r, at)
		}
		at += size
	}
	for _, o := range open {
		g.pairs = append(g.pairs, stretch{o.start, len(text) + 1})
	}
}

// pair takes in a quote or bracket; of a pair whose other half is not in
// sight, that lies outside the text.
func (g *growth) pair(open []stretch, r rune, at int) []stretch {
	if closing := closingOf(r); closing != 0 {
		return append(open, stretch{at, int(closing)})
	}
	if !isClosing(r) {
		return open
	}
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].end == int(r) {
			g.pairs = append(g.pairs, stretch{open[i].start, at})
			return open[:i]
		}
	}
	g.pairs = append(g.pairs, stretch{-1, at})
	return open
}

// best returns the fragment with the highest gain.
func (g *growth) best() stretch {
	out, best := g.core, math.Inf(-1)
	for _, s := range g.starts {
		for _, e := range g.ends {
			if s.runes+e.runes > g.room || s.at > g.core.start || e.at < g.core.end {
				continue
			}
			gain := gains[s.quality] + gains[e.quality] - lossSplit*float64(g.splits(s.at, e.at))
			if g.room > 0 {
				gain += (gainFilled*float64(s.runes+e.runes) - lossLead*float64(s.runes)) / float64(g.room)
			}
			if gain > best {
				out, best = stretch{s.at, e.at}, gain
			}
		}
	}
	return out
}

// splits counts the pairs of which text[start:end] shows one half.
func (g *growth) splits(start, end int) int {
	n := 0
	for _, p := range g.pairs {
		if (start <= p.start && p.start < end) != (start <= p.end && p.end < end) {
			n++
		}
	}
	return n
}

// forward returns the offset n characters after at, at most the text's end.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// backward returns the offset n characters before at, at least 0.
func backward(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}
