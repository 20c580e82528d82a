package suggest

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// A compound is a run of adjacent words that recurs and is whole: 平台经济,
// or 碳中和, which jieba cuts into 碳中 and 和. They are found in three steps:
//
//   - A Miner keeps the numbers of the words of texts while these are segmented, and counts
//     the characters around each word.
//   - Then it counts runs of words by their length, as ToPMine does (El-Kishky, Song, Wang,
//     Voss and Han, Scalable Topical Phrase Mining from Text Corpora, 2014): no run is counted
//     unless its parts are frequent. Of the best it counts the documents and the characters
//     around them (compound_runs.go, compound_count.go).
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
	leastMined    = 3       // occurrences of a run
	maxScanned    = 200_000 // runs of which documents are counted
	maxMinedWords = 500_000 // words of one Miner, at about 130 bytes each
)

// Dictionary knows words.
type Dictionary struct {
	IsKnown func(word string) bool // is in the dictionary
	IsStop  func(word string) bool // does not begin a compound, and ends none but of incomplete words
	Spelling
}

// Miner collects the words of folded texts. It is for one goroutine.
type Miner struct {
	Dictionary
	words    minedWords
	contexts []context // by word
	document uint32    // the current one, from 1

	// The texts of a share of the articles are kept, so that their runs can be counted. Words of
	// the dictionary are counted in these, guessed ones in all.
	share   float64
	turn    float64 // of the current article; it is kept if this is below share
	chunks  [][]uint32
	sampled []uint32 // the articles that are kept
	article uint32   // the current one, from 0

	text           textnorm.Joined
	foldedEnd      int        // of the tokens so far, in the folded text
	pending        minedToken // the token that the next one may lie in
	pendingIsValid bool
	tokens         []minedToken // of the text that are looked up
	lastEnd        int          // of the token before pending, -1 if there is none
	lastIsTaken    bool         // it is in tokens
	missed         []int        // tokens whose words are not among the recent ones
	sum            uint32       // of what was read ahead

	sightings map[uint32]*sightings // of words that may be spelt in several ways, or have joiners

	others []*Miner // merged into this one
}

// minedToken is a token of the text of a Miner, in bytes.
type minedToken struct {
	start, end   int
	isAdjacent   bool // nothing, or a middle dot, is between the token before and this one
	isAfterDot   bool // a middle dot is
	isContinued  bool // the next one is adjacent
	isJoint      bool // it has joiners inside
	mayBeGuessed bool

	key    wordKey
	hash   uint64
	number uint32 // plus 1; 0 if the word is not looked up
	flags  wordFlags
}

// A kept text is a sequence of these: marks, or numbers of words and bits.
const (
	breakMark    = iota // between tokens that are not adjacent
	documentMark        // after a document
	articleMark         // after an article
	firstWord           // the number of the first word

	isJoint    = 1 << 30 // the word has joiners inside
	isAfterDot = 1 << 31 // a middle dot is before the word
	wordMask   = isJoint - 1
)

// chunkSize is how many of them are allocated at a time. No run is in two chunks.
const (
	chunkBits = 16
	chunkSize = 1 << chunkBits
)

// NewMiner returns a Miner that counts the runs of a share of all articles, from 0 to 1.
func NewMiner(words Dictionary, share float64) *Miner {
	return &Miner{
		Dictionary: words, words: newMinedWords(), document: 1, share: share, sightings: map[uint32]*sightings{},
	}
}

// Begin begins a text.
func (m *Miner) Begin(joined textnorm.Joined) {
	m.endText()
	m.text, m.foldedEnd, m.lastEnd, m.lastIsTaken = joined, 0, -1, false
}

// EndDocument ends a document, a paragraph of an article or its headings.
func (m *Miner) EndDocument() {
	m.endText()
	m.document++
	m.keep(documentMark)
}

// EndArticle ends an article.
func (m *Miner) EndArticle() {
	m.keep(articleMark)
	if m.isKept() {
		m.sampled = append(m.sampled, m.article)
	}
	m.article++
	const golden = 0.6180339887498949 // the turns of any articles in a row are spread evenly
	_, m.turn = math.Modf(float64(m.article) * golden)
	if len(m.words.list) > maxMinedWords {
		m.prune()
	}
}

