package analyzer

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"xunwen/internal/textnorm"
)

// JointPrefix begins the terms of joint grams. No folded text has it.
const JointPrefix = "\t"

// EachJointGram calls visit with the joint grams of a folded text: what the text has
// for words and Grams doesn't give, because a joiner (see textnorm.Joined) or the run
// that it is a part of is in the way. A term is JointPrefix and
//
//   - two Han characters with a joiner between them (九·一八: 九一),
//   - an atom, letters only or digits only, that is a part of a run (iphone15: iphone,
//     15) or has joiners inside (5,999: 5999),
//   - two atoms next to each other, an atom and the Han character next to it (第c-919型:
//     第c, c919, 919型),
//   - a group of digits next to a separator of thousands, after a comma (5,999: ,999).
//     Such a group is a gram of Grams without being a word of the text.
//
// Other joiners cut an atom into runs. Each sequence of those counts as an atom too, up to
// maxSequence of them, since a word may begin and end there. The offsets are those of
// the text that a term stands for, with its joiners.
func EachJointGram(folded string, visit func(Token)) {
	EachJoinedGram(folded, textnorm.Join(folded), visit)
}

// EachJoinedGram is EachJointGram for a text that is given in joined form, too.
func EachJoinedGram(folded string, joined textnorm.Joined, visit func(Token)) {
	g := jointScanner{folded: folded, joined: joined, visit: visit}
	g.scanParts()
}

// maxSequence is how many runs of an atom together count as one: state-of-the-art has
// four. The whole atom always does.
const maxSequence = 4

// wordRuns yields the parts of a text between signs.
func wordRuns(text string) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		start := none
		for i, r := range text {
			switch inside := isTerm(r); {
			case inside && start == none:
				start = i
			case !inside && start != none:
				if !yield(start, i) {
					return
				}
				start = none
			}
		}
		if start != none {
			yield(start, len(text))
		}
	}
}

// elementEnd returns the end of the element that begins at text[start:]: a Han
// character, or all letters or all digits up to another character.
func elementEnd(text string, start int) (end int, isHan bool) {
	first, size := utf8.DecodeRuneInString(text[start:])
	end = start + size
	if textnorm.IsHan(first) {
		return end, true
	}
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !textnorm.IsWordRune(r) || unicode.IsNumber(r) != unicode.IsNumber(first) {
			break
		}
		end += size
	}
	return end, false
}

// WordGrams returns the grams of a joined word (see textnorm.Joined): each is in a
// text that has the word as a gram of Grams or, after JointPrefix, as a joint one. A
// Han character alone has none.
func WordGrams(word string) []string {
	var grams []string
	for start, end := range wordRuns(word) {
		before := none // the start of the element before
		for at := start; at < end; {
			next, isHan := elementEnd(word[:end], at)
			switch {
			case before != none:
				grams = append(grams, word[before:next])
			case next == end && !isHan:
				grams = append(grams, word[at:next])
			}
			before, at = at, next
		}
	}
	return grams
}

// jointScanner is the state of one pass over a text.
type jointScanner struct {
	folded string
	joined textnorm.Joined
	visit  func(Token)

	elements [2]element // the last two
	run      span       // of letters and digits in folded, the last one of runAround
	runCuts  []int      // where the current atom is cut
	terms    []byte     // what the last terms are made of
}

// element is a Han character or an atom of the joined text. Words may begin at its
// starts and end at its ends: at both ends of it and where joiners cut it.
type element struct {
	start, end   int
	starts, ends []int
	isHan        bool
	long         bool // part of a run that is no word
}

// scan visits the joint grams of a part between two signs.
func (g *jointScanner) scan(start, end int) {
	before, e := &g.elements[0], &g.elements[1]
	for at := start; at < end; at = before.end {
		g.element(e, at, end)
		if !e.isHan && !e.long {
			g.atoms(e)
			g.groups(e)
		}
		if at > start && !e.long && !before.long {
			for _, i := range before.starts {
				for _, j := range e.ends {
					g.add(i, j)
				}
			}
		}
		before, e = e, before
	}
}

