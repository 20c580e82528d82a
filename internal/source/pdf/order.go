package pdf

import (
	"cmp"
	"slices"
)

// leaf is a part of the page that is read from top to bottom: a column, or what
// spans several.
type leaf []line

// The order of reading is found by cutting the page along white strips, after
// Nagy and Seth's recursive X-Y cut (ICPR 1984), with headlines deciding where a
// cut across comes before one down: a headline and the columns under it are one
// article.
type cutter struct {
	body float64 // size of the type that texts are set in
}

const (
	minGutter = .4 // the least white between two columns, in parts of the body size
	minColumn = 6  // the narrowest column, in characters; narrower are cells of a table
	minStrip  = .7 // the least white above a headline that parts articles, in parts of the body size
	maxTried  = 60 // strips that are tried; a page has fewer

	// display is how much larger than the body a heading's type is at least.
	display = 1.12
)

func (c *cutter) isDisplay(l *line) bool { return l.size >= display*c.body }

// order gives the leaves in the order of reading.
func (c *cutter) order(lines []line, depth int) []leaf {
	const deepest = 64 // cuts within cuts; no page needs so many
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
		if at, ok := c.besideColumns(lines, strips); ok {
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

// strip is white across all of some lines.
type strip struct{ top, bottom float64 }

func (s strip) height() float64 { return s.bottom - s.top }
func (s strip) middle() float64 { return (s.top + s.bottom) / 2 }

// strips gives the white strips between lines, from top to bottom. It sorts lines.
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

// aboveHeadline finds a strip below which articles begin: a headline that
// stands across columns, or one over each of them.
func (c *cutter) aboveHeadline(lines []line, strips []strip) (float64, bool) {
	for _, s := range strips {
		if s.height() < minStrip*c.body {
			continue
		}
		if c.headed(lines, s.bottom) {
			return s.middle(), true
		}
	}
	return 0, false
}

// columns parts lines at the white strips down all of them, nil if there are
// none or what they part is too narrow for columns.
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

// belowHeads finds the strip below the heads that lines begin with, each alone
// in its row. They may be short enough to stand over one of several columns, but
// the white beside them says that they stand over all.
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

// lastLines says whether a part too narrow for a column may be the end of a text
// that takes the last column's first lines only.
func (c *cutter) lastLines(part []line) bool {
	const most = 2
	return len(part) <= most && !c.isDisplay(&part[0])
}

// bylineOver says whether a line in the type of the text stands over columns: they
// begin beside each other, and it has white on both sides in the one under it.
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

// besideColumns finds the strip that parts columns from what spans them.
func (c *cutter) besideColumns(lines []line, strips []strip) (float64, bool) {
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
	const wide = .9 // in parts of the body size: more than between two lines
	best := strip{}
	for _, s := range strips {
		if s.height() > best.height() {
			best = s
		}
	}
	return best.middle(), best.height() > wide*c.body
}

// abreast says whether lines stand beside each other anywhere.
func abreast(lines []line) bool {
	for i := range lines[1:] {
		a, b := &lines[i], &lines[i+1]
		if b.base-a.base < .5*min(a.size, b.size) {
			return true
		}
	}
	return false
}

// joinRows gives the lines from top to bottom, those that stand beside each
// other as one.
func joinRows(lines []line) leaf {
	slices.SortStableFunc(
		lines,
		func(a, b line) int { return cmp.Or(cmp.Compare(a.base, b.base), cmp.Compare(a.left, b.left)) },
	)
	var out leaf
	for i := range lines {
		l := &lines[i]
		if n := len(out); n > 0 && l.base-out[n-1].base < .25*min(l.size, out[n-1].size) && l.left >= out[n-1].right {
			out[n-1] = newLine(slices.Concat(out[n-1].glyphs, l.glyphs))
			continue
		}
		out = append(out, *l)
	}
	return out
}
