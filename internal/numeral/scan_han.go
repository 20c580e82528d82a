package numeral

import (
	"slices"
	"strconv"
	"strings"
)

const percent = "百分之"

// readHan reads 二〇一七, 二十四, 三点五, 九·一八, 百分之五, 十二亿.
func (s *scanner) readHan(i int) (number, int, bool) {
	if s.has(i, percent) {
		return s.readPercent(i)
	}
	end := s.run(i, isNumeral)
	if year := s.run(i, isYearDigit); year > end && s.isYear(i, year) {
		end = year
	}
	if s.isVague(i, end) {
		return number{}, end, false
	}
	n := number{start: i, end: end, han: true, kind: certain}
	if after, day, ok := s.readDay(i, end); ok {
		n.end, n.value, n.forms = after, day, []string{day}
		return n, after, true
	}
	if fraction, text, ok := s.readPoint(i, end); ok {
		n.end, n.value, n.forms = fraction, text, []string{text}
		if number, ok := strings.CutSuffix(text, "万"); ok {
			if v, ok := fromWan(number); ok {
				n.also = inFull(v)
			}
		}
		return n, fraction, true
	}
	text := string(s.text[i:end])
	if read, ok := readIn(text); ok && len(read) > 1 {
		if len(read) > maxDigits || len(read) == 2 && !s.isReadOut(read, end) {
			return number{}, end, false
		}
		n.value, n.forms = read, []string{read}
		if out := s.readOut(read, end); slices.Contains(out, text) { // 二〇一七 is also 二零一七
			n.also = out
		}
		n.kind = kindOf(read)
		return n, end, true
	}
	n.value, n.forms, n.also = s.digitForms(text, end)
	n.kind = kindOf(n.value)
	return n, end, len(n.forms) > 0
}

// isVague reports whether numerals are no number by what is around them: 几十万,
// 三分之一, 之一.
func (s *scanner) isVague(start, end int) bool {
	before := s.at(start - 1)
	return strings.ContainsRune("几数好上成之点", before) && before != 0 || isPart(before) ||
		s.has(end, "分之") || isPart(s.at(end)) && s.at(end) != '·'
}

// isYearDigit reports whether a character is written for a digit of a year: many write
// the letter or the digit for the zeros, 二oo八年 and 二00八年.
func isYearDigit(r rune) bool { return digitOf(r) >= 0 || r == 'o' || r == '0' }

// isYear reports whether [i,end) is a year.
func (s *scanner) isYear(i, end int) bool { return end-i == 4 && s.at(end) == '年' }

// readOut writes digits before end one by one, those of a year also with other zeros.
func (s *scanner) readOut(number string, end int) []string {
	if len(number) == 4 && s.at(end) == '年' {
		return readOut(number, yearZeros)
	}
	return readOut(number, zeros)
}

// digitForms are the ways to write a number in characters, which end before end, with
// digits, and further ways.
func (s *scanner) digitForms(text string, end int) (v string, forms, also []string) {
	if number, m := cutMultiplier(text); m != "" {
		if v, ok := value(number); ok && v < wan {
			forms = append(forms, strconv.FormatUint(v, 10)+m)
			also = s.inThousands(v, m, end)
		}
	}
	if v, ok := value(text); ok && v < maxPlain {
		forms = append(forms, strconv.FormatUint(v, 10))
		if v > 10 {
			also = slices.Concat(also, writings(v), inWan(v), s.inThousands(v, "", end))
		}
	}
	if forms == nil {
		return "", nil, nil
	}
	return forms[0], forms, also
}

// readPercent reads what follows 百分之 at i.
func (s *scanner) readPercent(i int) (number, int, bool) {
	start := i + len([]rune(percent))
	end := s.run(start, isNumeral)
	n := number{start: i, end: end, han: true, kind: certain}
	if fraction, text, ok := s.readPoint(start, end); ok {
		n.end, n.value = fraction, text
	} else if text := string(s.text[start:end]); text == "百" {
		n.value = "100"
	} else if v, ok := value(text); ok {
		n.value = strconv.FormatUint(v, 10)
	} else {
		return number{}, max(end, i+1), false
	}
	n.forms = []string{n.value + "%"}
	return n, n.end, true
}

// readPoint reads a fraction: 三点五, 一点五亿. The numerals before 点 are
// [start,end).
func (s *scanner) readPoint(start, end int) (after int, number string, ok bool) {
	whole, ok := value(string(s.text[start:end]))
	if !ok || s.at(end) != '点' {
		return 0, "", false
	}
	after = s.run(end+1, isNumeral)
	text, multiplier := cutMultiplier(string(s.text[end+1 : after]))
	fraction, ok := readIn(text)
	if !ok || fraction == "" || s.at(after) == '分' {
		return 0, "", false
	}
	return after, strconv.FormatUint(whole, 10) + "." + fraction + multiplier, true
}

// readDay reads a day such as 九·一八. The numerals before the dot are [start,end).
func (s *scanner) readDay(start, end int) (after int, day string, ok bool) {
	if s.at(end) != '·' {
		return 0, "", false
	}
	after = s.run(end+1, isNumeral)
	month, ok1 := readIn(string(s.text[start:end]))
	of, ok2 := readIn(string(s.text[end+1 : after]))
	ok = ok1 && ok2 && month != "" && of != "" && len(month) <= 2 && len(of) <= 2
	return after, month + "·" + of, ok
}
