package pdf

import (
	"strconv"
	"strings"
	"unicode"
)

// keyOf returns a text without blanks, with # for each number (N for a long one), and
// its first number.
func keyOf(text string) (key string, number int) {
	var b strings.Builder
	number = -1
	digits := ""
	end := func() {
		if digits == "" {
			return
		}
		if n, err := strconv.Atoi(digits); err == nil && number < 0 {
			number = n
		}
		const longest = 4 // digits of the number of a page or of a year
		if len(digits) > longest {
			b.WriteByte('N')
		} else {
			b.WriteByte('#')
		}
		digits = ""
	}
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
			continue
		case r >= '０' && r <= '９':
			digits += string(r - '０' + '0')
			continue
		}
		end()
		if !unicode.IsSpace(r) {
			b.WriteRune(r)
		}
	}
	end()
	return b.String(), number
}

// isFolio reports whether a key is that of the number of a page and nothing else:
// 第 3 页, - 24 -, 2/ 5, P. 7.
func isFolio(key string) bool {
	return strings.Contains(key, "#") && strings.Trim(key, "#第页頁共总總版/／|-—–－·•.．~～()（）[]【】〔〕Ppage,， ") == ""
}
