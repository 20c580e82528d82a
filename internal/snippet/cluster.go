package snippet

import "xunwen/internal/search"

// cluster is a sequence of marks that overlap or touch: no snippet splits one.
type cluster struct {
	search.Span
	from, to int // the same in characters; exact within the length of a snippet
	marks    []Mark
}

// appendClusters groups marks, sorted by their start. A sequence longer than a
// snippet is split where a mark begins.
func appendClusters(out []cluster, text string, marks []Mark) []cluster {
	offset, runes := 0, 0 // runes counts the characters of text[:offset]
	first := 0
	for i, m := range marks {
		runes += length(text, offset, m.Start)
		offset = m.Start
		if n := len(out); n > 0 {
			last := &out[n-1]
			end := max(last.End, m.End)
			if m.Start <= last.End && (m.End <= last.End || length(text, last.Start, end) <= maxRunes) {
				last.End, last.to = end, last.from+length(text, last.Start, end)
				last.marks = marks[first : i+1]
				continue
			}
		}
		first = i
		out = append(out, cluster{m.Span, runes, runes + length(text, m.Start, m.End), marks[i : i+1]})
	}
	return out
}
