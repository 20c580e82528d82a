package page

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// imprint reads a duty or an address with the name or number after it, which is
// the rest of the field: 责任编辑：何远, 电话：010….
func (p *headLineParser) imprint() bool {
	for i, find := range []func(string) string{findStaff, findOffice} {
		m := find(p.rest)
		if m == "" {
			continue
		}
		n := len(m)
		if blank := strings.IndexAny(p.rest[n:], " \t"); blank > 0 {
			n += blank
		} else if blank < 0 {
			n = len(p.rest)
		}
		if value := p.rest[len(m):n]; i == 0 && hanCount(value) > longestNames {
			continue // somebody says something
		}
		p.sure = true
		p.take(n)
		p.staff = true
		return true
	}
	return false
}

// findStaff returns the duty that s begins with, with its colon.
func findStaff(s string) string {
	if r := firstRune(s); !strings.ContainsAny(headOf(s, longestDuty), ":：/／") && r != '社' && r != '总' && r != '副' {
		return ""
	}
	return staffMark.FindString(s)
}

// findOffice returns the mark of an address, number or price that s begins with.
func findOffice(s string) string {
	if r := firstRune(s); r >= utf8.RuneSelf && !strings.ContainsAny(headOf(s, longestDuty), "址话线告真编箱网号號售价订发印") {
		return ""
	}
	return officeMark.find(s)
}

func hanCount(s string) int {
	n := 0
	for _, r := range s {
		if textnorm.IsHan(r) {
			n++
		}
	}
	return n
}

// longestNames is the most Chinese characters of the names after a duty.
const longestNames = 12

// longestDuty is more than the characters of a duty with its colon.
const longestDuty = 14

// dayOrIssue reads a day of the week or of the lunar calendar, or the number of
// the issue.
func (p *headLineParser) dayOrIssue() bool {
	for _, mark := range []*guardedPattern{weekMark, lunarMark, issueMark} {
		if m := mark.find(p.rest); m != "" {
			p.sure = p.sure || mark == issueMark
			p.week = p.week || mark != issueMark
			return p.take(len(m))
		}
	}
	return false
}

// staffTitle reads a duty without a colon: 编辑 何远. The name after it is not a
// publication's.
func (p *headLineParser) staffTitle() bool {
	field, tail := firstField(p.rest)
	if tail == "" || !staffWord.MatchString(field) {
		return false
	}
	p.staff = true
	p.rest = tail
	return true
}
