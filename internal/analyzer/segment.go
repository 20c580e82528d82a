package analyzer

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/jieba"
	"xunwen/internal/textnorm"
)

// Words segments a folded text for the index: jieba's words, known or guessed, with
// the words of two and three characters inside longer ones (search mode), and every
// run of other letters and digits (see runTerms), whole, in atoms and in pairs of them
// (iphone15pro: iphone, iphone15, 15 and so on). They are words of the joined text (see
// textnorm.Joined) and include what Segment returns for that. Offsets are those of the
// folded text, and the tokens are sorted by Start, then End.
//
// After a word with joiners inside comes the word with JointPrefix: the folded text
// has the word itself where it has no such term.
func (a *Analyzer) Words(folded string) []Token {
	all := make([]Token, 0, len(folded)/3)
	a.EachWord(folded, func(t Token) { all = append(all, t) })
	if len(folded) > maxChunk { // a run that continues in the next chunk came late
		slices.SortStableFunc(all, func(a, b Token) int { return span{a.Start, a.End}.compare(span{b.Start, b.End}) })
	}
	return all
}

// EachWord calls visit with the tokens of Words, chunk by chunk, so that a text
// of any size needs little more memory than its own. Only joint words, and texts with
// joiners, allocate memory.
func (a *Analyzer) EachWord(folded string, visit func(Token)) {
	a.EachJoinedWord(folded, textnorm.Join(folded), func(t Token, _ bool) { visit(t) })
}

// EachJoinedWord is EachWord for a text that is given in joined form, too. It tells whether jieba
// may have guessed a word: then the dictionary hardly ever has it.
func (a *Analyzer) EachJoinedWord(
	folded string, joined textnorm.Joined, visit func(t Token, mayBeGuessed bool),
) {
	text := joined.Text
	hasJoiners := len(text) != len(folded)
	s := a.scanner(joined, true)
	for s.next() {
		guessed := s.guessed
		for w := range s.merged {
			isGuessed := len(guessed) > 0 && guessed[0] == w
			if isGuessed {
				guessed = guessed[1:]
			}
			if !hasJoiners {
				visit(Token{text[w.Start:w.End], w.Start, w.End}, isGuessed)
				continue
			}
			start, end := joined.Span(w.Start, w.End)
			visit(Token{text[w.Start:w.End], start, end}, isGuessed)
			if end-start != w.End-w.Start {
				visit(Token{JointPrefix + text[w.Start:w.End], start, end}, isGuessed)
			}
		}
	}
	s.release()
}

// Segment segments a joined text for queries: words that don't overlap, in order.
func (a *Analyzer) Segment(joined string) []Token {
	var all []Token
	s := a.scanner(textnorm.Joined{Text: joined}, false)
	for s.next() {
		for w := range s.merged {
			all = append(all, Token{joined[w.Start:w.End], w.Start, w.End})
		}
	}
	s.release()
	return all
}

// scanner segments a text chunk by chunk. It is kept for other texts.
type scanner struct {
	*Analyzer
	search bool // for the index, with words inside words
	uncoverer
	buffer []byte       // the text as jieba gets it
	masked []byte       // the rest of that
	cut    []jieba.Span // the words of the chunk
	words  []span       // those of them that are kept

	guessed []span // those of words that jieba may have guessed
}

func (a *Analyzer) scanner(joined textnorm.Joined, search bool) *scanner {
	s, ok := a.scanners.Get().(*scanner)
	if !ok {
		s = &scanner{Analyzer: a}
	}
	s.search = search
	s.uncoverer.reset(joined, search)
	s.buffer = a.vocabulary.mask(s.buffer[:0], joined.Text)
	s.masked = s.buffer
	return s
}

// release keeps the scanner for other texts, without this one. It is not called after a panic.
func (s *scanner) release() {
	s.uncoverer.reset(textnorm.Joined{}, false)
	s.scanners.Put(s)
}

// next segments the next chunk of the text. It reports whether there is one.
//
// Of the words of jieba it keeps, in order, those that add to the runs of letters and
// digits: those with a Han character, and those that join runs across a sign (3.14,
// at&t).
func (s *scanner) next() bool {
	if len(s.masked) == 0 {
		return false
	}
	start := s.at
	chunk := s.masked[:chunkEnd(s.masked)]
	s.masked = s.masked[len(chunk):]
	if s.search {
		s.cut = s.cutter.CutForSearch(s.cut[:0], chunk)
	} else {
		s.cut = s.cutter.Cut(s.cut[:0], chunk)
	}
	s.words, s.guessed = s.words[:0], s.guessed[:0]
	for _, in := range s.cut {
		w := span{start + in.Start, start + in.End}
		if term := s.text[w.Start:w.End]; !hasHan(term) {
			term = strings.TrimRight(term, ".") // jieba includes the full stop after a number: 3. is 3
			w.End = w.Start + len(term)
			if !joinsRuns(term) {
				continue
			}
		}
		s.words = insert(s.words, w)
		if in.Guessed {
			s.guessed = insert(s.guessed, w)
		}
	}
	s.until(start+len(chunk), s.words)
	return true
}

// merged yields the words of the chunk and what they leave uncovered, in order and
// without repetitions.
func (s *scanner) merged(yield func(span) bool) {
	a, b := s.words, s.found
	last := span{none, none}
	for len(b) == 0 && len(a) > 0 { // in most texts, words leave nothing
		if a[0] != last && !yield(a[0]) {
			return
		}
		last, a = a[0], a[1:]
	}
	for len(a) > 0 || len(b) > 0 {
		from := &a
		if len(a) == 0 || len(b) > 0 && b[0].compare(a[0]) < 0 {
			from = &b
		}
		next := (*from)[0]
		*from = (*from)[1:]
		if next != last && !yield(next) {
			return
		}
		last = next
	}
}

// maxChunk bounds what one call segments, in bytes: a segmenter takes some memory for
// each character, cppjieba over 100 bytes for each byte. Longer calls are not faster.
const maxChunk = 32 << 10

// chunkEnd returns where to end the first chunk of a masked text: after the last
// separator, where segmentation does not change, else between characters.
func chunkEnd(masked []byte) int {
	if len(masked) <= maxChunk {
		return len(masked)
	}
	end := maxChunk
	for !utf8.RuneStart(masked[end]) {
		end--
	}
	space := bytes.LastIndexByte(masked[:end], ' ')
	stop := bytes.LastIndex(masked[:end], []byte("。"))
	switch {
	case space > stop:
		return space + 1
	case stop >= 0:
		return stop + len("。")
	}
	return end
}
