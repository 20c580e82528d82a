package markdown

import (
	"regexp"
	"strings"
)

// prepare returns a text with what the parser would drop, or take hours for, in a form that it
// keeps as text. Lines stay where they are.
func prepare(text string) string {
	text = footnotes(text)
	if !strings.Contains(text, "]:") && len(text) <= mostMarkers {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	var block []string // lines whose markers the parser matches with one another
	markers := 0
	flush := func() {
		for _, line := range block {
			if markers > mostMarkers {
				line = escapeMarkers(line)
			}
			b.WriteString(line)
		}
		block, markers = block[:0], 0
	}
	for line := range strings.Lines(text) {
		line = flattened(undefined(line))
		if strings.TrimSpace(line) == "" || opensBlock.MatchString(line) {
			flush()
		}
		block = append(block, line)
		markers += countMarkers(line)
	}
	flush()
	return b.String()
}

// mostMarkers is how many signs of emphasis and links a paragraph or cell can have. What the
// parser needs for them grows with the square of their number.
const mostMarkers = 1000

const markers = "[]*_<`~!"

// opensBlock matches a line that doesn't continue the paragraph above it.
var opensBlock = regexp.MustCompile(`^[ \t]*(?:[-*+>|#]|\d{1,9}[.)])`)

func countMarkers(line string) (n int) {
	for i := range len(line) {
		if strings.IndexByte(markers, line[i]) >= 0 {
			n++
		}
	}
	return n
}

// escapeMarkers makes text of the markers of a line but those that open a block.
func escapeMarkers(line string) string {
	at := len(opensBlock.FindString(line))
	var b strings.Builder
	b.WriteString(line[:at])
	for i := at; i < len(line); i++ {
		if strings.IndexByte(markers, line[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(line[i])
	}
	return b.String()
}

// deep matches quotations and lists in one another that no text has.
var deep = regexp.MustCompile(`^((?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){50})(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))+`)

func flattened(line string) string { return deep.ReplaceAllString(line, "$1") }

var (
	// definition matches that of a link, which is no text.
	definition = regexp.MustCompile(`^ {0,3}\[[^\]\[]+\]:[ \t]*(\S*)`)

	// target matches where a link leads; other words are a text that follows a name in brackets.
	target = regexp.MustCompile(`^(?:<.*|(?i:[a-z][a-z0-9+.-]*:|mailto:).*|[./#].*|[!-~]*[./][!-~]*)$`)
)

// undefined makes text of a line that only looks like the definition of a link.
func undefined(line string) string {
	m := definition.FindStringSubmatch(line)
	if m == nil || m[1] == "" || target.MatchString(m[1]) {
		return line
	}
	return strings.Replace(line, "[", `\[`, 1)
}

var (
	note      = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]\[\s]{1,64})\]:[ \t]*`)
	reference = regexp.MustCompile(`\[\^([^\]\[\s]{1,64})\]`)
)

// footnotes makes items of a list of footnotes and removes the marks that refer to them.
func footnotes(text string) string {
	if !strings.Contains(text, "[^") {
		return text
	}
	defined := map[string]bool{}
	for _, m := range note.FindAllStringSubmatch(text, -1) {
		defined[m[1]] = true
	}
	text = note.ReplaceAllString(text, "- ")
	return reference.ReplaceAllStringFunc(text, func(mark string) string {
		if defined[strings.Trim(mark, "[^]")] {
			return ""
		}
		return mark
	})
}
