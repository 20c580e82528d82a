package suggest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A lexicon as a stream: lexiconMagic, then unsigned varints:
//
//	documents
//	words:  number of words, then for each: bytes shared with the previous word,
//	        number of other bytes, those bytes, documents times 2, plus 1 if it
//	        may be suggested as a completion
//	compounds: number of compounds, then for each the same as for a word, with
//	        plain documents
//	spellings: number of spellings, then for each: difference of the index of its word,
//	        or after those compound, to the previous one, number of bytes, those bytes
//	chars:  number of characters, then for each the difference to the previous one
//	pairs:  for each character the number of its pairs, then for each: difference
//	        of the index of the second character to the previous one, documents
const lexiconMagic = "XWLEX3\n"

// Write writes l in the format of Read.
func (l *Lexicon) Write(to io.Writer) error {
	w := &lexiconWriter{Writer: bufio.NewWriterSize(to, 1<<20)}
	w.WriteString(lexiconMagic)
	w.number(l.documents)
	w.list(&l.wordList, func(i int) int {
		n := 2 * int(l.counts[i])
		if l.isWhole(i) {
			n++
		}
		return n
	})
	w.list(&l.compounds, func(i int) int { return int(l.compounds.counts[i]) })
	w.spellings(l)
	w.number(len(l.chars))
	last := 0
	for _, r := range l.chars {
		w.number(int(r) - last)
		last = int(r)
	}
	for i := range l.chars {
		from, to := l.followerStart[i], l.followerStart[i+1]
		w.number(int(to - from))
		last := 0
		for k := from; k < to; k++ {
			w.number(int(l.followers[k]) - last)
			w.number(int(l.pairCounts[k]))
			last = int(l.followers[k])
		}
	}
	return w.Flush()
}

// lexiconWriter ignores errors until Flush: bufio.Writer keeps the first.
type lexiconWriter struct {
	*bufio.Writer
	buffer [binary.MaxVarintLen64]byte
}

func (w *lexiconWriter) number(n int) {
	w.Writer.Write(binary.AppendUvarint(w.buffer[:0], uint64(n)))
}

func (w *lexiconWriter) spellings(l *Lexicon) {
	w.number(len(l.spellings))
	last := entry(0)
	for _, e := range slices.Sorted(maps.Keys(l.spellings)) {
		w.number(int(e - last))
		w.number(len(l.spellings[e]))
		w.WriteString(l.spellings[e])
		last = e
	}
}

// list writes strings, each with a number.
func (w *lexiconWriter) list(l *wordList, number func(i int) int) {
	w.number(len(l.counts))
	previous := ""
	for i := range l.counts {
		word := l.word(i)
		shared := sharedPrefix(previous, word)
		w.number(shared)
		w.number(len(word) - shared)
		w.WriteString(word[shared:])
		w.number(number(i))
		previous = word
	}
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// errLexicon reports a stream that Write did not write.
var errLexicon = errors.New("not a lexicon, or damaged")

// maxDocuments is more than any generation has.
const maxDocuments = 1 << 40

// Read reads what Write wrote. The largest lexicon takes about 20 ms.
func Read(from io.Reader) (*Lexicon, error) {
	data, err := io.ReadAll(from)
	if err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(data, []byte(lexiconMagic))
	if !ok {
		return nil, errLexicon
	}
	r := &lexiconReader{data: rest}
	l := &Lexicon{documents: r.number(maxDocuments)}
	r.list(&l.wordList, maxWords, func(n int) int {
		l.whole = append(l.whole, n&1 == 1)
		return n >> 1
	})
	r.list(&l.compounds, maxCompounds, func(n int) int { return n })
	r.readSpellings(l)
	r.readPairs(l)
	if r.failed || len(r.data) > 0 {
		return nil, errLexicon
	}
	l.derive()
	return l, nil
}

// lexiconReader returns zeros after the first invalid number.
type lexiconReader struct {
	data   []byte
	failed bool
}

// number reads a number that is at most limit.
func (r *lexiconReader) number(limit int) int {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > uint64(limit) {
		r.failed, r.data = true, nil
		return 0
	}
	r.data = r.data[size:]
	return int(n)
}

// next reads size bytes.
func (r *lexiconReader) next(size int) []byte {
	if size > len(r.data) {
		r.failed, r.data = true, nil
		return nil
	}
	out := r.data[:size]
	r.data = r.data[size:]
	return out
}

// list reads at most limit strings, and documents makes the count of each of its
// number.
func (r *lexiconReader) list(l *wordList, limit int, documents func(number int) int) {
	n := r.number(limit)
	l.starts = make([]uint32, 0, n+1)
	l.counts = make([]uint32, 0, n)
	var text strings.Builder
	var word []byte
	for i := 0; i < n && !r.failed; i++ {
		shared := r.number(len(word))
		word = append(word[:shared], r.next(r.number(maxWordBytes))...)
		l.starts = append(l.starts, uint32(text.Len()))
		l.counts = append(l.counts, uint32(documents(r.number(2*math.MaxUint32+1))))
		text.Write(word)
	}
	l.starts = append(l.starts, uint32(text.Len()))
	l.text = text.String()
}

// maxSpellingBytes is more than a word or compound has with its joiners.
const maxSpellingBytes = 1 << 10

func (r *lexiconReader) readSpellings(l *Lexicon) {
	entries := len(l.counts) + len(l.compounds.counts)
	l.spellings = map[entry]string{}
	at := 0
	for range r.number(entries) {
		at += r.number(entries - 1 - at)
		l.spellings[entry(at)] = string(r.next(r.number(maxSpellingBytes)))
		if r.failed {
			return
		}
	}
}

func (r *lexiconReader) readPairs(l *Lexicon) {
	n := r.number(maxChars)
	l.chars = make([]rune, n)
	at := 0
	for i := range l.chars {
		at += r.number(utf8.MaxRune - at)
		l.chars[i] = rune(at)
	}
	l.followerStart = make([]uint32, n+1)
	for i := 0; i < n && !r.failed; i++ {
		at := 0
		for range r.number(n) {
			at += r.number(n - 1 - at)
			l.followers = append(l.followers, uint16(at))
			l.pairCounts = append(l.pairCounts, uint32(r.number(math.MaxUint32)))
		}
		l.followerStart[i+1] = uint32(len(l.followers))
	}
}
