package neardup

import (
	"unicode"

	"github.com/cespare/xxhash/v2"

	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// Signature is what is kept of an article's text to compare it with others.
type Signature struct{ whole uint64 }

// shortText is below how many letters, digits and characters a text says too
// little by itself (图片新闻, 欢迎来信): its title must be the same too.
const shortText = 50

// Sign returns the signature of an article's folded texts.
func Sign(fold textnorm.Folder, a *news.Article) Signature {
	var d xxhash.Digest
	d.Reset()
	n := 0
	for _, p := range a.Paragraphs {
		n += write(&d, fold.FoldString(p.Text))
	}
	if n < shortText {
		write(&d, "\x00"+fold.FoldString(a.Title))
	}
	return Signature{d.Sum64()}
}

// write hashes what of a folded text stays the same in any setting: its letters,
// marks and digits. It returns how many there are.
func write(d *xxhash.Digest, folded string) int {
	n := 0
	kept := make([]byte, 0, len(folded))
	for _, r := range folded {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			kept = append(kept, string(r)...)
			n++
		}
	}
	if _, err := d.Write(kept); err != nil { // a hash takes everything
		return 0
	}
	return n
}

// Groups returns for each article the number of the first in its group, which
// is its own where it is alone.
func Groups(signatures []Signature) []uint32 {
	first := make(map[Signature]uint32, len(signatures))
	out := make([]uint32, len(signatures))
	for i, s := range signatures {
		if _, ok := first[s]; !ok {
			first[s] = uint32(i)
		}
		out[i] = first[s]
	}
	return out
}
