package numeral

import (
	"slices"
	"strconv"
	"strings"
)

const (
	digits    = "零一二三四五六七八九"
	maxValue  = 1_0000_0000_0000 // numbers from here on are written with 万亿
	maxPlain  = 1_0000_0000      // numbers from here on are not written with digits alone
	wan       = 1_0000
	yi        = 1_0000_0000
	maxDigits = 8 // of a number that is read digit by digit, such as a day: 20170324
)

var digitRunes = []rune(digits)

// zeros are the characters for 0 in numbers that are read digit by digit. Folding makes
// 〇 of ○.
var zeros = []string{"〇", "零"}

// yearZeros are those of years, with what many write for 〇.
var yearZeros = []string{"〇", "零", "o", "0"}

// digitOf returns the value of a character from 〇 to 九, or -1.
func digitOf(r rune) int {
	if r == '〇' || r == '○' {
		return 0
	}
	return slices.Index(digitRunes, r)
}

// spell writes a number with characters, as 二千二百: no 两, and the first ten to
// nineteen without 一.
func spell(v uint64) string {
	if v == 0 {
		return "零"
	}
	var out strings.Builder
	for _, part := range []struct {
		of   uint64
		name string
	}{{yi, "亿"}, {wan, "万"}, {1, ""}} {
		section := v / part.of
		v %= part.of
		if section == 0 {
			continue
		}
		if out.Len() > 0 && (section < 1000 || strings.HasSuffix(out.String(), "亿") && part.of == 1) {
			out.WriteString("零")
		}
		out.WriteString(spellSection(section))
		out.WriteString(part.name)
	}
	if s, ok := strings.CutPrefix(out.String(), "一十"); ok {
		return "十" + s
	}
	return out.String()
}

// spellSection writes a number below 10,000.
func spellSection(v uint64) string {
	var out strings.Builder
	gap := false
	for _, unit := range []struct {
		of   uint64
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		digit := v / unit.of
		v %= unit.of
		if digit == 0 {
			gap = out.Len() > 0
			continue
		}
		if gap {
			out.WriteString("零")
			gap = false
		}
		out.WriteRune(digitRunes[digit])
		out.WriteString(unit.name)
	}
	return out.String()
}

// spellings are the usual ways to write a number, and its multiplier if it has
// one, with characters: with 两 before 千, 万 and 亿, also before 百, and with 二.
func spellings(v uint64, multiplier string) []string {
	plain := spell(v) + multiplier
	return compact(withLiang(plain, "千万亿"), withLiang(plain, "百千万亿"), plain)
}

// writings are the ways to write a number with characters: its spellings, also with 〇 for
// 零, and with 廿 for 二十 and 卅 for 三十.
func writings(v uint64) []string {
	out := spellings(v, "")
	for _, s := range out {
		if v > 0 {
			out = append(out, strings.ReplaceAll(s, "零", "〇"))
		}
	}
	if v >= 20 && v < 40 {
		out = append(out, shortTens.Replace(out[0]))
	}
	return compact(out...)
}

var (
	shortTens = strings.NewReplacer("二十", "廿", "三十", "卅")
	longTens  = strings.NewReplacer("廿", "二十", "卅", "三十", "〇", "零", "○", "零")
)

// inWan are the ways to write a number in 万, with at most two decimals: 12000 as 1.2万 and
// 一点二万.
func inWan(v uint64) []string {
	if v < wan || v >= maxPlain || v%(wan/100) != 0 {
		return nil
	}
	number := strconv.FormatFloat(float64(v)/wan, 'f', -1, 64)
	return append([]string{number + "万"}, withPoint(number, "万")...)
}

// fromWan reads a number in 万 that inWan writes: 1.2 of 1.2万.
func fromWan(number string) (uint64, bool) {
	whole, decimals, _ := strings.Cut(number, ".")
	if len(decimals) > 2 {
		return 0, false
	}
	v, err := strconv.ParseUint(whole+(decimals + "0000")[:4], 10, 64)
	return v, err == nil && v >= wan && v < maxPlain
}

// inFull are the ways to write a number from 10,000 on.
func inFull(v uint64) []string {
	return append(append([]string{strconv.FormatUint(v, 10)}, writings(v)...), inWan(v)...)
}

// without returns forms without repetitions and one of them.
func without(text string, forms []string) []string {
	return slices.DeleteFunc(compact(forms...), func(form string) bool { return form == text })
}

// withLiang writes 两 for 2 before some units, unless more of the same number
// comes before it: 两千两百, but 十二亿.
func withLiang(s, before string) string {
	runes := []rune(s)
	for i := 0; i+1 < len(runes); i++ {
		first := i == 0 || strings.ContainsRune("百千万亿", runes[i-1])
		if runes[i] == '二' && first && strings.ContainsRune(before, runes[i+1]) {
			runes[i] = '两'
		}
	}
	return string(runes)
}

// value reads a number in characters; it must be one of its spellings.
func value(s string) (uint64, bool) {
	if s == "两" {
		return 2, true
	}
	s = longTens.Replace(s)
	var total, section, digit uint64
	for _, r := range s {
		if total+section > maxValue {
			return 0, false
		}
		switch r {
		case '十', '百', '千':
			if digit == 0 {
				digit = 1
			}
			section += digit * map[rune]uint64{'十': 10, '百': 100, '千': 1000}[r]
			digit = 0
		case '万':
			total, section, digit = total+(section+digit)*wan, 0, 0
		case '亿':
			total, section, digit = (total+section+digit)*yi, 0, 0
		case '两':
			digit = 2
		default:
			digit = uint64(max(digitOf(r), 0))
		}
	}
	total += section + digit
	return total, total < maxValue && slices.Contains(spellings(total, ""), s)
}

// readOut writes digits one by one, 2017 as 二〇一七, with each of some characters for 0.
// Other bytes stay.
func readOut(number string, zeros []string) []string {
	var out []string
	for _, zero := range zeros {
		var s strings.Builder
		for _, r := range number {
			switch {
			case r == '0':
				s.WriteString(zero)
			case r >= '1' && r <= '9':
				s.WriteRune(digitRunes[r-'0'])
			default:
				s.WriteRune(r)
			}
		}
		out = append(out, s.String())
	}
	return compact(out...)
}

// readIn is the opposite of readOut; it fails if s is not made of digits.
func readIn(s string) (string, bool) {
	var out strings.Builder
	for _, r := range s {
		d := digitOf(r)
		if r == 'o' || r == '0' {
			d = 0
		}
		if d < 0 {
			return "", false
		}
		out.WriteByte(byte('0' + d))
	}
	return out.String(), true
}

// withPoint writes a number with an optional fraction and a multiplier, 3.5亿 as
// 三点五亿.
func withPoint(number, multiplier string) []string {
	whole, fraction, found := strings.Cut(number, ".")
	v, err := strconv.ParseUint(whole, 10, 64)
	if err != nil || v >= maxValue || multiplier != "" && v >= wan {
		return nil
	}
	if !found {
		return spellings(v, multiplier)
	}
	out := spellings(v, "")
	for i := range out {
		out[i] += "点" + strings.ReplaceAll(readOut(fraction, zeros)[0], "〇", "零") + multiplier
	}
	return out
}

// compact drops repetitions.
func compact(all ...string) []string {
	var out []string
	for _, s := range all {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
