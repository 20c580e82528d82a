package textnorm

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// table has what each character folds to, alone.
type table struct {
	bmp    [0x10000]uint16 // the number of an entry, or unchanged
	far    map[rune]uint16 // of characters beyond the BMP
	folded []entry
}

// entry is what a character folds to. Of kind runs are texts with a sign that may
// become part of a run (see folding.put).
type entry struct {
	text string
	runs bool
}

// unchanged is the number of the first entry, which is not one: of characters that
// fold to themselves.
const unchanged = 0

// lookup returns the number of a character's entry.
func (t *table) lookup(r rune) uint16 {
	if r < 0x10000 {
		return t.bmp[r]
	}
	return t.far[r]
}

// set makes a character fold to a text, instead of what it folded to.
func (t *table) set(r rune, text string) {
	n := unchanged
	if text != string(r) {
		n = len(t.folded)
		t.folded = append(t.folded, entry{text, strings.ContainsFunc(text, mayRun)})
	}
	if r < 0x10000 {
		t.bmp[r] = uint16(n)
	} else if n != unchanged {
		t.far[r] = uint16(n)
	}
}

// base is the table without Han characters' variants. It takes some 10 ms to make.
var base = sync.OnceValue(func() *table {
	t := &table{far: make(map[rune]uint16), folded: make([]entry, 1, 8192)}
	looksLike := map[rune]rune{}
	for pair := range strings.FieldsSeq(radicals) {
		p := []rune(pair)
		looksLike[p[0]] = p[1]
	}
	signs := map[rune]rune{}
	for _, class := range signClasses {
		for _, r := range class.signs() {
			signs[r] = class.To
		}
	}
	for _, block := range [][2]rune{{0, firstNear}, {afterNear, 0xAC00}, {0xD7B0, 0xD800}, {0xF900, 0x20000},
		{0x2F800, 0x2FA20}, {0xE0000, 0xE1000}} {
		for r := block[0]; r < block[1]; r++ {
			if !isBlank(r) {
				t.set(r, foldRune(r, signs, looksLike))
			}
		}
	}
	return t
})

// signs lists the members of a class.
func (c signClass) signs() []rune {
	all := []rune(c.members)
	if c.table != nil {
		for _, x := range c.table.R16 {
			for r := rune(x.Lo); r <= rune(x.Hi); r += rune(x.Stride) {
				all = append(all, r)
			}
		}
		for _, x := range c.table.R32 {
			for r := rune(x.Lo); r <= rune(x.Hi); r += rune(x.Stride) {
				all = append(all, r)
			}
		}
	}
	return all
}

// foldRune returns what a character folds to before its script does.
func foldRune(r rune, signs, looksLike map[rune]rune) string {
	if isIgnored(r) {
		return ""
	}
	if to, ok := signs[r]; ok {
		return string(to)
	}
	if to, ok := looksLike[r]; ok {
		return string(to)
	}
	parts := string(r)
	if norm.NFKD.PropertiesString(parts).Decomposition() != nil {
		// White space would separate words, so these stay as they are: ¨, ﷺ.
		if d := norm.NFKD.String(parts); !strings.Contains(d, " ") {
			parts = d
		}
	}
	var out strings.Builder
	for _, x := range parts {
		switch low := foldCase(x); {
		case isIgnored(x):
		case signs[x] != 0:
			out.WriteRune(signs[x])
		case letters[low] != "":
			out.WriteString(letters[low])
		default:
			out.WriteRune(low)
		}
	}
	if strings.ContainsAny(out.String(), voicing) {
		return norm.NFC.String(out.String())
	}
	return out.String()
}

// voicing are the combining marks of kana. They are part of the character: か is
// not が.
const voicing = "\u3099\u309A"

// mayRun reports whether a sign may become part of a run.
func mayRun(r rune) bool {
	return r == dash || r == ellipsis || isDot(r) || strings.ContainsRune(voicing, r)
}

// isDot reports whether three or more of r are an ellipsis.
func isDot(r rune) bool { return r == '.' || r == '。' || r == middleDot }

// NewFolder returns a Folder that also folds each Han character of variants to
// another. If that has an entry itself, the chain is followed to its end, so that
// folding twice changes nothing. NewFolder fails for a character that is not an
// ideograph and for a chain that leads back to its beginning.
func NewFolder(variants map[rune]rune) (Folder, error) {
	from := base()
	t := &table{bmp: from.bmp, far: make(map[rune]uint16, len(from.far))}
	for r, n := range from.far {
		t.far[r] = n
	}
	t.folded = append(make([]entry, 0, len(from.folded)+len(variants)), from.folded...)
	ends := make(map[rune]rune, len(variants))
	for r := range variants {
		to, err := follow(variants, r)
		if err != nil {
			return Folder{}, err
		}
		if n := t.lookup(to); n != unchanged { // a compatibility ideograph
			to, _ = utf8.DecodeRuneInString(from.folded[n].text)
		}
		ends[r] = to
	}
	for i := range t.folded { // ㍿, ⾔ and such
		t.folded[i].text = strings.Map(func(r rune) rune {
			if to, ok := ends[r]; ok {
				return to
			}
			return r
		}, t.folded[i].text)
	}
	for r, to := range ends {
		t.set(r, string(to))
	}
	return Folder{t}, nil
}

// follow returns where a chain of variants ends.
func follow(variants map[rune]rune, from rune) (rune, error) {
	at := from
	for range len(variants) + 1 {
		if at < firstNear || !IsHan(at) {
			return 0, fmt.Errorf("%c (%U) folds to %c (%U): want ideographs", from, from, at, at)
		}
		to, ok := variants[at]
		if !ok || to == at {
			return at, nil
		}
		at = to
	}
	return 0, fmt.Errorf("%c (%U) folds to itself through others", from, from)
}

// foldCase returns the lower case of the smallest rune that differs from r only
// in case, so that σ ς Σ all fold alike, and so do k K and the Kelvin sign.
func foldCase(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		if !isIgnored(next) { // the iota below a letter is left out
			least = min(least, next)
		}
	}
	return unicode.ToLower(least)
}
