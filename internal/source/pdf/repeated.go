package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/source/page"
)

// edgeLine is a line among the outermost rows of a page.
type edgeLine struct {
	paper, line int // indexes
	key         string
	number      int // the first in its text, -1 for none
	y, size     float64
	outermost   bool // in the first or the last row
	apart       bool // from the text: other type, or white between them
	prose       bool // as wide as the text, or the end of a sentence
}

// repeats finds the furniture of a document: what recurs at the same height of its
// pages.
type repeats struct {
	papers []paper
	body   float64
	lines  []edgeLine
	found  [][]bool // by paper and line
}

// repeated returns, for each line of each page, whether it is furniture by
// repetition and place: running heads, and folios, which count the pages.
func repeated(papers []paper, body float64) [][]bool {
	r := &repeats{papers: papers, body: body, found: make([][]bool, len(papers))}
	for i := range papers {
		r.found[i] = make([]bool, len(papers[i].lines))
		r.edges(i)
	}
	r.folios()
	r.sameText()
	r.samePlace()
	r.titles()
	return r.found
}

// edges notes the outermost lines of page i.
func (r *repeats) edges(i int) {
	lines := r.papers[i].lines
	if len(lines) == 0 {
		return
	}
	const outermost = 3 // rows at either end of a page
	rowOf := rowNumbers(lines, r.body)
	last := rowOf[len(lines)-1]
	pitch := pitchOf(lines, r.body)
	width := extent(lines).right - extent(lines).left
	for k := range lines {
		l := &lines[k]
		if rowOf[k] >= outermost && rowOf[k] <= last-outermost {
			continue
		}
		const white = 1.4 // times the distance of lines
		e := edgeLine{
			paper: i, line: k, y: l.base, size: l.size, outermost: rowOf[k] == 0 || rowOf[k] == last,
			apart: l.size < 0.95*r.body || gapTo(lines, rowOf, k) > white*pitch,
			prose: l.width() > 0.8*width || page.EndsSentence(l.text()),
		}
		e.key, e.number = keyOf(l.text())
		r.lines = append(r.lines, e)
	}
}

// gapTo is the distance of line k to the row next to it on the side of the text.
func gapTo(lines []line, rowOf []int, k int) float64 {
	step := 1
	if 2*rowOf[k] > rowOf[len(lines)-1] {
		step = -1
	}
	for i := k; i >= 0 && i < len(lines); i += step {
		if rowOf[i] != rowOf[k] {
			return math.Abs(lines[i].base - lines[k].base)
		}
	}
	return farOff
}

