package page

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// geometry describes how a page is set, as estimated from the page itself.
type geometry struct {
	halfPunctuation bool // punctuation is half as wide as a character
	column          int  // cells in a full line of body text
	spread          int  // cells by which a full line may fall short of column
	indents         bool // the text has kept the indents of paragraphs
}

const (
	defaultColumn = 36 // 18 Han characters: for pages too short to estimate it
	minColumn     = 16 // narrower estimates are raised to this
	maxColumn     = 140
	charCells     = 2 // of a Han character
	indentCells   = 2 * charCells
)

// measure estimates the geometry from the lines that must be full: those in the
// middle of a sentence with another line after them in their block.
func measure(lines []line, blocks []span) geometry {
	var narrow, wide []int
	indented, starts := 0, 0
	for _, b := range blocks {
		const least = 3 // lines: of fewer, none is between two others
		if b.len() < least {
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
		narrow, wide = wrappedLines(lines, blocks)
	}
	g := geometry{column: defaultColumn}
	g.indents = indented > 0 && indented*2 >= starts
	if len(wide) == 0 {
		return g
	}
	n, nShare := densest(narrow)
	w, wShare := densest(wide)
	const clearly = 0.05 // half-width setting must explain the lines clearly better
	widths := wide
	g.column = w
	if nShare > wShare+clearly {
		g.halfPunctuation, g.column, widths = true, n, narrow
	}
	g.column = min(max(g.column, minColumn), maxColumn)
	g.spread = spread(widths, g.column)
	return g
}

// wider reports whether a third of the page's lines are wider than those taken
// for full lines. The latter are then verse or table rows, and the paragraphs
// are too short to have a line between two others.
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

// wrappedLines returns the widths of the lines in the middle of a sentence that
// are not the last of their block. The first line of a paragraph among them may
// be short.
func wrappedLines(lines []line, blocks []span) (narrow, wide []int) {
	for _, b := range blocks {
		for i := b.from; i+1 < b.to; i++ {
			if endMark(lines[i].text) == endOpen {
				narrow, wide = append(narrow, lines[i].narrow), append(wide, lines[i].wide)
			}
		}
	}
	return narrow, wide
}

// densest returns the width that explains most lines as full, counting lines one
// cell short at half weight, and the share of lines that it explains.
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
	if 2*count[at+charCells] >= count[at] {
		at += charCells // many paragraphs are set one character narrower
	}
	return at, share
}

// spread is by how much nine in ten of the full lines fall short of the column
// at most.
func spread(widths []int, column int) int {
	var short []int
	for _, w := range widths {
		if w <= column+charCells && w >= column*2/3 {
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

// need is the room that the beginning of s takes on a line: its first character
// with the marks that may not begin a line, or a whole number or word.
func (g *geometry) need(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return charCells
	}
	n := g.runeWidth(r)
	rest := s[size:]
	if !isWide(r) {
		const longest = 12 // a longer run is broken anyway
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
		n += charCells // an opening mark stays with what it opens
	}
	return n
}

const (
	noLineStart = "，。、；：？！”’）》〉」』】〕…%％"
	noLineEnd   = "“‘（《〈「『【〔"
)

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

// ending classifies how a text ends.
type ending int

const (
	endOpen     ending = iota // in the middle of a sentence
	endWeak                   // with a closing quote or bracket only, or a colon
	endStrong                 // with a full stop
	endExclaims               // with a question or exclamation mark, as headings may too
)

func (e ending) String() string {
	return [...]string{"openly", "with a bracket or colon", "a sentence", "a question or exclamation"}[e]
}

// endsSentence reports whether a sentence ends there.
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

// columnOf estimates the width of a full line from the widths of lines that must
// be full, given the column of the page.
func columnOf(widths []int, page int) int {
	const enough = 2
	if len(widths) < enough {
		return page
	}
	sort.Ints(widths)
	w := widths[(len(widths)-1)*3/4] // wider ones have punctuation hanging over the edge
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
