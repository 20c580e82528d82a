package plain

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// Shape is what a text looks like.
type Shape int

// The shapes. Other texts can be newspaper pages.
const (
	Other    Shape = iota
	Labelled       // articles with lines of labels
	Single         // a title and paragraphs
	Tags           // characters or words with labels, for training programs
)

// Detect returns the shape of a text that begins with head. whole reports that head is all of
// it. oneEach is for files of which others like it have one article each, by their names.
func Detect(head string, whole, oneEach bool) Shape {
	lines := fullLines(head)
	if !whole && len(lines) > 1 {
		lines = lines[:len(lines)-1] // it may be cut
	}
	kept := lines[:0]
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			kept = append(kept, line)
		}
	}
	switch {
	case areTags(kept):
		return Tags
	case isLabelled(kept):
		return Labelled
	case isSingle(kept, whole, oneEach):
		return Single
	}
	return Other
}

// fullLines returns the lines of a text that have anything but an end.
func fullLines(text string) []string {
	lines := make([]string, 0, strings.Count(text, "\n")+1)
	for text != "" {
		n := strings.IndexAny(text, "\n\r")
		if n < 0 {
			return append(lines, text)
		}
		if n > 0 {
			lines = append(lines, text[:n])
		}
		text = text[n+1:]
	}
	return lines
}

// isLabelled reports whether the first or second line of a text has labels of an article.
func isLabelled(lines []string) bool {
	const looked = 3
	for i, line := range lines[:min(len(lines), looked)] {
		members := readLabels(line)
		if members == nil {
			continue
		}
		for _, next := range lines[i+1 : min(len(lines), i+looked)] {
			more := readLabels(next)
			if more == nil {
				break
			}
			members = append(members, more...)
		}
		return opensRecord(members) && (i == 0 || isTitle(lines[i-1]))
	}
	return false
}

// Lines of a text that isn't wrapped, in characters.
const (
	longLine  = 60 // no column of a paper is as wide
	enoughHan = 30
)

// isSingle reports whether lines are a title and the paragraphs of one article, none of them
// wrapped, and without other lines that look like titles: those could be of more articles.
func isSingle(lines []string, whole, oneEach bool) bool {
	if !oneEach && !slices.ContainsFunc(lines, func(line string) bool { return len(line) > 2*longLine }) {
		return false // a page, as nearly always
	}
	untitled := oneEach && len(lines) > 0 && !isTitle(lines[0])
	if !untitled && (len(lines) < 2 || !isTitle(lines[0]) || hasDay(lines[0])) {
		return false
	}
	long, short, all := 0, 0, 0
	if untitled {
		lines = append([]string{""}, lines...)
	}
	for i, line := range lines[1:] {
		line = strings.TrimSpace(line)
		n := utf8.RuneCountInString(line)
		all += n
		switch {
		case n > longLine || oneEach && endsSentence(line):
			long += n
		case i > 0 && isTitle(line) && !strings.ContainsAny(line, "。！？；”）)"):
			short++
		}
	}
	if all < enoughHan || hanShare(strings.Join(lines, "")) < 0.3 {
		return false
	}
	sections := short*paragraphsOfSection < len(lines) && all > longParagraph*(len(lines)-1)
	return long*2 > all && (whole && (short == 0 || sections) || oneEach)
}

// endsSentence reports whether a line ends like a paragraph: lines of a page end anywhere.
func endsSentence(line string) bool {
	return strings.ContainsRune("。！？…", lastRune(strings.TrimRight(line, "”’」』）)")))
}

// Lines that look like titles are sections of one article where they are so few between
// paragraphs so long, in characters; papers have shorter ones.
const (
	paragraphsOfSection = 5
	longParagraph       = 90
)

var day = regexp.MustCompile(`\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}|星期[一二三四五六日]|第\s*\d+\s*版`)

// hasDay reports whether a line can be the head of a newspaper page.
func hasDay(line string) bool { return day.MatchString(line) }

func hanShare(text string) float64 {
	han, all := 0, 0
	for _, r := range text {
		all++
		if textnorm.IsHan(r) {
			han++
		}
	}
	return float64(han) / float64(max(all, 1))
}

// tagged matches a line of a table of labels: 北 B-LOC.
var tagged = regexp.MustCompile(`^\S{1,12}[ \t]+(?:\S{1,12}[ \t]+){0,2}(?:O|[BIMESLU](?:[-_][A-Za-z]{1,12})?)$`)

// longestRow is that of words with labels, in bytes.
const longestRow = 48

// areTags reports whether lines are words or characters with labels, without a sentence.
func areTags(lines []string) bool {
	const least, share = 12, 0.9
	if len(lines) < least {
		return false
	}
	const looked = 200
	lines = lines[:min(len(lines), looked)]
	tags, columns, sentences := 0, map[int]int{}, 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if c := line[len(line)-1]; c|0x20 >= 'a' && c|0x20 <= 'z' && tagged.MatchString(line) {
			tags++
		}
		if len(line) <= longestRow {
			if n := len(strings.Fields(line)); n > 1 && n <= 4 {
				columns[n]++
			}
		}
		if sentences == 0 && len(line) > len("是的。。") && strings.ContainsAny(line, "。！？；") {
			sentences++
		}
	}
	if float64(tags) >= share*float64(len(lines)) {
		return true
	}
	for _, n := range columns {
		if sentences == 0 && float64(n) >= share*float64(len(lines)) {
			return true
		}
	}
	return false
}
