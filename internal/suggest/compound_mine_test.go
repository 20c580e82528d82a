package suggest

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// slowMiner is a Miner with a map, that hashes every run from its beginning.
type slowMiner struct {
	skip   func(word string) bool
	sketch []uint8
	runs   map[uint64]*minedRun
	least  uint32

	text           textnorm.Joined
	foldedEnd      int
	pending        minedToken
	pendingIsValid bool
	window         []minedToken
}

// Begin begins a text.
func (m *slowMiner) Begin(joined textnorm.Joined) {
	m.End()
	m.text, m.foldedEnd = joined, 0
}

// End ends the last text.
func (m *slowMiner) End() {
	m.take()
	m.window = m.window[:0]
}

// Add adds a token of the text, with its offsets in the folded text. Tokens come sorted
// by start, then end, and those inside a longer one are left out.
func (m *slowMiner) Add(start, end int) {
	gap := start - m.foldedEnd
	m.foldedEnd = max(m.foldedEnd, end)
	start, end = m.text.Offset(start), m.text.Offset(end)
	switch {
	case !m.pendingIsValid, start >= m.pending.end:
		m.take()
		if gap != 0 && gap != len("·") { // no name, as 哈利·波特 is
			m.window = m.window[:0]
		}
		m.pending, m.pendingIsValid = minedToken{start: start, end: end}, true
	case start == m.pending.start && end > m.pending.end:
		m.pending.end = end
	}
}

// take appends the pending token to the window and counts the runs that end
// with it.
func (m *slowMiner) take() {
	if !m.pendingIsValid {
		return
	}
	m.pendingIsValid = false
	t := m.pending
	n := len(m.window)
	if n > 0 && m.window[n-1].end != t.start {
		m.window, n = m.window[:0], 0
	}
	word := m.text.Text[t.start:t.end]
	t.isStop = m.skip(word)
	for k := 1; k <= n; k++ {
		first := m.window[n-k]
		if k > 1 && (t.isStop || !m.hasBefore(first, n)) {
			break
		}
		run := m.text.Text[first.start:t.end]
		if utf8.RuneCountInString(run) > maxCompoundRunes {
			break
		}
		if !first.isStop {
			m.count(run, first, t)
		} else if k > 1 {
			break
		}
	}
	if t.isStop && strings.Contains(particles, word) {
		m.window = m.window[:0]
		return
	}
	if n == maxCompoundWords-1 {
		m.window = append(m.window[:0], m.window[1:]...)
	}
	m.window = append(m.window, t)
}

// hasBefore reports whether the run from a token to the last of the n of the window
// that is no stop word is frequent, or that token alone.
func (m *slowMiner) hasBefore(first minedToken, n int) bool {
	last := m.window[n-1]
	if last.isStop {
		last = m.window[n-2]
	}
	if last.start <= first.start {
		return true
	}
	_, ok := m.runs[runHash(m.text.Text[first.start:last.end])]
	return ok
}

// count counts an occurrence of a run from one token to another.
func (m *slowMiner) count(run string, first, last minedToken) {
	joint := uint32(0)
	if from, to := m.text.Span(first.start, last.end); to-from > len(run) {
		joint = 1
	}
	h := runHash(run)
	if r, ok := m.runs[h]; ok {
		r.count++
		r.joint += joint
		return
	}
	n := m.seen(h)
	if n < m.least || !hasHan(run) {
		return
	}
	m.runs[h] = &minedRun{
		text: strings.Clone(run), first: uint8(first.end - first.start), last: uint8(last.end - last.start),
		count: n, joint: joint * n, // as if the others were like this one
	}
	if len(m.runs) > maxMined {
		m.prune()
	}
}

// seen counts an occurrence of a run, given by its hash, in the sketch and returns
// the estimate.
func (m *slowMiner) seen(h uint64) uint32 {
	mask := uint64(len(m.sketch)/2 - 1)
	a, b := &m.sketch[h&mask], &m.sketch[mask+1+h>>32&mask]
	n := min(*a, *b)
	if n < math.MaxUint8 { // conservative update
		*a, *b = max(*a, n+1), max(*b, n+1)
		n++
	}
	return uint32(n)
}

// prune drops the rarest half of the runs, and raises the count from which others
// are kept.
func (m *slowMiner) prune() {
	counts := make([]uint32, 0, len(m.runs))
	for _, r := range m.runs {
		counts = append(counts, r.count)
	}
	slices.Sort(counts)
	middle := counts[len(counts)/2]
	m.least = min(max(m.least+1, middle), math.MaxUint8)
	maps.DeleteFunc(m.runs, func(_ uint64, r *minedRun) bool { return r.count <= middle })
}

func TestMinerEqualsSlowOne(t *testing.T) {
	parts := strings.Fields("北约 东扩 的 和 大 碳 中和 平台 经济 江 桥 c919 · 15 ， -")
	isStop := func(word string) bool { return strings.Contains("的 和 大", word) }
	r := rand.New(rand.NewPCG(9, 4))
	fast, other := NewMiner(1, isStop), NewMiner(1, isStop)
	slow := &slowMiner{
		skip: isStop, sketch: make([]uint8, len(fast.sketch)), runs: map[uint64]*minedRun{}, least: leastMined,
	}
	for i := range 3000 {
		var words []string
		for range 1 + r.IntN(12) {
			words = append(words, parts[r.IntN(len(parts))])
		}
		joined := textnorm.Join(strings.Join(words, ""))
		fast.Begin(joined)
		slow.Begin(joined)
		at := 0
		for _, w := range words {
			if !strings.ContainsAny(w, "，·-") {
				fast.Add(at, at+len(w))
				slow.Add(at, at+len(w))
			}
			at += len(w)
		}
		if i == 200 {
			fast.End()
			slow.End()
			fast.prune()
			slow.prune()
		}
	}
	fast.End()
	slow.End()
	checkRuns(t, fast, slow.runs, 1)
	if len(slow.runs) < 100 {
		t.Errorf("only %d runs", len(slow.runs))
	}
	other.Merge(fast)
	other.Merge(fast)
	checkRuns(t, other, slow.runs, 2)
}

func checkRuns(t *testing.T, got *Miner, want map[uint64]*minedRun, times uint32) {
	t.Helper()
	if len(got.runs.all()) != len(want) {
		t.Errorf("%d runs, want %d", len(got.runs.all()), len(want))
	}
	for _, r := range got.runs.all() {
		w := want[r.hash]
		if w == nil || r.text != w.text || r.first != w.first || r.last != w.last ||
			r.count != times*w.count || r.joint != times*w.joint {
			t.Fatalf("run %+v, want %d times %+v", r, times, w)
		}
	}
}
