package neardup

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"xunwen/internal/textnorm"
)

// figures are the numbers of a text, ordered by context, then value.
type figures []figure

// figure is a number, by the hashes of its value and of its context: the characters
// around a number say what it counts.
type figure struct{ context, value uint64 }

// contextBefore and contextAfter are the characters of a figure's context:
// 累计确诊0例.
const (
	contextBefore = 5
	contextAfter  = 1
)

// readFigures finds the figures in folded texts. Within a context, the values of other
// figures don't matter: 月8日收盘跌0.5% and 月9日收盘跌0.7% have equal contexts.
func readFigures(texts []string) figures {
	var r figureReader
	for _, s := range texts {
		r.read(s)
	}
	return r.figures()
}

// figureReader reads the figures of one text after another.
type figureReader struct {
	found  figures
	masked []byte   // the letters of the text, with one byte for each figure
	at     []int    // of the figures in masked
	values []uint64 // their hashes
	buffer []byte
}

// figures returns what was found, in order.
func (f *figureReader) figures() figures {
	slices.SortFunc(f.found, func(a, b figure) int {
		return cmp.Or(cmp.Compare(a.context, b.context), cmp.Compare(a.value, b.value))
	})
	if f.found == nil {
		return figures{}
	}
	return f.found
}

// read adds the figures of a folded text.
func (f *figureReader) read(s string) {
	f.masked, f.at, f.values = f.masked[:0], f.at[:0], f.values[:0]
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		n, mask := 0, byte(0)
		switch isHan := textnorm.IsHan(r); {
		case isHanDigit(r):
			n, mask = f.hanDigits(s[i:]), maskHan
		case isHan:
			f.masked = append(f.masked, s[i:i+size]...)
		case unicode.IsDigit(r):
			n, mask = f.digits(s[i:]), maskDigits
		case isLetter(r):
			f.masked = append(f.masked, s[i:i+size]...)
		}
		if n > 0 {
			f.at, f.masked = append(f.at, len(f.masked)), append(f.masked, mask)
		}
		i += max(n, size)
	}
	for k, at := range f.at {
		from, before := at, 0
		for ; before < contextBefore && from > 0; before++ {
			_, size := utf8.DecodeLastRune(f.masked[:from])
			from -= size
		}
		if before < contextBefore/2 {
			continue // the context is too short
		}
		to := at + 1
		for range contextAfter {
			_, size := utf8.DecodeRune(f.masked[to:])
			to += size
		}
		f.found = append(f.found, figure{xxhash.Sum64(f.masked[from:to]), f.values[k]})
	}
}

// The bytes that replace figures. They are not letters.
const (
	maskDigits = '\x01'
	maskHan    = '\x02'
)

func isHanDigit(r rune) bool {
	switch r {
	case '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '两':
		return true
	}
	return false
}

// digits reads the figure at the beginning of s, n bytes long: the value of 1,234.50 is
// 1234.5.
func (f *figureReader) digits(s string) (n int) {
	value := f.buffer[:0]
	isDecimal := false
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == '.' || r == ',' {
			if next, _ := utf8.DecodeRuneInString(s[n+1:]); !unicode.IsDigit(next) {
				break
			}
		} else if !unicode.IsDigit(r) {
			break
		}
		if r != ',' {
			value = append(value, s[n:n+size]...)
		}
		isDecimal = isDecimal || r == '.'
		n += size
	}
	f.buffer = value
	if isDecimal {
		value = bytes.TrimRight(bytes.TrimRight(value, "0"), ".")
	}
	f.values = append(f.values, xxhash.Sum64(value))
	return n
}

// hanDigits reads the figure at the beginning of s, n bytes long: 三千二百 is its own value.
func (f *figureReader) hanDigits(s string) (n int) {
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !isHanDigit(r) {
			break
		}
		n += size
	}
	f.values = append(f.values, xxhash.Sum64String(s[:n]))
	return n
}

// changed counts the contexts that both texts have with different values. If a
// context occurs several times, as in a table, the shorter list of values must be
// a part of the longer one.
func (f figures) changed(g figures) int {
	n := 0
	for len(f) > 0 && len(g) > 0 {
		switch a, b := f[0].context, g[0].context; {
		case a < b:
			f = f[f.sameContext():]
		case a > b:
			g = g[g.sameContext():]
		default:
			x, y := f.sameContext(), g.sameContext()
			values, others := f[:x], g[:y]
			if x > y {
				values, others = others, values
			}
			if !among(values, others) {
				n++
			}
			f, g = f[x:], g[y:]
		}
	}
	return n
}

// addTo returns the hash of a text together with the figures; that of the text if there are none.
func (f figures) addTo(text uint64) uint64 {
	if len(f) == 0 {
		return text
	}
	b := binary.LittleEndian.AppendUint64(nil, text)
	for _, one := range f {
		b = binary.LittleEndian.AppendUint64(b, one.context)
		b = binary.LittleEndian.AppendUint64(b, one.value)
	}
	return xxhash.Sum64(b)
}

// sameContext returns how many figures have the context of the first.
func (f figures) sameContext() int {
	n := 1
	for n < len(f) && f[n].context == f[0].context {
		n++
	}
	return n
}

// among reports whether others contains all values, each at least as often.
func among(values, others figures) bool {
	for _, v := range values {
		for len(others) > 0 && others[0].value < v.value {
			others = others[1:]
		}
		if len(others) == 0 || others[0].value != v.value {
			return false
		}
		others = others[1:]
	}
	return true
}