// Add adds a token of the text, with its offsets in the folded text, and whether jieba may have
// guessed it. Tokens come sorted by start, then end, and those inside a longer one are left out.
func (m *Miner) Add(start, end int, mayBeGuessed bool) {
	gap := start - m.foldedEnd
	m.foldedEnd = max(m.foldedEnd, end)
	start, end = m.text.Offset(start), m.text.Offset(end)
	switch {
	case !m.pendingIsValid, start >= m.pending.end:
		m.endToken()
		const dot = len("·") // of names, as 哈利·波特
		isAdjacent := (gap == 0 || gap == dot) && start == m.lastEnd
		if isAdjacent && m.lastIsTaken {
			m.tokens[len(m.tokens)-1].isContinued = true
		}
		m.pending.start, m.pending.end, m.pending.mayBeGuessed = start, end, mayBeGuessed
		m.pending.isAdjacent, m.pending.isAfterDot = isAdjacent, gap == dot
		m.pendingIsValid = true
	case start == m.pending.start && end > m.pending.end:
		m.pending.end, m.pending.mayBeGuessed = end, mayBeGuessed
	}
}

// endToken ends the pending token. If the text is not kept, it takes only tokens that jieba may
// have guessed or that have joiners.
func (m *Miner) endToken() {
	if !m.pendingIsValid {
		return
	}
	t := &m.pending
	from, to := m.text.Span(t.start, t.end)
	t.isJoint = to-from > t.end-t.start
	m.pendingIsValid, m.lastEnd = false, t.end
	if m.lastIsTaken = t.mayBeGuessed || t.isJoint || m.isKept(); m.lastIsTaken {
		m.tokens = append(m.tokens, *t)
	}
}

// isKept reports whether the text of the current article is kept.
func (m *Miner) isKept() bool { return m.turn < m.share }

// endText counts the words of the text and keeps it.
func (m *Miner) endText() {
	m.endToken()
	m.number()
	isKept := m.isKept()
	for i := range m.tokens {
		t := &m.tokens[i]
		if isKept && (!t.isAdjacent || t.number == 0) {
			m.keep(breakMark)
		}
		if t.number == 0 {
			continue
		}
		if isKept || t.flags&isDictionaryWord == 0 {
			m.countWord(t)
		}
		if t.isJoint || t.flags&mayBeSpelt != 0 {
			m.sight(t.number - 1)
		}
		if isKept {
			m.keep(t.value())
		}
	}
	m.keep(breakMark)
	m.tokens = m.tokens[:0]
	if cap(m.tokens) > maxTokens {
		m.tokens, m.missed = nil, nil
	}
	m.text = textnorm.Joined{}
}

// maxTokens is how many tokens of a text are kept for the next one.
const maxTokens = 1 << 12

// number looks up the words of the tokens. Those that are not among the recent ones are looked up
// after their places were read, and so are the places of their contexts: the processor waits for
// many of them at a time.
func (m *Miner) number() {
	m.missed = m.missed[:0]
	text, sum := m.text.Text, uint32(0)
	for i := range m.tokens {
		t := &m.tokens[i]
		word := text[t.start:t.end]
		if len(word) > maxWordBytes {
			continue
		}
		if len(word) > keySize {
			m.missed = append(m.missed, i)
			continue
		}
		t.key = keyOf(text, t.start, t.end)
		t.hash = t.key.hash()
		if s := m.words.recentSlot(t.hash); s.key == t.key && s.number != 0 {
			t.number, t.flags = s.number, s.flags
			continue
		}
		sum += m.words.slots[t.hash>>m.words.shift].number
		m.missed = append(m.missed, i)
	}
	for _, i := range m.missed {
		t := &m.tokens[i]
		word := text[t.start:t.end]
		n, flags, ok := m.words.find(word, t.key, t.hash)
		if !ok {
			flags = m.flagsOf(word)
			n = m.words.add(word, flags)
			m.contexts = append(m.contexts, context{})
		}
		t.number, t.flags = n+1, flags
		sum += m.contexts[n].occurrences
	}
	m.sum = sum
}

