package neardup

import (
	"slices"
	"strings"
	"unicode"

	"github.com/cespare/xxhash/v2"
)

// figures are the numbers of a text, by the hash of their context: the characters
// around a number say what it counts.
type figures map[uint64][]uint64

// contextBefore and contextAfter are the characters of a figure's context:
// 累计确诊0例.
const (
	contextBefore = 5
	contextAfter  = 1
)

// readFigures finds the figures in texts. Within a context, the values of other
// figures don't matter: 月8日收盘跌0.5% and 月9日收盘跌0.7% have equal contexts.
func (c Comparer) readFigures(texts ...string) figures {
	out := figures{}
	for _, s := range texts {
		var masked []rune // the letters, with one rune for each figure
		var values []string
		var at []int // of the figures in masked
		runes := []rune(c.Fold.FoldString(s))
		for i := 0; i < len(runes); {
			n, value, mask := figure(runes[i:])
			if n > 0 {
				values, at, masked = append(values, value), append(at, len(masked)), append(masked, mask)
				i += n
				continue
			}
			if isLetter(runes[i]) {
				masked = append(masked, runes[i])
			}
			i++
		}
		for k, value := range values {
			from, to := max(at[k]-contextBefore, 0), min(at[k]+1+contextAfter, len(masked))
			if at[k]-from < contextBefore/2 {
				continue // the context is too short
			}
			key := xxhash.Sum64String(string(masked[from:to]))
			out[key] = append(out[key], xxhash.Sum64String(value))
		}
	}
	return out
}

// The runes that replace figures. They are not letters.
const (
	maskDigits = '\x01'
	maskHan    = '\x02'
)

const hanDigits = "〇零一二三四五六七八九十百千万亿两"

// figure reads the figure at the beginning of runes, n runes long: the value of
// 1,234.50 is 1234.5, that of 三千二百 is itself.
func figure(runes []rune) (n int, value string, mask rune) {
	if unicode.IsDigit(runes[0]) {
		var b strings.Builder
		for n < len(runes) {
			r := runes[n]
			inside := (r == '.' || r == ',') && n+1 < len(runes) && unicode.IsDigit(runes[n+1])
			if !unicode.IsDigit(r) && !inside {
				break
			}
			if r != ',' {
				b.WriteRune(r)
			}
			n++
		}
		value = b.String()
		if strings.Contains(value, ".") {
			value = strings.TrimRight(strings.TrimRight(value, "0"), ".")
		}
		return n, value, maskDigits
	}
	for n < len(runes) && strings.ContainsRune(hanDigits, runes[n]) {
		n++
	}
	return n, string(runes[:n]), maskHan
}

// changed counts the contexts that both texts have with different values. If a
// context occurs several times, as in a table, the shorter list of values must be
// a part of the longer one.
func (a figures) changed(b figures) int {
	n := 0
	for context, values := range a {
		others, ok := b[context]
		if !ok {
			continue
		}
		if len(values) > len(others) {
			values, others = others, values
		}
		if !among(values, others) {
			n++
		}
	}
	return n
}

// among reports whether others contains all values, each at least as often.
func among(values, others []uint64) bool {
	left := slices.Clone(others)
	for _, v := range values {
		at := slices.Index(left, v)
		if at < 0 {
			return false
		}
		left[at] = left[len(left)-1]
		left = left[:len(left)-1]
	}
	return true
}