// pitchOf is the usual distance from row to row.
func pitchOf(lines []line, body float64) float64 {
	var all []float64
	for i := range lines[1:] {
		if d := lines[i+1].base - lines[i].base; d > 0.5*body {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return 1.5 * body
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// folios marks lines whose number counts the pages: it is as far from the number
// of the page in the file as on other pages.
func (r *repeats) folios() {
	away := map[int]int{} // number - page → lines
	for i := range r.lines {
		if e := &r.lines[i]; isFolio(e.key) {
			away[e.number-r.papers[e.paper].number]++
		}
	}
	for i := range r.lines {
		e := &r.lines[i]
		if !isFolio(e.key) {
			continue
		}
		alone := e.outermost && e.key != "#" // - 24 - on a page by itself
		if alone || away[e.number-r.papers[e.paper].number] >= fewest {
			r.found[e.paper][e.line] = true
		}
	}
}

// fewest is how many pages show that something is repeated.
const fewest = 2

// sameText marks lines whose text recurs at the same height, except for its
// numbers. Headlines must be the same with their numbers. A line of a text may recur too.
func (r *repeats) sameText() {
	groups := map[string][]int{}
	for i := range r.lines {
		e := &r.lines[i]
		key := e.key
		const longest = 60 // characters
		if isFolio(key) || e.prose && !e.apart || utf8.RuneCountInString(key) > longest {
			continue
		}
		if e.size >= display*r.body {
			key = strings.Join(strings.Fields(r.line(e).text()), "")
		}
		groups[key] = append(groups[key], i)
	}
	for _, group := range groups {
		r.eachPlace(group, func(same []int) {
			n := r.pages(same)
			if large := r.lines[same[0]].size >= display*r.body; large && !r.nearby(same) {
				return // a regular headline, such as 图片报道
			}
			if n > fewest || n == fewest && 2*n >= len(r.papers) {
				r.mark(same)
			}
		})
	}
}

// samePlace marks the first or last line of a page that stands apart from the text,
// if most pages have such a line at that height: running heads that name the
// chapter.
func (r *repeats) samePlace() {
	const (
		enough  = 4
		share   = 0.6
		longest = 40 // characters
	)
	var all []int
	for i := range r.lines {
		e := &r.lines[i]
		if e.outermost && e.apart && e.size < display*r.body && utf8.RuneCountInString(e.key) <= longest {
			all = append(all, i)
		}
	}
	r.eachPlace(all, func(same []int) {
		if n := r.pages(same); n >= enough && float64(n) >= share*float64(len(r.papers)) {
			r.mark(same)
		}
	})
}

// titles marks the first row of a page if it repeats a headline of the page: a running
// head.
func (r *repeats) titles() {
	const (
		shortest = 4  // characters
		most     = 10 // lines in a row
	)
	for i := range r.papers {
		lines := r.papers[i].lines
		if len(lines) == 0 {
			continue
		}
		first := 1
		for first < len(lines) && sameRow(&lines[first], &lines[0]) {
			first++
		}
		repeats := false
		for k := range lines[:min(first, most)] {
			text := strings.Map(onlyLetters, lines[k].text())
			headline := headlineText(lines, 1.2*lines[k].size)
			repeats = repeats || 2*len(text) > len(headline) && utf8.RuneCountInString(text) >= shortest &&
				strings.Contains(headline, text)
		}
		for k := range lines[:first] {
			r.found[i][k] = r.found[i][k] || repeats
		}
	}
}

// headlineText returns the letters of the lines that are larger than size.
func headlineText(lines []line, size float64) string {
	var b strings.Builder
	for i := range lines {
		if lines[i].size > size {
			b.WriteString(strings.Map(onlyLetters, lines[i].text()))
		}
	}
	return b.String()
}

func (r *repeats) line(e *edgeLine) *line { return &r.papers[e.paper].lines[e.line] }

// eachPlace calls f with the lines of a group that have the same height and size.
func (r *repeats) eachPlace(group []int, f func(same []int)) {
	slices.SortStableFunc(group, func(a, b int) int {
		switch d := r.lines[a].y - r.lines[b].y; {
		case d < 0:
			return -1
		case d > 0:
			return 1
		}
		return 0
	})
	for from := 0; from < len(group); {
		to := from + 1
		const same = 0.5 // of the body size
		for to < len(group) && r.lines[group[to]].y-r.lines[group[to-1]].y < same*r.body {
			to++
		}
		f(group[from:to])
		from = to
	}
}

// pages counts the pages that lines are on.
func (r *repeats) pages(lines []int) int {
	on := map[int]bool{}
	for _, i := range lines {
		on[r.lines[i].paper] = true
	}
	return len(on)
}

// nearby reports whether most of the pages that lines are on follow one another, or
// every second page does.
func (r *repeats) nearby(lines []int) bool {
	var on []int
	for _, i := range lines {
		on = append(on, r.lines[i].paper)
	}
	slices.Sort(on)
	near := 0
	for i := 1; i < len(on); i++ {
		if on[i]-on[i-1] <= 2 {
			near++
		}
	}
	return 2*near >= len(on)-1
}

func (r *repeats) mark(lines []int) {
	for _, i := range lines {
		e := &r.lines[i]
		r.found[e.paper][e.line] = true
	}
}