// particles are stop words that no compound contains.
const particles = "的了是在和与及或等也都就而着"

// flagsOf returns what is known of a word.
func (m *Miner) flagsOf(word string) (f wordFlags) {
	if m.IsStop(word) {
		f |= isStopWord
		if strings.Contains(particles, word) {
			f |= isParticle
		}
	}
	if m.IsKnown(word) {
		f |= isDictionaryWord
	}
	if hasHan(word) {
		f |= hasHanCharacter
	}
	first, size := utf8.DecodeRuneInString(word)
	if unicode.IsDigit(first) {
		f |= beginsWithDigit
	}
	if size == len(word) {
		f |= isSingle
	}
	if m.IsAmbiguous(word) {
		f |= isAmbiguous
		if mustAskTexts(word, m.Spelling, m.IsKnown) {
			f |= mayBeSpelt
		}
	}
	return f
}

// countWord counts a word.
func (m *Miner) countWord(t *minedToken) {
	c := &m.contexts[t.number-1]
	if t.flags&(isSingle|hasHanCharacter) != hasHanCharacter {
		c.occurrences++
		return
	}
	before, after := noCharacter, noCharacter
	if t.isAdjacent {
		before, _ = utf8.DecodeLastRuneInString(m.text.Text[:t.start])
	}
	if t.isContinued {
		after, _ = utf8.DecodeRuneInString(m.text.Text[t.end:])
	}
	c.count(m.document, before, after)
}

// value returns a word as it is kept.
func (t *minedToken) value() uint32 {
	value := t.number - 1 + firstWord
	if t.isJoint {
		value |= isJoint
	}
	if t.isAfterDot {
		value |= isAfterDot
	}
	return value
}

// sightings are the first articles that have a string.
type sightings struct {
	articles [6]uint32
	n        uint8
}

func (s *sightings) add(article uint32) {
	if n := int(s.n); n < len(s.articles) && (n == 0 || s.articles[n-1] != article) {
		s.articles[n] = article
		s.n++
	}
}

// sight remembers that the current article has a word whose spelling may matter.
func (m *Miner) sight(number uint32) {
	s := m.sightings[number]
	if s == nil {
		s = new(sightings)
		m.sightings[number] = s
	}
	s.add(m.article)
}

// keep appends to the kept texts.
func (m *Miner) keep(value uint32) {
	if !m.isKept() {
		return
	}
	last := len(m.chunks) - 1
	if last < 0 || len(m.chunks[last]) == chunkSize {
		m.chunks = append(m.chunks, make([]uint32, 0, chunkSize))
		last++
	}
	m.chunks[last] = append(m.chunks[last], value)
}

// prune forgets words that occurred only once, then those that occurred twice and so on, until
// there is room for others.
func (m *Miner) prune() {
	for least := uint32(2); len(m.words.list) > maxMinedWords/2; least++ {
		words, contexts := newMinedWords(), []context(nil)
		number := make([]uint32, len(m.words.list)) // plus firstWord; breakMark for those that are forgotten
		for n := range m.words.list {
			if w := &m.words.list[n]; m.contexts[n].occurrences >= least {
				number[n] = words.add(string(m.words.word(uint32(n))), w.flags) + firstWord
				contexts = append(contexts, m.contexts[n])
			}
		}
		for _, chunk := range m.chunks {
			for i, v := range chunk {
				if v&wordMask >= firstWord {
					chunk[i] = number[v&wordMask-firstWord]
					if chunk[i] != breakMark {
						chunk[i] |= v &^ wordMask
					}
				}
			}
		}
		seen := map[uint32]*sightings{}
		for n, s := range m.sightings {
			if number[n] != breakMark {
				seen[number[n]-firstWord] = s
			}
		}
		m.words, m.contexts, m.sightings = words, contexts, seen
	}
}

// Merge adds another Miner, which has ended its last article. Its articles follow those of m.
func (m *Miner) Merge(other *Miner) {
	m.others = append(m.others, other)
}

// all returns m and what was merged into it.
func (m *Miner) all() []*Miner { return append([]*Miner{m}, m.others...) }

func hasHan(s string) bool { return strings.IndexFunc(s, textnorm.IsHan) >= 0 }
