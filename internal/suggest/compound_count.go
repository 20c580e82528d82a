package suggest

import (
	"cmp"
	"maps"
	"math"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// minedRun is a run with the lengths of its first and its last word in bytes, and what was
// counted of it.
type minedRun struct {
	text        string
	first, last uint8
	count       uint32
	joint       uint32 // occurrences with joiners inside
	context     context
	isAmbiguous bool // by Spelling
	sightings   sightings
}

func (r *minedRun) firstWord() string { return r.text[:r.first] }
func (r *minedRun) lastWord() string  { return r.text[len(r.text)-int(r.last):] }

// MinedTexts is what a Miner and those merged into it found.
type MinedTexts struct {
	Dictionary
	miners []*Miner
	runs   []minedRun // the best
	hashes []uint64
	index  hashIndex // of hashes
	scale  float64   // all articles to those in which runs were counted

	words     *minedWords
	contexts  []context             // by word
	sightings map[uint32]*sightings // by word

	sum uint32 // of what was read ahead
}

// Count counts what the Miner and those merged into it have collected.
func (m *Miner) Count() *MinedTexts {
	t := &MinedTexts{Dictionary: m.Dictionary, miners: m.all(), scale: 1}
	articles, sampled := 0, 0
	for _, m := range t.miners {
		articles += int(m.article)
		sampled += len(m.sampled)
	}
	if sampled > 0 {
		t.scale = float64(articles) / float64(sampled)
	}
	c := newRunCounter(t.miners)
	t.choose(c, c.count())
	t.countRuns(c)
	t.mergeWords()
	return t
}

// choose keeps the most frequent runs, half of them such that begin or end with a word that is
// not in the dictionary: those are what incomplete words are continued to.
func (t *MinedTexts) choose(c *runCounter, found []foundRun) {
	var kinds [2][]foundRun // others, known
	var counts [2][]uint32
	for _, r := range found {
		if known, ok := c.isCandidate(r); ok {
			kinds[known], counts[known] = append(kinds[known], r), append(counts[known], r.count)
		}
	}
	for kind, list := range kinds {
		lowest := lowestKept(maxScanned/2, slices.Values(counts[kind]))
		for _, r := range list {
			if r.count >= lowest {
				t.runs = append(t.runs, c.run(r))
				t.hashes = append(t.hashes, c.hash(r))
			}
		}
	}
	t.index = newHashIndex(t.hashes)
}

// isCandidate reports whether a run may be a compound, and 1 if its first and last word are in
// the dictionary.
func (c *runCounter) isCandidate(r foundRun) (known int, ok bool) {
	chunk, values := c.values(r)
	first, last := chunk.word(values[0]), chunk.word(values[len(values)-1])
	flags, runes := wordFlags(0), 0
	for _, v := range values {
		flags |= chunk.word(v).flags
		runes += int(chunk.word(v).runes)
	}
	if first.flags&last.flags&isDictionaryWord != 0 {
		known = 1
	}
	return known, flags&hasHanCharacter != 0 && runes >= minCompoundRunes && (known == 0 || r.count >= minCompoundDF)
}

// run returns a run with its text.
func (c *runCounter) run(r foundRun) minedRun {
	chunk, values := c.values(r)
	flags := wordFlags(0)
	text := make([]byte, 0, maxCompoundRunes*utf8.UTFMax)
	for _, v := range values {
		text = append(text, chunk.words().word(v&wordMask-firstWord)...)
		flags |= chunk.word(v).flags
	}
	return minedRun{
		text: string(text), first: chunk.word(values[0]).bytes, last: chunk.word(values[len(values)-1]).bytes,
		count: r.count, isAmbiguous: flags&isAmbiguous != 0,
	}
}

// countRuns counts in the kept texts the documents of the chosen runs and the characters
// around them.
func (t *MinedTexts) countRuns(c *runCounter) {
	document, sampled := uint32(1), 0
	var hits []runHit
	for i := range c.chunks {
		w := runWindow{chunk: &c.chunks[i]}
		if i > 0 && w.chunk.miner != c.chunks[i-1].miner {
			sampled = 0
		}
		hits = hits[:0]
		for k, v := range w.chunk.values {
			switch v {
			case documentMark:
				document++
			case articleMark:
				sampled++
			}
			if !w.push(v) {
				continue
			}
			for length := 2; length <= w.n; length++ {
				if h := w.hashes[length]; t.index.filter.has(h) {
					hits = append(hits, runHit{
						hash: h, document: document, sampled: uint32(sampled),
						at: uint16(k), length: uint8(length), isJoint: w.isJoint(length),
					})
				}
			}
		}
		t.countHits(w.chunk, hits)
	}
}

// runHit is where a chunk may have a chosen run.
type runHit struct {
	hash              uint64
	document, sampled uint32
	at                uint16 // of the last word
	length            uint8
	isJoint           bool
	run               uint32 // plus 1; 0 for none
}

// countHits counts the hits of a chunk. As Miner.number, it reads places before it uses them.
func (t *MinedTexts) countHits(chunk *minedChunk, hits []runHit) {
	sum := uint32(0)
	for i := range hits {
		sum += t.index.firstSlot(hits[i].hash).at
	}
	for i := range hits {
		if s := t.index.slot(hits[i].hash); s.at > 0 {
			hits[i].run = s.at
			sum += t.runs[s.at-1].context.occurrences
		}
	}
	t.sum = sum
	for _, h := range hits {
		if h.run == 0 {
			continue
		}
		r := &t.runs[h.run-1]
		r.context.count(h.document, chunk.last(int(h.at)-int(h.length)), chunk.first(int(h.at)+1))
		if h.isJoint {
			r.joint++
		}
		if h.isJoint || r.isAmbiguous {
			r.sightings.add(chunk.firstArticle + chunk.miner.sampled[h.sampled])
		}
	}
}

// last returns the last character of the value at a place.
func (c *minedChunk) last(at int) rune {
	if at < 0 || c.values[at]&wordMask < firstWord {
		return noCharacter
	}
	r, _ := utf8.DecodeLastRune(c.words().word(c.values[at]&wordMask - firstWord))
	return r
}

// first returns the first character of the value at a place.
func (c *minedChunk) first(at int) rune {
	if at >= len(c.values) || c.values[at]&wordMask < firstWord {
		return noCharacter
	}
	r, _ := utf8.DecodeRune(c.words().word(c.values[at]&wordMask - firstWord))
	return r
}

// isJoint reports whether there are joiners in the run of the last words.
func (w *runWindow) isJoint(length int) bool {
	joint := w.joint[length-1] & isJoint
	for _, j := range w.joint[:length-1] {
		joint |= j
	}
	return joint != 0
}

// mergeWords adds up what the miners counted of words, in the one with most of them, and adds
// to that of a guessed word its occurrences in longer words: 马斯 is followed by the same
// character in all of them.
func (t *MinedTexts) mergeWords() {
	all := slices.MaxFunc(t.miners, func(a, b *Miner) int { return cmp.Compare(len(a.words.list), len(b.words.list)) })
	t.sightings = map[uint32]*sightings{}
	firstArticle := uint32(0)
	for _, m := range t.miners {
		number := func(n uint32) uint32 { return n }
		if m != all {
			numbers := mergeInto(all, m)
			number = func(n uint32) uint32 { return numbers[n] }
		}
		for n, s := range m.sightings {
			seen := t.sightings[number(n)]
			if seen == nil {
				seen = new(sightings)
				t.sightings[number(n)] = seen
			}
			for _, a := range s.articles[:s.n] {
				seen.add(firstArticle + a)
			}
		}
		firstArticle += m.article
	}
	t.words, t.contexts = &all.words, all.contexts
	own := slices.Clone(t.contexts)
	for i := range own {
		if t.words.list[i].runes > 2 && own[i].occurrences > 0 {
			t.addInside(string(t.words.word(uint32(i))), &own[i])
		}
	}
}

// mergeInto adds the words of a miner to another, and returns their numbers there.
func mergeInto(all, m *Miner) []uint32 {
	numbers := make([]uint32, len(m.words.list))
	for i := range m.words.list {
		word := string(m.words.word(uint32(i)))
		n, _, ok := all.words.look(word)
		if !ok {
			n = all.words.add(word, m.words.list[i].flags)
			all.contexts = append(all.contexts, context{})
		}
		all.contexts[n].merge(&m.contexts[i])
		numbers[i] = n
	}
	return numbers
}

// addInside adds the occurrences of a word to the guessed words inside it.
func (t *MinedTexts) addInside(word string, c *context) {
	for from := range word {
		runes := 0
		for to := from; to < len(word); {
			_, size := utf8.DecodeRuneInString(word[to:])
			to += size
			if runes++; runes < 2 || to-from == len(word) {
				continue
			}
			n, flags, ok := t.words.look(word[from:to])
			if !ok || flags&isDictionaryWord != 0 {
				continue
			}
			inner := context{documents: c.documents, occurrences: c.occurrences, before: c.before, after: c.after}
			if from > 0 {
				before, _ := utf8.DecodeLastRuneInString(word[:from])
				inner.before = frequent{chars: [2]rune{before}, counts: [2]uint32{c.occurrences}}
			}
			if to < len(word) {
				after, _ := utf8.DecodeRuneInString(word[to:])
				inner.after = frequent{chars: [2]rune{after}, counts: [2]uint32{c.occurrences}}
			} else {
				inner.ends = c.ends
			}
			t.contexts[n].merge(&inner)
		}
	}
}

// run returns a run that is one of the best.
func (t *MinedTexts) run(text string) (*minedRun, bool) {
	n, ok := t.index.find(textHash(text))
	if !ok {
		return nil, false
	}
	return &t.runs[n], true
}

// context returns what was counted of a word.
func (t *MinedTexts) context(s string) context {
	if n, _, ok := t.words.look(s); ok {
		return t.contexts[n]
	}
	return context{}
}

// articles returns the articles in which the spellings of words and of runs are looked up, by
// the order in which the miners got them.
func (t *MinedTexts) articles(strings []string) []int {
	found := map[int]bool{}
	for _, text := range strings {
		var s *sightings
		if r, ok := t.run(text); ok {
			s = &r.sightings
		} else if n, _, ok := t.words.look(text); ok {
			s = t.sightings[n]
		}
		if s != nil {
			for _, a := range s.articles[:s.n] {
				found[int(a)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// documents estimates in how many documents a run is.
func (t *MinedTexts) documents(r *minedRun) int {
	return int(math.Round(float64(r.context.documents) * t.scale))
}

// hashIndex finds the places of hashes in a list: a hash table with linear probing, behind a
// filter.
type hashIndex struct {
	filter bitFilter
	slots  []hashSlot
	shift  int
}

// hashSlot has a place, plus 1; 0 is a free slot.
type hashSlot struct {
	hash uint64
	at   uint32
}

// newHashIndex returns the index of different hashes.
func newHashIndex(hashes []uint64) hashIndex {
	size := bits.Len(uint(2*len(hashes) + 1))
	x := hashIndex{newBitFilter(len(hashes)), make([]hashSlot, 1<<size), 64 - size}
	for i, h := range hashes {
		x.filter.add(h)
		*x.slot(h) = hashSlot{h, uint32(i) + 1}
	}
	return x
}

// firstSlot returns the first slot where a hash may be.
func (x *hashIndex) firstSlot(hash uint64) *hashSlot { return &x.slots[mixHash(hash)>>x.shift] }

// slot returns the slot of a hash, or the free one for it.
func (x *hashIndex) slot(hash uint64) *hashSlot {
	for i := mixHash(hash) >> x.shift; ; i++ {
		s := &x.slots[i&uint64(len(x.slots)-1)]
		if s.at == 0 || s.hash == hash {
			return s
		}
	}
}

// find returns the place of a hash, false if it is not there.
func (x *hashIndex) find(hash uint64) (int, bool) {
	s := x.slot(hash)
	return int(s.at) - 1, s.at != 0
}
