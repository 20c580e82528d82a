package pdf

import (
	"fmt"
	"unicode"
)

// repeating reports characters that several characters of a font are mapped to: 佛佛佛佛.
// No text repeats so many.
func repeating(lines []line) error {
	const (
		fewest = 10
		run    = 3
		most   = 0.1 // share of the Han characters
	)
	han, repeated := 0, 0
	for i := range lines {
		length := 0
		for k := range lines[i].glyphs {
			r := lines[i].glyphs[k].Rune
			if !unicode.Is(unicode.Han, r) {
				length = 0
				continue
			}
			han++
			if length++; k > 0 && lines[i].glyphs[k-1].Rune != r {
				length = 1
			}
			switch {
			case length == run:
				repeated += run
			case length > run:
				repeated++
			}
		}
	}
	if repeated < fewest || float64(repeated) <= most*float64(han) {
		return nil
	}
	return fmt.Errorf("type with a wrong Unicode map: %.0f %% of the characters repeat the one before; "+
		"export the PDF again with Unicode text, or run it through OCR", 100*float64(repeated)/float64(han))
}
