package page

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// geometry is how a page is set, estimated from the page itself.
type geometry struct {
	halfPunctuation bool    // punctuation takes half a character
	column          int     // cells in a full line of body text
	spread          int     // cells by which a full line may fall short of column
	indents         bool    // paragraphs begin with an indent that is in the text
	stripped        float64 // share of paragraphs whose first line is short by an indent that is not in the text
}

const (
	defaultColumn = 36 // 18 Han characters, used where a page is too short to tell
	minColumn     = 16 // a narrower estimate is not taken for a column
	maxColumn     = 140
	indentCells   = 4 // two characters
)

// measure estimates the geometry from the lines that must be full: those with
// a line after them in their block that don't end a sentence.
func measure(lines []line, blocks []span) geometry {
	var narrow, wide []int
	indented, starts := 0, 0
	for _, b := range blocks {
		if b.len() < 3 {
			continue
		}
		for i := b.from; i < b.to; i++ {
			l := &lines[i]
			if l.indented() {
				indented++
			}
			if i == b.from {
				starts++
			}
			if i > b.from && i+1 < b.to && !l.indented() && !lines[i+1].indented() && endMark(l.text) == endOpen {
				narrow, wide = append(narrow, l.narrow), append(wide, l.wide)
			}
		}
	}
	if wider(lines, wide) {
		narrow, wide = notLast(lines, blocks)
	}
	g := geometry{column: defaultColumn, stripped: .5}
	g.indents = indented > 0 && indented*2 >= starts
	if len(wide) == 0 {
		return g
	}
	n, nShare := densest(narrow)
	w, wShare := densest(wide)
	const clearly = .05 // half-width setting must explain the lines clearly better
	widths := wide
	g.column = w
	if nShare > wShare+clearly {
		g.halfPunctuation, g.column, widths = true, n, narrow
	}
	g.column = min(max(g.column, minColumn), maxColumn)
	g.spread = spread(widths, g.column)
	return g
}

// wider says whether a third of the page's lines are wider than those that
// were taken for full lines: then these are verse or the rows of a table, and
// the paragraphs are too short to have a line between two others.
func wider(lines []line, full []int) bool {
	if len(full) == 0 {
		return true
	}
	const near, third = 4, 3
	column, _ := densest(full)
	n, all := 0, 0
	for i := range lines {
		if lines[i].blank() {
			continue
		}
		all++
		if lines[i].narrow > column+near {
			n++
		}
	}
	return n*third > all
}

// notLast gives the widths of the lines that have another after them in their
// block and don't end a sentence. The first of a paragraph may be short.
func notLast(lines []line, blocks []span) (narrow, wide []int) {
	for _, b := range blocks {
		for i := b.from; i+1 < b.to; i++ {
			if endMark(lines[i].text) == endOpen {
				narrow, wide = append(narrow, lines[i].narrow), append(wide, lines[i].wide)
			}
		}
	}
	return narrow, wide
}

// densest finds the width k that explains most lines as full, those one cell
// short half as well, and the share of the lines that are so.
func densest(widths []int) (int, float64) {
	count := map[int]int{}
	for _, w := range widths {
		count[w]++
	}
	best, at := -1, 0
	for w := range count {
		if n := 2*count[w] + count[w-1]; n > best || n == best && w > at {
			best, at = n, w
		}
	}
	share := float64(count[at]+count[at-1]) / float64(len(widths))
	if 2*count[at+2] >= count[at] {
		at += 2 // many paragraphs are set one character narrower
	}
	return at, share
}

// spread is how far nine in ten of the full lines fall short of the column at most.
func spread(widths []int, column int) int {
	var short []int
	for _, w := range widths {
		if w <= column+2 && w >= column*2/3 {
			short = append(short, max(0, column-w))
		}
	}
	if len(short) == 0 {
		return 0
	}
	sort.Ints(short)
	return short[len(short)*9/10]
}

func (g *geometry) width(l *line) int {
	if g.halfPunctuation {
		return l.narrow
	}
	return l.wide
}

func (g *geometry) runeWidth(r rune) int {
	if g.halfPunctuation {
		return runeWidth(r, 1)
	}
	return runeWidth(r, 2)
}

// need is the room that the beginning of s takes on a line: its first
// character with the marks that may not begin a line, or a whole number or word.
func (g *geometry) need(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return 2
	}
	n := g.runeWidth(r)
	rest := s[size:]
	if !isWide(r) {
		const longest = 12 // a longer run is cut anyway
		for rest != "" && n < longest {
			r, size = utf8.DecodeRuneInString(rest)
			if isWide(r) || r == ' ' {
				break
			}
			n, rest = n+1, rest[size:]
		}
	}
	if r, _ = utf8.DecodeRuneInString(rest); strings.ContainsRune(noLineStart, r) && rest != "" {
		n += g.runeWidth(r)
	} else if strings.ContainsRune(noLineEnd, firstRune(s)) {
		n += 2 // an opening mark goes with what it opens
	}
	return n
}

const (
	noLineStart = "，。、；：？！”’）》〉」』】〕…%％"
	noLineEnd   = "“‘（《〈「『【〔"
)

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

// ending says how a text ends.
type ending int

const (
	endOpen     ending = iota // in the middle of a sentence
	endWeak                   // with a closing quote or bracket alone, or a colon
	endStrong                 // with a full stop
	endExclaims               // with the mark of a question or a call, as headings may too
)

func (e ending) String() string {
	return [...]string{"openly", "with a bracket or colon", "a sentence", "a question or call"}[e]
}

// endsSentence says whether a sentence endsSentence so.
func (e ending) endsSentence() bool { return e >= endStrong }

func endMark(s string) ending {
	if strings.HasSuffix(s, "）") { // a remark after the end of a sentence
		tail := tailOf(s, tailRunes)
		if i := strings.LastIndex(tail, "（"); i > 0 && endMark(tail[:i]).endsSentence() {
			return endStrong
		}
	}
	t := strings.TrimRight(s, "”’」』）)》】\"")
	switch r := lastRune(t); {
	case r == '。' || r == '．':
		return endStrong
	case strings.ContainsRune("！？…!?", r):
		return endExclaims
	case len(t) != len(s) || r == '：' || r == '；' || r == ':':
		return endWeak
	}
	return endOpen
}

// columnOf estimates a full line from the widths of lines that must be full.
func columnOf(widths []int, page int) int {
	const enough = 2
	if len(widths) < enough {
		return page
	}
	sort.Ints(widths)
	w := widths[(len(widths)-1)*3/4] // above it hang marks that pass the edge
	const (
		few, fewer   = 6, 4 // widths that prove only a column near the page's
		near, nearer = 4, 2 // cells
	)
	off := max(w-page, page-w)
	if len(widths) < few && off > near || len(widths) < fewer && off > nearer {
		return page
	}
	return w
}
