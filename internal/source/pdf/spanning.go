package pdf

import (
	"math"
	"slices"
)

// underHeads assigns columns without headings to the headline next to them: the
// white above them is as high as it is. Of all assignments it chooses the one in
// which headlines are closest to the middle, or to the left edge, of their
// columns.
func (c *cutter) underHeads(parts [][]line) [][]line {
	if len(parts) < 2 {
		return parts
	}
	top := farOff
	for _, p := range parts {
		top = min(top, extent(p).top)
	}
	heads := make([]box, len(parts))
	headed := make([]bool, len(parts))
	for i, p := range parts {
		heads[i], headed[i] = c.headsOf(p, top)
	}
	if !slices.Contains(headed, true) || !slices.Contains(headed, false) {
		return parts
	}
	// cost[i] is the cost of the best grouping of the first i parts, of which the
	// last group begins at from[i].
	cost := make([]float64, len(parts)+1)
	from := make([]int, len(parts)+1)
	for i := 1; i <= len(parts); i++ {
		cost[i] = math.Inf(1)
		for k := range i { // a tie goes to the longer group
			if sum := cost[k] + c.groupCost(parts[k:i], heads[k:i], headed[k:i], top); sum < cost[i] {
				cost[i], from[i] = sum, k
			}
		}
	}
	var out [][]line
	for i := len(parts); i > 0; i = from[i] {
		out = append(out, slices.Concat(parts[from[i]:i]...))
	}
	slices.Reverse(out)
	return out
}

// headsOf returns the box of the headings at the top of lines, none if text
// begins there.
func (c *cutter) headsOf(lines []line, top float64) (box, bool) {
	out, found := box{}, false
	const level = 1.5 // times the body size
	for i := range lines {
		l := &lines[i]
		switch {
		case c.isDisplay(l) && (l.top() < top+level*c.body || found && l.top() < out.bottom+level*l.size):
			b := extent(lines[i : i+1])
			if found {
				b = b.with(out)
			}
			out, found = b, true
		case !c.isDisplay(l) && l.top() < top+level*c.body:
			return box{}, false
		}
	}
	return out, found
}

// groupCost is how badly columns fit under one headline: its distance from their
// middle or their left edge, whichever is less. Columns that begin above the
// bottom of the headline don't belong to it.
func (c *cutter) groupCost(parts [][]line, heads []box, headed []bool, top float64) float64 {
	const apart = 1e4 // more than any page is wide: no group
	at := slices.Index(headed, true)
	if at < 0 {
		if len(parts) == 1 {
			return apart // text with white above it and nothing that explains it
		}
		return math.Inf(1)
	}
	if len(parts) == 1 {
		return 0
	}
	group := extent(parts[0])
	for i, p := range parts {
		b := extent(p)
		if i != at && (headed[i] || b.top < heads[at].bottom) {
			return math.Inf(1)
		}
		group = group.with(b)
	}
	h := heads[at]
	return min(math.Abs(h.left+h.right-group.left-group.right)/2, math.Abs(h.left-group.left))
}
