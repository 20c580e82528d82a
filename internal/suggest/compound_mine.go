package suggest

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// A compound is a run of adjacent words that recurs and is whole: 平台经济,
// or 碳中和, which jieba cuts into 碳中 and 和. They are found in three steps:
//
//   - A Miner counts runs of words while texts are segmented, as ToPMine does
//     (El-Kishky, Song, Wang, Voss and Han, Scalable Topical Phrase Mining from Text
//     Corpora, 2014): no run is counted before its parts are frequent.
//   - A Tally counts in the texts themselves what the best runs, and the words that
//     jieba guessed, are followed and preceded by.
//   - A Selection drops incomplete words: strings that one and the same character nearly
//     always continues. It is the accessor variety criterion (Feng, Chen, Deng and
//     Zheng, Accessor Variety Criteria for Chinese Word Extraction, 2004), together
//     with mutual information.

const (
	maxCompoundWords = 4
	maxCompoundRunes = 10
	minCompoundRunes = 3
	maxCompounds     = 60_000
)

// Limits of a Miner.
const (
	leastMined = 3       // occurrences
	maxMined   = 600_000 // runs, at about 80 bytes each
	maxScanned = 200_000 // runs of which a Miner gives a Tally
)

// Miner counts runs of words of folded texts. It is for one goroutine.
type Miner struct {
	skip   func(word string) bool
	sketch []uint8 // count-min sketch of two rows of the runs that are not in runs
	runs   minedRuns
	least  uint32 // sightings from which a run is counted in runs

	text           textnorm.Joined
	foldedEnd      int        // of the tokens so far, in the folded text
	pending        minedToken // the token that the next one may lie in
	pendingIsValid bool
	tokens         []minedToken // to take
	window         []minedToken // the last ones that were taken
	stops          [1 << 10]stopAnswer

	hashes []uint64 // of runs of two tokens
	sum    uint32   // of what was read ahead
}

// minedToken is a token of the text of a Miner, in bytes.
type minedToken struct {
	start, end int
	isStop     bool
	isApart    bool // something is between the token before and this one

	// Hashes of the run from this token to the last one of the window, and to the one
	// before that.
	hash, hashBefore uint64
}

// NewMiner returns a Miner for about so many articles. A word for which skip
// reports true, a stop word, does not begin a run, and ends only one of two words.
func NewMiner(articles int, skip func(word string) bool) *Miner {
	size := 1 << 16
	for size < articles<<10 && size < 1<<24 {
		size <<= 1
	}
	return &Miner{skip: skip, sketch: make([]uint8, size), least: leastMined}
}

// Begin begins a text.
func (m *Miner) Begin(joined textnorm.Joined) {
	m.End()
	m.text, m.foldedEnd = joined, 0
}

// End ends the last text.
func (m *Miner) End() {
	m.endToken()
	m.takeAll()
	m.window = m.window[:0]
}

// Add adds a token of the text, with its offsets in the folded text. Tokens come sorted
// by start, then end, and those inside a longer one are left out.
func (m *Miner) Add(start, end int) {
	gap := start - m.foldedEnd
	m.foldedEnd = max(m.foldedEnd, end)
	start, end = m.text.Offset(start), m.text.Offset(end)
	switch {
	case !m.pendingIsValid, start >= m.pending.end:
		m.endToken()
		m.pending, m.pendingIsValid = minedToken{start: start, end: end}, true
		m.pending.isApart = gap != 0 && gap != len("·") // no name, as 哈利·波特 is
	case start == m.pending.start && end > m.pending.end:
		m.pending.end = end
	}
}

// endToken ends the pending token.
func (m *Miner) endToken() {
	if !m.pendingIsValid {
		return
	}
	m.pendingIsValid = false
	if m.tokens = append(m.tokens, m.pending); len(m.tokens) == maxTokens {
		m.takeAll()
	}
}

// maxTokens is how many tokens are taken at a time: what is read for them fits into the
// caches of a processor.
const maxTokens = 256

// takeAll counts the runs of the tokens so far. First it reads the places of all runs of two
// tokens, so that the processor waits for many of them at a time: those in the sketch, then
// those in the table of runs that may be there.
func (m *Miner) takeAll() {
	m.hashes = m.hashes[:0]
	for i := range m.tokens {
		t := &m.tokens[i]
		word := m.text.Text[t.start:t.end]
		t.hash = runHash(word)
		if i > 0 {
			m.hashes = append(m.hashes, extendHash(m.tokens[i-1].hash, word))
		}
	}
	sum := uint32(0)
	for _, h := range m.hashes {
		a, b := m.cells(h)
		sum += uint32(*a) + uint32(*b)
	}
	for _, h := range m.hashes {
		if m.mayHave(h) {
			sum += m.runs.touch(h)
		}
	}
	m.sum = sum
	for _, t := range m.tokens {
		m.take(t)
	}
	m.tokens = m.tokens[:0]
}

// particles are stop words that no compound contains.
const particles = "的了是在和与及或等也都就而着"

// take appends a token to the window and counts the runs that end with it.
func (m *Miner) take(t minedToken) {
	if n := len(m.window); t.isApart || n > 0 && m.window[n-1].end != t.start {
		m.window = m.window[:0]
	}
	n := len(m.window)
	word := m.text.Text[t.start:t.end]
	t.isStop = m.isStop(t.hash, word)
	for i := range m.window {
		w := &m.window[i]
		w.hash, w.hashBefore = extendHash(w.hash, word), w.hash
	}
	m.countRuns(t)
	if t.isStop && strings.Contains(particles, word) {
		m.window = m.window[:0]
		return
	}
	if n == maxCompoundWords-1 {
		m.window = append(m.window[:0], m.window[1:]...)
	}
	m.window = append(m.window, t)
}

