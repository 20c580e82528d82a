package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// closeUp removes the blanks that justification inserted into a line: every
// blank next to a wide character and, in a letter-spaced line, those between
// single letters. Blanks between Latin words stay.
func closeUp(s string) string {
	if !strings.ContainsAny(s, " \t") {
		return s
	}
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' })
	tracked := isTracked(fields)
	var b strings.Builder
	b.Grow(len(s))
	for i, f := range fields {
		if i > 0 && keepsBlank(fields[i-1], f, tracked) {
			b.WriteByte(' ')
		}
		b.WriteString(f)
	}
	return b.String()
}

// isTracked reports whether a line is letter-spaced: nearly all its characters
// are separated by blanks.
func isTracked(fields []string) bool {
	const (
		least       = 4     // fewer fields prove nothing
		longest     = 2     // characters of a field: a letter with its punctuation
		part, whole = 8, 10 // share of such fields: a few words stay together
	)
	if len(fields) < least {
		return false
	}
	short := 0
	for _, f := range fields {
		if n := utf8.RuneCountInString(f); n <= longest || isNumber(f) {
			short++
		}
	}
	return short*whole >= len(fields)*part
}

func keepsBlank(left, right string, tracked bool) bool {
	a, _ := utf8.DecodeLastRuneInString(left)
	b, _ := utf8.DecodeRuneInString(right)
	if isWide(a) || isWide(b) {
		return false
	}
	if strings.ContainsRune("%.,:;)]", b) && !unicode.IsLetter(a) {
		return false // part of the number before it
	}
	single := len(left) == 1 && len(right) == 1
	if tracked && single {
		return false
	}
	// One letter next to a number is a name: C 919, M 3.
	return !(len(left) == 1 && unicode.IsLetter(a) && unicode.IsDigit(b))
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.,%-—～~") == ""
}

// joiner joins hard-wrapped lines. It knows the Latin words of the page, to
// distinguish a word broken without a hyphen from two words.
type joiner struct{ words map[string]bool }

func newJoiner(lines []line) joiner {
	words := map[string]bool{}
	for i := range lines {
		addLatinWords(words, lines[i].text)
	}
	return joiner{words}
}

// addLatinWords adds the runs of Latin letters and digits of a text.
func addLatinWords(words map[string]bool, text string) {
	from := -1
	for i, r := range text {
		switch latin := isLatin(r); {
		case latin && from < 0:
			from = i
		case !latin && from >= 0:
			words[text[from:i]], from = true, -1
		}
	}
	if from >= 0 {
		words[text[from:]] = true
	}
}

// join returns the lines as one paragraph.
func (j joiner) join(lines []line) string {
	if len(lines) == 1 {
		return lines[0].text
	}
	var b strings.Builder
	tail := "" // the last line written
	for i := range lines {
		s := lines[i].text
		if i > 0 {
			b.WriteString(j.glue(tail, s))
		}
		b.WriteString(s)
		tail = s
	}
	return b.String()
}

// glue is what belongs between two lines of a paragraph: a blank between two
// Latin words, else nothing.
func (j joiner) glue(left, right string) string {
	a, _ := utf8.DecodeLastRuneInString(left)
	b, _ := utf8.DecodeRuneInString(right)
	switch {
	case left == "" || right == "" || isWide(a) || isWide(b):
		return ""
	case unicode.IsDigit(a) && (unicode.IsDigit(b) || strings.ContainsRune(".,%", b)):
		return "" // one number
	case strings.ContainsRune("-/.", a) && !unicode.IsSpace(b) && isLatin(b):
		if a == '.' && !unicode.IsDigit(b) {
			return " "
		}
		return ""
	case isLatin(a) && isLatin(b):
		head := left[len(strings.TrimRightFunc(left, isLatin)):]
		rest := right[:len(right)-len(strings.TrimLeftFunc(right, isLatin))]
		if j.words[head+rest] {
			return "" // the whole word occurs elsewhere on the page
		}
		if unicode.IsLetter(a) != unicode.IsLetter(b) {
			return "" // a letter next to a digit: COVID19, 5G
		}
	}
	return " "
}

// isLatin reports whether r belongs to a run of Latin letters and digits.
func isLatin(r rune) bool { return !isWide(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
