package pdf

import (
	"cmp"
	"slices"
)

// leaf is a part of the page that is read from top to bottom: a column, or lines
// that span several.
type leaf []line

// cutter finds the reading order by cutting the page along white strips, after
// Nagy and Seth's recursive X-Y cut (ICPR 1984). Headlines decide where a
// horizontal cut precedes a vertical one: a headline and the columns under it
// are one article.
type cutter struct {
	body float64 // type size of body text
}

const (
	minGutter = 0.4 // the least white between two columns, relative to the body size
	minColumn = 6   // the narrowest column, in characters; narrower ones are table cells
	minStrip  = 0.7 // the least white above a headline that separates articles, relative to the body size
	maxTried  = 60  // strips that are tried; a page has fewer

	// display is the least size of headings, relative to the body size.
	display = 1.12
)

func (c *cutter) isDisplay(l *line) bool { return l.size >= display*c.body && !l.byline }

// order returns the leaves in reading order.
func (c *cutter) order(lines []line, depth int) []leaf {
	const deepest = 64 // nested cuts: more than any page needs
	if len(lines) == 0 {
		return nil
	}
	if depth < deepest && len(lines) > 1 {
		strips := c.strips(lines)
		if at, ok := c.aboveHeadline(lines, strips); ok {
			return c.across(lines, at, depth)
		}
		if at, ok := c.belowHeads(lines, strips); ok {
			return c.across(lines, at, depth)
		}
		if parts := c.underHeads(c.columns(lines)); len(parts) > 1 {
			var out []leaf
			for _, p := range parts {
				out = append(out, c.order(p, depth+1)...)
			}
			return out
		}
		if at, ok := c.spanningStrip(lines, strips); ok {
			return c.across(lines, at, depth)
		}
	}
	return []leaf{joinRows(lines)}
}

// across cuts the lines at y.
func (c *cutter) across(lines []line, y float64, depth int) []leaf {
	above, below := split(lines, y)
	return append(c.order(above, depth+1), c.order(below, depth+1)...)
}

func split(lines []line, y float64) (above, below []line) {
	for _, l := range lines {
		if l.base < y {
			above = append(above, l)
		} else {
			below = append(below, l)
		}
	}
	return above, below
}

// strip is horizontal white space across all of some lines.
type strip struct{ top, bottom float64 }

func (s strip) height() float64 { return s.bottom - s.top }
func (s strip) middle() float64 { return (s.top + s.bottom) / 2 }

// strips returns the white strips between lines, from top to bottom. It sorts
// lines.
func (c *cutter) strips(lines []line) []strip {
	slices.SortStableFunc(
		lines,
		func(a, b line) int { return cmp.Or(cmp.Compare(a.top(), b.top()), cmp.Compare(a.left, b.left)) },
	)
	var out []strip
	end := lines[0].bottom()
	for i := range lines[1:] {
		l := &lines[i+1]
		if top := l.top(); top > end {
			out = append(out, strip{end, top})
		}
		end = max(end, l.bottom())
	}
	return out
}

// aboveHeadline finds a strip below which articles begin: with a headline that
// spans columns, or one over each of them.
func (c *cutter) aboveHeadline(lines []line, strips []strip) (float64, bool) {
	for _, s := range strips {
		if s.height() < minStrip*c.body {
			continue
		}
		if c.headlineAt(lines, s.bottom) {
			return s.middle(), true
		}
	}
	return 0, false
}

// columns splits lines at vertical white strips, nil if there are none or the
// results are too narrow for columns.
func (c *cutter) columns(lines []line) [][]line {
	byLeft := slices.Clone(lines)
	slices.SortStableFunc(
		byLeft,
		func(a, b line) int { return cmp.Or(cmp.Compare(a.left, b.left), cmp.Compare(a.base, b.base)) },
	)
	var parts [][]line
	from, end := 0, byLeft[0].edge()
	for i := 1; i <= len(byLeft); i++ {
		if i < len(byLeft) && byLeft[i].left < end+minGutter*c.body {
			end = max(end, byLeft[i].edge())
			continue
		}
		if width := end - byLeft[from].left; width < minColumn*c.body &&
			(i < len(byLeft) || from == 0 || !c.lastLines(byLeft[from:])) {
			return nil
		}
		parts = append(parts, byLeft[from:i])
		if i < len(byLeft) {
			from, end = i, byLeft[i].edge()
		}
	}
	if len(parts) < 2 {
		return nil
	}
	return parts
}