// isStop reports whether a word with a hash is a stop word. It remembers the last answers.
func (m *Miner) isStop(hash uint64, word string) bool {
	a := &m.stops[hash%uint64(len(m.stops))]
	if a.hash != hash || !a.isValid {
		*a = stopAnswer{hash, m.skip(word), true}
	}
	return a.isStop
}

// stopAnswer is whether the word with a hash is a stop word.
type stopAnswer struct {
	hash            uint64
	isStop, isValid bool
}

// countRuns counts the runs that end with a token after the window.
func (m *Miner) countRuns(t minedToken) {
	n := len(m.window)
	for k := 1; k <= n; k++ {
		first := &m.window[n-k]
		if k > 1 && (t.isStop || !m.hasBefore(first, n)) {
			return
		}
		run := m.text.Text[first.start:t.end]
		if len(run) > maxCompoundRunes && utf8.RuneCountInString(run) > maxCompoundRunes {
			return
		}
		if !first.isStop {
			m.count(run, first, &t)
		} else if k > 1 {
			return
		}
	}
}

// hasBefore reports whether the run from a token to the last of the n of the window
// that is no stop word is frequent, or that token alone.
func (m *Miner) hasBefore(first *minedToken, n int) bool {
	last, hash := &m.window[n-1], first.hashBefore
	if last.isStop {
		last = &m.window[n-2]
		hash = runHash(m.text.Text[first.start:last.end])
	}
	return last.start <= first.start || m.runs.has(hash)
}

// count counts an occurrence of a run from one token to another.
func (m *Miner) count(run string, first, last *minedToken) {
	joint := uint32(0)
	if from, to := m.text.Span(first.start, last.end); to-from > len(run) {
		joint = 1
	}
	h := first.hash
	if m.mayHave(h) {
		if p := m.runs.find(h); p.run != 0 {
			p.count++
			if joint > 0 {
				m.runs.get(p).joint++
			}
			return
		}
	}
	n := m.seen(h)
	if n < m.least || !hasHan(run) {
		return
	}
	m.runs.add(minedRun{
		text: strings.Clone(run), first: uint8(first.end - first.start), last: uint8(last.end - last.start),
		joint: joint * n, // as if the others were like this one
		hash:  h,
	}, n)
	if len(m.runs.list) > maxMined {
		m.prune()
	}
}

// seen counts an occurrence of a run, given by its hash, in the sketch and returns
// the estimate.
func (m *Miner) seen(h uint64) uint32 {
	a, b := m.cells(h)
	n := min(*a, *b)
	if n < math.MaxUint8 { // conservative update
		*a, *b = max(*a, n+1), max(*b, n+1)
		n++
	}
	return uint32(n)
}

// mayHave reports whether a run can be in runs. Then it has been seen so often in the sketch.
func (m *Miner) mayHave(h uint64) bool {
	a, b := m.cells(h)
	return min(*a, *b) >= leastMined
}

// cells returns the two counts of a run in the sketch.
func (m *Miner) cells(h uint64) (a, b *uint8) {
	mask := uint64(len(m.sketch)/2 - 1)
	return &m.sketch[h&mask], &m.sketch[mask+1+h>>32&mask]
}

// prune drops the rarest half of the runs, and raises the count from which others
// are kept.
func (m *Miner) prune() {
	counts := make([]uint32, 0, len(m.runs.list))
	for _, r := range m.runs.all() {
		counts = append(counts, r.count)
	}
	slices.Sort(counts)
	middle := counts[len(counts)/2]
	m.least = min(max(m.least+1, middle), math.MaxUint8)
	m.runs.keep(middle)
}

// Merge adds the runs of another Miner, which has ended its last text. After it m counts no
// more texts: the runs are not in its sketch.
func (m *Miner) Merge(other *Miner) {
	for _, r := range other.runs.all() {
		if p := m.runs.find(r.hash); p.run != 0 {
			p.count += r.count
			m.runs.get(p).joint += r.joint
		} else {
			m.runs.add(r, r.count)
		}
	}
}

// best returns the most frequent runs, half of them such that begin or end with a
// word that is not in the dictionary: those are what incomplete words are continued to.
func (m *Miner) best(isKnown func(word string) bool) []*minedRun {
	runs := m.runs.all()
	all := make([]*minedRun, 0, len(runs))
	for i := range runs {
		all = append(all, &runs[i])
	}
	slices.SortFunc(all, func(a, b *minedRun) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text))
	})
	var out []*minedRun
	known, others := 0, 0
	for _, r := range all {
		if others >= maxScanned/2 && (known >= maxScanned/2 || r.count < minCompoundDF) {
			break
		}
		kind := &others
		if isKnown(r.firstWord()) && isKnown(r.lastWord()) {
			if r.count < minCompoundDF {
				continue
			}
			kind = &known
		}
		if *kind++; *kind <= maxScanned/2 {
			out = append(out, r)
		}
	}
	return out
}

func (r *minedRun) firstWord() string { return r.text[:r.first] }
func (r *minedRun) lastWord() string  { return r.text[len(r.text)-int(r.last):] }

func hasHan(s string) bool { return strings.IndexFunc(s, textnorm.IsHan) >= 0 }