// element sets e to the element at an offset.
func (g *jointScanner) element(e *element, start, end int) {
	e.start, e.long = start, false
	e.end, e.isHan = elementEnd(g.joined.Text[:end], start)
	e.starts, e.ends = append(e.starts[:0], start), e.ends[:0]
	if !e.isHan {
		e.starts = g.cuts(e.starts, start, e.end)
		e.long = g.inLongRun(e.start, e.end)
	}
	e.ends = append(append(e.ends, e.starts[1:]...), e.end)
	if n := len(e.starts); n > maxSequence+1 {
		// Of its beginnings for a pair the whole and the last ones count, of its ends
		// the first ones and the whole.
		copy(e.starts[1:], e.starts[n-maxSequence:])
		e.starts = e.starts[:maxSequence+1]
		e.ends = append(e.ends[:maxSequence], e.end)
	}
}

// cuts appends the offsets where joiners cut an atom.
func (g *jointScanner) cuts(to []int, start, end int) []int {
	if from, until := g.joined.Span(start, end); until-from == end-start {
		return to
	}
	for at := start + 1; at < end; at++ {
		if g.joined.Boundary(at) {
			to = append(to, at)
		}
	}
	return to
}

// inLongRun reports whether an atom is in a run that is not one term, of base64 data
// for example. Its parts are no words.
func (g *jointScanner) inLongRun(start, end int) bool {
	from, to := g.joined.Span(start, end)
	from = g.runAround(from).Start
	return g.runAround(to-1).End-from > maxRun
}

// runAround returns the run of letters and digits around an offset of the folded text. The
// offsets of successive calls ascend, so that each run is scanned once, whatever its length.
func (g *jointScanner) runAround(at int) span {
	if g.run.Start <= at && at < g.run.End {
		return g.run
	}
	at = runeStart(g.folded, at)
	g.run = span{at, at}
	for g.run.Start > 0 {
		r, size := utf8.DecodeLastRuneInString(g.folded[:g.run.Start])
		if !textnorm.IsWordRune(r) {
			break
		}
		g.run.Start -= size
	}
	for g.run.End < len(g.folded) {
		r, size := utf8.DecodeRuneInString(g.folded[g.run.End:])
		if !textnorm.IsWordRune(r) {
			break
		}
		g.run.End += size
	}
	return g.run
}

// atoms visits an atom and the sequences of its runs.
func (g *jointScanner) atoms(e *element) {
	cuts := append(g.cuts(append(g.runCuts[:0], e.start), e.start, e.end), e.end)
	g.runCuts = cuts
	for i, start := range cuts[:len(cuts)-1] {
		for _, end := range cuts[i+1 : min(len(cuts), i+1+maxSequence)] {
			g.add(start, end)
		}
	}
	if len(cuts)-1 > maxSequence {
		g.add(e.start, e.end)
	}
}

// add visits [start,end) of the joined text, unless it is a gram of the folded text, or longer
// than any word of a query: a-a-a… with thousands of letters.
func (g *jointScanner) add(start, end int) {
	if end-start > maxRun {
		return
	}
	from, to := g.joined.Span(start, end)
	if to-from == end-start && g.wholeRuns(from, to) {
		return
	}
	g.visit(Token{g.term("", g.joined.Text[start:end]), from, to})
}

// term returns the term of a joint gram. All terms of a text share a few pieces of memory.
func (g *jointScanner) term(prefix, gram string) string {
	size := len(JointPrefix) + len(prefix) + len(gram)
	if cap(g.terms)-len(g.terms) < size {
		g.terms = make([]byte, 0, max(size, termsMemory))
	}
	start := len(g.terms)
	g.terms = append(append(append(g.terms, JointPrefix...), prefix...), gram...)
	return unsafe.String(&g.terms[start], size) // these bytes don't change any more
}

// termsMemory is the size of such a piece: a paragraph seldom has more than ten joint grams.
const termsMemory = 128

// wholeRuns reports whether a part of the folded text splits no run of letters and
// digits.
func (g *jointScanner) wholeRuns(from, to int) bool {
	splits := func(at int) bool {
		before, _ := utf8.DecodeLastRuneInString(g.folded[:at])
		after, _ := utf8.DecodeRuneInString(g.folded[at:])
		return at > 0 && at < len(g.folded) && textnorm.IsWordRune(before) && textnorm.IsWordRune(after)
	}
	return !splits(from) && !splits(to)
}

// IsJoint reports whether a term is a joint gram.
func IsJoint(term string) bool { return strings.HasPrefix(term, JointPrefix) }
