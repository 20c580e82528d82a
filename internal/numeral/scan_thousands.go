package numeral

import (
	"slices"
	"strconv"
	"strings"
)

// readThousands reads digits and 千: 5千, 3千万. The digits are [start,end).
func (s *scanner) readThousands(start, end int) (number, int, bool) {
	after := end + 1
	var multiplier string
	for _, m := range multipliers {
		if s.has(after, m) {
			multiplier = m
			break
		}
	}
	n := number{start: start, end: after + len([]rune(multiplier)), kind: certain}
	ofUnit := multiplier == "" && isThousandOf(s.at(after))
	if end-start != 1 || s.text[start] == '0' || s.text[end] != '千' || ofUnit || isNumeral(s.at(n.end)) {
		return number{}, end, false
	}
	v := 1000 * uint64(s.text[start]-'0')
	plain := strconv.FormatUint(v, 10) + multiplier
	n.value, n.forms, n.also = plain, spellings(v, multiplier), []string{plain}
	if multiplier == "万" {
		n.also = slices.Concat(n.also, inFull(v*wan))
	}
	return n, n.end, true
}

// inThousands writes a number of up to 9000, which ends before end, and its multiplier if it
// has one, with one digit and 千: 5千人. Without a character after it, it would be found in
// 5千克.
func (s *scanner) inThousands(v uint64, multiplier string, end int) []string {
	alone := multiplier == "" && (s.at(end) == 0 || isThousandOf(s.at(end)))
	if v == 0 || v >= wan || v%1000 != 0 || alone {
		return nil
	}
	return []string{strconv.FormatUint(v/1000, 10) + "千" + multiplier}
}

// isThousandOf reports whether a character is a unit that has 千 as a prefix: 5千克 is 5
// kilograms.
func isThousandOf(unit rune) bool {
	return unit != 0 && strings.ContainsRune("克米瓦卡帕赫伏焦里字", unit)
}
