package pdf

import "strings"

// removeMarks removes the marks of footnotes: small numbers beside a line of text or a
// headline.
func (s *sheet) removeMarks(lines []line) []line {
	var rest []line
	for i := range lines {
		l := &lines[i]
		if isMark(l.text()) && s.besideText(lines, i) {
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

// besideText reports whether line i touches a line of text, or of a headline, in larger
// type at its side.
func (s *sheet) besideText(lines []line, i int) bool {
	l := &lines[i]
	const (
		small = 0.8 // of the size of the text
		near  = 1   // times the body size
		far   = 4   // times the body size: more than the height of a headline
	)
	for _, step := range []int{-1, 1} {
		for k := i + step; k >= 0 && k < len(lines); k += step {
			t := &lines[k]
			d := (t.base - l.base) * float64(step)
			if d > far*s.body {
				break
			}
			if d < max(s.body, 0.7*t.size) && t.size > 0.9*s.body && l.size < small*t.size &&
				t.left < l.right+near*s.body && l.left < t.right+near*s.body {
				return true
			}
		}
	}
	return false
}
