package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"xunwen/internal/source/page"
)

// maxLines bounds the lines whose order is analysed: a broadsheet has 1,500.
const maxLines = 6000

// sheet is a page while its parts are identified.
type sheet struct {
	body      float64 // type size of body text
	furniture []line
	captions  []leaf
	leaves    []leaf
}

// Arrange finds the parts of a page in reading order.
func Arrange(glyphs []Glyph) []page.Part {
	return arrange(linesOf(rows(glyphs)))
}

func arrange(lines []line) []page.Part {
	if len(lines) == 0 {
		return nil
	}
	if len(lines) > maxLines {
		lines = lines[:maxLines]
	}
	s := &sheet{body: bodySize(lines)}
	lines = s.removeFurniture(lines)
	lines = s.removeCaptions(lines)
	c := cutter{body: s.body}
	s.leaves = c.order(lines, 0)
	return s.parts()
}

// bodySize is the size of most characters.
func bodySize(lines []line) float64 {
	count := sizes{}
	count.add(lines)
	return count.most()
}

// sizes counts characters by their size.
type sizes map[float64]int

func (s sizes) add(lines []line) {
	for i := range lines {
		s[lines[i].size] += len(lines[i].glyphs)
	}
}

// most is the size of most characters.
func (s sizes) most() float64 {
	best := 0.0
	for size, n := range s {
		if n > s[best] || n == s[best] && size < best {
			best = size
		}
	}
	return best
}

// removeFurniture removes the head and foot lines from the lines, which are in
// the order of their rows.
func (s *sheet) removeFurniture(lines []line) []line {
	const outermost = 4 // rows at either end of a page
	if len(lines) == 0 {
		return nil
	}
	rowOf := rowNumbers(lines, s.body)
	last := rowOf[len(lines)-1]
	removed := make([]bool, len(lines))
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && rowOf[to] == rowOf[from] {
			to++
		}
		if row := rowOf[from]; row < outermost || row > last-outermost {
			s.furnitureIn(lines[from:to], removed[from:to], row == 0 || row == last)
			if row == 0 && s.isRunningHead(lines[from:to]) {
				for i := from; i < to; i++ {
					removed[i] = true
				}
			}
		}
		from = to
	}
	var rest []line
	for i, l := range lines {
		if removed[i] {
			s.furniture = append(s.furniture, l)
		} else {
			rest = append(rest, l)
		}
	}
	return rest
}

// rowNumbers returns the row of each of the lines, which are in the order of their
// rows, from 0.
func rowNumbers(lines []line, body float64) []int {
	rowOf := make([]int, len(lines))
	for i := range lines[1:] {
		rowOf[i+1] = rowOf[i]
		if lines[i+1].base-lines[i].base > 0.25*body {
			rowOf[i+1]++
		}
	}
	return rowOf
}

// printMark matches what browsers print at the head and foot of a page next to
// its title and folio: the time and the address of the page.
var printMark = regexp.MustCompile(
	`^(?:(?:https?|file)://\S+|` +
		`\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[,\s]{1,2}(?:[上下]午)?\d{1,2}:\d\d(?::\d\d)?(?:[\s\x{202f}]?[AP]M)?)$`,
)

// furnitureIn marks the lines of a row that are furniture: those that can be
// nothing else, and those that may be furniture next to them. Next to what a
// browser prints in the first and the last row, everything is.
func (s *sheet) furnitureIn(row []line, removed []bool, outermost bool) {
	anySure, all, printed := false, true, false
	var texts []string
	for i := range row {
		texts = append(texts, row[i].text())
		possible, sure := page.IsFurniture(texts[i])
		if key, _ := keyOf(texts[i]); outermost && isFolio(key) && key != "#" {
			sure = true
		}
		removed[i] = sure
		anySure, all = anySure || sure, all && possible
		printed = printed || outermost && printMark.MatchString(texts[i])
	}
	_, together := page.IsFurniture(strings.Join(texts, " "))
	if anySure && all || together || printed {
		for i := range removed {
			removed[i] = true
		}
	}
}

// bareFolio matches the number of a page and nothing else.
var bareFolio = regexp.MustCompile(`^[0-9０-９]{1,4}$`)

// isRunningHead reports whether the first row of a page is a running head with a folio:
// lines that aren't in display type, far apart, the first or the last one a number.
func (s *sheet) isRunningHead(row []line) bool {
	n := len(row)
	return n > 1 && (bareFolio.MatchString(row[0].text()) || bareFolio.MatchString(row[n-1].text())) &&
		!slices.ContainsFunc(row, func(l line) bool { return l.size >= display*s.body })
}

// removeCaptions removes the blocks of smaller type: they are under photographs,
// outside the flow of the columns. If much of a page is in smaller type, that is
// text.
func (s *sheet) removeCaptions(lines []line) []line {
	const (
		smaller = 0.95 // of the body size
		most    = 0.3  // share of a page's characters that captions take
	)
	small, all := 0, 0
	var rest, notes []line
	for _, l := range lines {
		all += len(l.glyphs)
		if l.size < smaller*s.body {
			small += len(l.glyphs)
			notes = append(notes, l)
		} else {
			rest = append(rest, l)
		}
	}
	if float64(small) > most*float64(all) {
		return lines
	}
	for _, block := range blocks(notes) {
		if _, sure := page.IsFurniture(joined(block)); sure {
			s.furniture = append(s.furniture, block...)
			continue
		}
		s.captions = append(s.captions, block)
	}
	return rest
}

// blocks groups lines of one size that are below each other.
func blocks(lines []line) []leaf {
	slices.SortStableFunc(
		lines,
		func(a, b line) int { return cmp.Or(cmp.Compare(a.base, b.base), cmp.Compare(a.left, b.left)) },
	)
	var out []leaf
	for _, l := range lines {
		at := -1
		for i := range out {
			last := &out[i][len(out[i])-1]
			const pitch = 2 // times the type size, from line to line
			near := l.base-last.base < pitch*l.size && math.Abs(l.size-last.size) < 0.1*l.size
			sameRow := l.base-last.base < 0.25*l.size
			overlap := l.left < last.right && last.left < l.right
			if near && (overlap && !sameRow || sameRow && l.left-last.right < 3*l.size && l.left > last.left) {
				at = i
			}
		}
		if at < 0 {
			out = append(out, leaf{l})
			continue
		}
		out[at] = append(out[at], l)
	}
	for i := range out {
		out[i] = joinRows(out[i])
	}
	return out
}

func joined(lines []line) string {
	var b strings.Builder
	for i := range lines {
		b.WriteString(lines[i].text())
	}
	return b.String()
}

func texts(lines []line) []string {
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = lines[i].text()
	}
	return out
}
