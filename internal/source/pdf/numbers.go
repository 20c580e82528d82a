package pdf

import (
	"regexp"
	"strconv"
	"strings"
)

// numberForms are the forms of the numbers of headings: 第三章, 一、, （一）, 1.2, 1、, (1).
var numberForms = []struct {
	name    string
	pattern *regexp.Regexp
	dotted  bool // 1.2: several numbers
}{
	{"chapter", regexp.MustCompile(
		`^第([一二三四五六七八九十百零〇\d]{1,4})(?:章|节|節|部分|编|編|篇|条|條|讲|講)`), false},
	{"plain", regexp.MustCompile(`^([一二三四五六七八九十]{1,3})、`), false},
	{"bracket", regexp.MustCompile(`^[（(]([一二三四五六七八九十]{1,3})[)）]`), false},
	{"dotted", regexp.MustCompile(`^(\d{1,2}(?:[.．]\d{1,2}){1,3})[.．]?(?:[^\d.．]|$)`), true},
	{"digits", regexp.MustCompile(`^(\d{1,2})(?:[、．]|\.\D)`), false},
	{"digits in brackets", regexp.MustCompile(`^[（(](\d{1,2})[)）]`), false},
}

// headingNumber is the number that a heading begins with: the last of 1.2.3 is 3, and
// its series dotted 1.2.
type headingNumber struct {
	series string
	n      int
}

// numberOf returns the number that a heading begins with.
func numberOf(heading string) (headingNumber, bool) {
	heading = strings.TrimSpace(heading)
	for _, form := range numberForms {
		m := form.pattern.FindStringSubmatch(heading)
		if m == nil {
			continue
		}
		number, series := m[1], form.name
		if form.dotted {
			number = strings.ReplaceAll(number, "．", ".")
			at := strings.LastIndexByte(number, '.')
			series, number = form.name+" "+number[:at], number[at+1:]
		}
		if n := numeral(number); n > 0 {
			return headingNumber{series, n}, true
		}
	}
	return headingNumber{}, false
}

// numeral returns the value of a number below 1000 in digits or Chinese characters; 0
// if it is none.
func numeral(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	total, digit := 0, 0
	for _, r := range s {
		switch r {
		case '十':
			total, digit = total+10*max(digit, 1), 0
		case '百':
			total, digit = total+100*max(digit, 1), 0
		case '零', '〇':
		default:
			at := strings.IndexRune("一二三四五六七八九", r)
			if at < 0 {
				return 0
			}
			digit = at/len("一") + 1
		}
	}
	return total + digit
}

// outline knows the numbers of the headings of a document. A number is one of a heading if
// the one before or after it is there too, or if it is the first: 3.15晚会 begins a
// headline, not section 15 of chapter 3.
type outline map[headingNumber]bool

// note adds the number of a heading.
func (o outline) note(heading string) {
	if n, ok := numberOf(heading); ok {
		o[n] = true
	}
}

// isNumbered reports whether a heading begins with a number of the outline.
func (o outline) isNumbered(heading string) bool {
	h, ok := numberOf(heading)
	if !ok {
		return false
	}
	series, dotted := strings.CutPrefix(h.series, "dotted ")
	if o[headingNumber{h.series, h.n - 1}] || o[headingNumber{h.series, h.n + 1}] {
		return true
	}
	if !dotted {
		return h.n == 1
	}
	return h.n == 1 && o.hasChapter(series)
}

// hasChapter reports whether a heading has the number of a chapter, 3 or 3.2, or the
// chapter before it has sections.
func (o outline) hasChapter(chapter string) bool {
	parent, number := "", chapter
	if at := strings.LastIndexByte(chapter, '.'); at >= 0 {
		parent, number = chapter[:at], chapter[at+1:]
	}
	n := numeral(number)
	if parent != "" {
		return o[headingNumber{"dotted " + parent, n}]
	}
	for _, series := range []string{"chapter", "plain", "digits"} {
		if o[headingNumber{series, n}] {
			return true
		}
	}
	return n > 1 && o[headingNumber{"dotted " + strconv.Itoa(n-1), 1}]
}