// belowHeads finds the strip below the headings that lines begin with, each
// alone in its row. They may be short enough to fit over one of several columns,
// but the white space to their left and right shows that they belong to all.
func (c *cutter) belowHeads(lines []line, strips []strip) (at float64, ok bool) {
	for n, s := range strips {
		if n+1 >= len(lines) || lines[n+1].top() < s.bottom {
			break
		}
		if !c.isDisplay(&lines[n]) && !c.bylineOver(&lines[n], lines[n+1:]) {
			break
		}
		at, ok = s.middle(), true
	}
	return at, ok
}

// lastLines reports whether a part too narrow for a column may be the end of a
// text that takes only the first lines of the last column.
func (c *cutter) lastLines(part []line) bool {
	const most = 2
	return len(part) <= most && !c.isDisplay(&part[0])
}

// bylineOver reports whether a line in body type is above columns: they begin
// side by side below it, and it has white on both sides within the one under it.
func (c *cutter) bylineOver(l *line, below []line) bool {
	if len(below) < 2 || !abreast(below[:2]) {
		return false
	}
	column := box{left: farOff, right: -farOff}
	for i := range below {
		if b := &below[i]; b.left < l.right && l.left < b.right && !c.isDisplay(b) {
			column.left, column.right = min(column.left, b.left), max(column.right, b.right)
		}
	}
	const white = 1 // characters
	return min(l.left-column.left, column.right-l.right) > white*c.body
}

// spanningStrip finds the strip that separates columns from what spans them.
func (c *cutter) spanningStrip(lines []line, strips []strip) (float64, bool) {
	if !abreast(lines) {
		return 0, false
	}
	if len(strips) > maxTried {
		strips = slices.Clone(strips)
		slices.SortStableFunc(strips, func(a, b strip) int { return cmp.Compare(b.height(), a.height()) })
		strips = strips[:maxTried]
		slices.SortFunc(strips, func(a, b strip) int { return cmp.Compare(a.top, b.top) })
	}
	for _, s := range strips {
		if _, below := split(lines, s.middle()); c.columns(below) != nil {
			return s.middle(), true
		}
	}
	for _, s := range slices.Backward(strips) {
		if above, _ := split(lines, s.middle()); c.columns(above) != nil {
			return s.middle(), true
		}
	}
	const wide = 0.9 // relative to the body size: more than between two lines
	best := strip{}
	for _, s := range strips {
		if s.height() > best.height() {
			best = s
		}
	}
	return best.middle(), best.height() > wide*c.body
}

// abreast reports whether any lines are side by side.
func abreast(lines []line) bool {
	for i := range lines[1:] {
		a, b := &lines[i], &lines[i+1]
		if b.base-a.base < 0.5*min(a.size, b.size) {
			return true
		}
	}
	return false
}

// joinRows returns the lines from top to bottom; those side by side become one.
func joinRows(lines []line) leaf {
	slices.SortStableFunc(
		lines,
		func(a, b line) int { return cmp.Or(cmp.Compare(a.base, b.base), cmp.Compare(a.left, b.left)) },
	)
	const level = 0.25 // of the type size: baselines in a row
	for from, to := 0, 0; from < len(lines); from = to {
		for to < len(lines) && lines[to].base-lines[from].base < level*min(lines[to].size, lines[from].size) {
			to++
		}
		slices.SortStableFunc(lines[from:to], func(a, b line) int { return cmp.Compare(a.left, b.left) })
	}
	var out leaf
	for i := range lines {
		l := &lines[i]
		if n := len(out); n > 0 && l.base-out[n-1].base < level*min(l.size, out[n-1].size) && l.left >= out[n-1].right {
			joined := newLine(slices.Concat(out[n-1].glyphs, l.glyphs))
			joined.base += l.base - l.glyphs[len(l.glyphs)/2].Base // pages of a document are moved, not their glyphs
			joined.page, joined.byline = l.page, out[n-1].byline && l.byline
			out[n-1] = joined
			continue
		}
		out = append(out, *l)
	}
	return out
}
