package numeral

import (
	"strconv"
	"strings"
	"unicode"
)

// number is a number in a text; places are characters.
type number struct {
	start, end int
	han        bool     // it is written with characters
	value      string   // in digits
	forms      []string // the other way to write it, the likeliest first
	also       []string // further ways, for the number alone
	kind       kind
}

// kind is how much of a word a number is by itself.
type kind int

const (
	small   kind = iota // up to ten: a number only before a unit
	short               // of two digits: it needs a character after it
	certain             // a longer number, a fraction, a percentage
)

// scanner reads the numbers of a text.
type scanner struct {
	text []rune
}

// read returns the number that begins at i, if one does. end is where to go on
// reading.
func (s *scanner) read(i int) (n number, end int, ok bool) {
	switch r := s.text[i]; {
	case isDigit(r):
		return s.readDigits(i)
	case isNumeral(r):
		return s.readHan(i)
	}
	return number{}, i + 1, false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// Characters are those that numbers are written with instead of digits.
const Characters = "〇零○一二两三四五六七八九十廿卅百千万亿"

// isNumeral reports whether a character is part of numbers.
func isNumeral(r rune) bool {
	return strings.ContainsRune(Characters, r)
}

// at returns the character at i, or 0.
func (s *scanner) at(i int) rune {
	if i < 0 || i >= len(s.text) {
		return 0
	}
	return s.text[i]
}

// has reports whether word is at i.
func (s *scanner) has(i int, word string) bool {
	for _, r := range word {
		if s.at(i) != r {
			return false
		}
		i++
	}
	return true
}

// run returns the end of the characters from i that is reports.
func (s *scanner) run(i int, is func(rune) bool) int {
	for i < len(s.text) && is(s.text[i]) {
		i++
	}
	return i
}

// readDigits reads 2017, 3.5, 5,999, 9·18, each with % or a multiplier.
func (s *scanner) readDigits(i int) (number, int, bool) {
	inNumber := func(r rune) bool { return isDigit(r) || r == '.' || r == ',' || r == '·' }
	end := s.run(i, inNumber)
	for !isDigit(s.text[end-1]) {
		end--
	}
	text := string(s.text[i:end])
	if isPart(s.at(i-1)) || isPart(s.at(end)) || isNumeral(s.at(i-1)) {
		return number{}, end, false
	}
	n := number{start: i, end: end}
	if s.at(end) == '%' {
		n.end++
	}
	for _, m := range multipliers {
		if s.at(end) != '%' && s.has(end, m) {
			n.end = end + len([]rune(m))
			n.value, n.kind = text+m, certain
			n.forms = withPoint(plainNumber(text), m)
			if v, ok := fromWan(plainNumber(text)); ok && m == "万" && len(n.forms) > 0 {
				n.also = inFull(v)
			}
			if v, err := strconv.ParseUint(text, 10, 64); err == nil {
				n.also = append(n.also, s.inThousands(v, m, n.end)...)
			}
			return n, n.end, len(n.forms) > 0 && !isNumeral(s.at(n.end)) && !isPart(s.at(n.end))
		}
	}
	if isNumeral(s.at(end)) {
		return s.readThousands(i, end)
	}
	if s.isPadded(text, end) {
		text = text[1:]
	}
	n.value = text
	n.kind = kindOf(text)
	n.forms = s.hanForms(text, n.end)
	if v, err := strconv.ParseUint(text, 10, 64); err == nil && text[0] != '0' {
		n.also = append(inWan(v), s.inThousands(v, "", end)...)
	}
	if s.at(end) == '%' {
		n.kind = certain
		n.forms, n.also = nil, nil
		for _, form := range withPoint(plainNumber(text), "") {
			n.forms = append(n.forms, "百分之"+form)
		}
		if text == "100" {
			n.forms = append(n.forms, "百分之百")
		}
	}
	return n, n.end, len(n.forms) > 0
}

// isPart reports whether digits next to r are part of something else than a
// number: c919, 10-12, 12:30.
func isPart(r rune) bool {
	return r != 0 && (strings.ContainsRune("-/:.,·_", r) || !unicode.Is(unicode.Han, r) &&
		(unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)))
}

// plainNumber drops the separators of thousands; other commas make it no number.
func plainNumber(text string) string {
	groups := strings.Split(text, ",")
	for i, g := range groups {
		whole, _, _ := strings.Cut(g, ".")
		if i > 0 && (len(whole) != 3 || len(groups[0]) > 3) {
			return ""
		}
	}
	return strings.Join(groups, "")
}

// hanForms are the ways to write digits, which end before end, with characters.
func (s *scanner) hanForms(text string, end int) []string {
	if day := strings.Split(text, "·"); len(day) > 1 {
		if len(day) > 2 || len(day[0]) > 2 || len(day[1]) > 2 {
			return nil
		}
		return readOut(text, zeros)
	}
	if strings.Trim(text, "0123456789") != "" {
		return withPoint(plainNumber(text), "")
	}
	var out []string
	if len(text) > 2 && len(text) <= maxDigits || len(text) == 2 && s.isReadOut(text, end) {
		out = s.readOut(text, end)
	}
	if len(text) > 1 && text[0] == '0' {
		return out
	}
	isYear := len(text) == 4 && s.at(end) == '年' && !strings.HasSuffix(text, "00")
	v, err := strconv.ParseUint(text, 10, 64)
	if err != nil || isYear || v >= maxPlain {
		return out
	}
	if len(out) > 0 && s.at(end) == '年' {
		return append(out, writings(v)...)
	}
	return append(writings(v), out...)
}

// isPadded reports whether digits before end are a month or a day with a zero before it:
// 03月05日.
func (s *scanner) isPadded(text string, end int) bool {
	return len(text) == 2 && text[0] == '0' && text[1] != '0' && isMonthOrDay(s.at(end))
}

func isMonthOrDay(unit rune) bool { return unit == '月' || unit == '日' }

// isReadOut reports whether two digits before end are also read one by one: 98年,
// but not 78年, since 七八年 may be seven or eight years.
func (s *scanner) isReadOut(text string, end int) bool {
	return len(readAs.at(s.text[min(end, len(s.text)):])) > 0 && text[1] != text[0]+1 && text != "35"
}

// kindOf returns the kind of a number without a unit.
func kindOf(value string) kind {
	if strings.Trim(value, "0123456789") != "" {
		return certain
	}
	switch v, _ := strconv.ParseUint(value, 10, 64); {
	case len(value) > 2:
		return certain
	case v <= 10:
		return small
	}
	return short
}
