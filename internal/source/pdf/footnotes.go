package pdf

import "strings"

// removeMarks removes the marks of footnotes: small numbers beside a line of text.
func (s *sheet) removeMarks(lines []line) []line {
	const small = 0.8 // of the body size
	var rest []line
	for i := range lines {
		l := &lines[i]
		if l.size < small*s.body && isMark(l.text()) && s.besideText(lines, i) {
			s.furniture = append(s.furniture, *l)
			continue
		}
		rest = append(rest, *l)
	}
	return rest
}

// isMark reports whether a text is a mark of a footnote: 3, ①, [2], *.
func isMark(text string) bool {
	const longest = 12 // bytes
	return len(text) <= longest && strings.Trim(text, "0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*＊†‡[]［］〔〕()（）,，、-–—") == ""
}

// besideText reports whether line i touches a line of text at its side.
func (s *sheet) besideText(lines []line, i int) bool {
	l := &lines[i]
	const level, near = 1, 1 // times the body size
	for _, step := range []int{-1, 1} {
		for k := i + step; k >= 0 && k < len(lines); k += step {
			t := &lines[k]
			if d := (t.base - l.base) * float64(step); d > level*s.body {
				break
			}
			if t.size > 0.9*s.body && t.left < l.right+near*s.body && l.left < t.right+near*s.body {
				return true
			}
		}
	}
	return false
}
