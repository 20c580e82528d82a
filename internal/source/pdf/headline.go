package pdf

import (
	"cmp"
	"slices"
)

// headlineAt reports whether articles begin at y; lines are sorted by their
// tops.
func (c *cutter) headlineAt(lines []line, y float64) bool {
	from, _ := slices.BinarySearchFunc(lines, y, func(l line, y float64) int { return cmp.Compare(l.top(), y) })
	const reach = 14 // times the body size: a headline of three lines with its text
	var heads, texts []*line
	for i := from; i < len(lines) && lines[i].top() < y+reach*c.body; i++ {
		l := &lines[i]
		if c.isDisplay(l) {
			heads = append(heads, l)
		} else {
			texts = append(texts, l)
		}
	}
	if len(heads) == 0 || heads[0].top() > y+c.body || c.continuesHeadline(lines[:from], heads[0]) {
		return false
	}
	if straddles(heads[0], texts) || c.headlineOnly(lines[from:]) {
		return true
	}
	if !slices.ContainsFunc(heads, func(h *line) bool { return h.size >= titleSize*c.body }) {
		return false // section headings
	}
	for _, t := range texts {
		under := slices.ContainsFunc(heads, func(h *line) bool {
			return h.bottom() <= t.top() || h.top() <= t.top() && h.left < t.right && t.left < h.right
		})
		if !under && t.top() < y+reach/2*c.body {
			return false
		}
	}
	return true
}

// headlineOnly reports whether lines begin with a headline that has no text on
// either side. A section heading at the foot of a page may have none there
// either.
func (c *cutter) headlineOnly(lines []line) bool {
	bottom, largest := -farOff, 0.0
	for i := range lines {
		if !c.isDisplay(&lines[i]) {
			return i > 0 && lines[i].top() >= bottom && largest >= titleSize*c.body
		}
		bottom, largest = max(bottom, lines[i].bottom()), max(largest, lines[i].size)
	}
	return true
}

// continuesHeadline reports whether the line above h is part of the same
// headline.
func (c *cutter) continuesHeadline(above []line, h *line) bool {
	const near = 1.2 // of the type size, between the lines of a headline
	for i := range slices.Backward(above) {
		l := &above[i]
		if l.left < h.right && h.left < l.right {
			return c.isDisplay(l) && h.top()-l.bottom() < near*h.size
		}
	}
	return false
}

// straddles reports whether h spans two adjacent columns of text.
func straddles(h *line, texts []*line) bool {
	for _, t := range texts {
		for _, u := range texts {
			if t.right < u.left && h.left < t.right && h.right > u.left && t.top() > h.top() && u.top() > h.top() {
				return true
			}
		}
	}
	return false
}
