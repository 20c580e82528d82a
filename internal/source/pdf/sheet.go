package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"xunwen/internal/source/page"
)

// maxLines bounds what order is looked for in: a broadsheet has 1,500 lines.
const maxLines = 6000

// sheet is a page while its parts are told apart.
type sheet struct {
	body      float64 // size of the type that texts are set in
	furniture []line
	captions  []leaf
	leaves    []leaf
}

// Arrange finds the parts of a page in the order of reading.
func Arrange(glyphs []Glyph) []page.Part {
	rows := rows(glyphs)
	lines := linesOf(rows)
	if len(lines) == 0 {
		return nil
	}
	if len(lines) > maxLines {
		lines = lines[:maxLines]
	}
	s := &sheet{body: bodySize(lines)}
	lines = s.takeFurniture(lines)
	lines = s.takeCaptions(lines)
	c := cutter{body: s.body}
	s.leaves = c.order(lines, 0)
	return s.parts()
}

// bodySize is the size that most characters have.
func bodySize(lines []line) float64 {
	count := map[float64]int{}
	best := 0.0
	for i := range lines {
		count[lines[i].size] += len(lines[i].glyphs)
	}
	for size, n := range count {
		if n > count[best] || n == count[best] && size < best {
			best = size
		}
	}
	return best
}

// takeFurniture takes the head and foot lines off the lines, which stand in the
// order of their rows.
func (s *sheet) takeFurniture(lines []line) []line {
	const outermost = 4 // rows at either end of a page
	rowOf := make([]int, len(lines))
	for i := range lines[1:] {
		rowOf[i+1] = rowOf[i]
		if lines[i+1].base-lines[i].base > .25*s.body {
			rowOf[i+1]++
		}
	}
	last := rowOf[len(lines)-1]
	taken := make([]bool, len(lines))
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && rowOf[to] == rowOf[from] {
			to++
		}
		if row := rowOf[from]; row < outermost || row > last-outermost {
			s.furnitureIn(lines[from:to], taken[from:to], row == 0 || row == last)
		}
		from = to
	}
	var rest []line
	for i, l := range lines {
		if taken[i] {
			s.furniture = append(s.furniture, l)
		} else {
			rest = append(rest, l)
		}
	}
	return rest
}

// printMark is what browsers print at the head and the foot of a page, beside its
// title and folio: the time and the page's address.
var printMark = regexp.MustCompile(
	`^(?:(?:https?|file)://\S+|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[,\s]{1,2}(?:[上下]午)?\d{1,2}:\d\d(?::\d\d)?(?:[\s\x{202f}]?[AP]M)?)$`,
)

// furnitureIn marks the lines of a row that are furniture: those that nothing
// else looks like, and what may be furniture beside them. Beside what a browser
// prints in the first and the last row, all is.
func (s *sheet) furnitureIn(row []line, taken []bool, outermost bool) {
	anySure, all, printed := false, true, false
	var texts []string
	for i := range row {
		texts = append(texts, row[i].text())
		possible, sure := page.IsFurniture(texts[i])
		taken[i] = sure
		anySure, all = anySure || sure, all && possible
		printed = printed || outermost && printMark.MatchString(texts[i])
	}
	_, together := page.IsFurniture(strings.Join(texts, " "))
	if anySure && all || together || printed {
		for i := range taken {
			taken[i] = true
		}
	}
}

// takeCaptions takes out the blocks of smaller type: they stand under
// photographs, in no column's flow. Where much of a page is set in smaller
// type, it is text.
func (s *sheet) takeCaptions(lines []line) []line {
	const (
		smaller = .95 // of the body size
		most    = .3  // share of a page's characters that captions take
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

// blocks puts lines of one size that stand under each other together.
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
			near := l.base-last.base < pitch*l.size && math.Abs(l.size-last.size) < .1*l.size
			beside := l.base-last.base < .25*l.size
			overlap := l.left < last.right && last.left < l.right
			if near && (overlap && !beside || beside && l.left-last.right < 3*l.size && l.left > last.left) {
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
