package neardup

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"

	"xunwen/internal/news"
)

// sketchSize is how many shingles a signature has. When three fifths of an article
// are left, 14 of 24 are on average those of the whole.
const sketchSize = 24

// Signature is a sketch of an article to find its near-duplicates. It takes
// SignatureSize bytes on disk.
type Signature struct {
	hash uint64 // of the text that is compared
	size uint32 // characters of the text, 0 if it is too short

	// The least hashes of shingles, ascending. Similar texts share many of them
	// (bottom-k sketches; Broder, On the resemblance and containment of documents,
	// 1997).
	least [sketchSize]uint32
}

// Sign returns the signature of an article.
func (c Comparer) Sign(a *news.Article) Signature {
	t := c.newText(a)
	s := Signature{hash: xxhash.Sum64String(t.letters)}
	if t.size() < shortText {
		// A short text is not distinctive (图片新闻, 欢迎来信): its headings must be equal, too.
		s.hash = xxhash.Sum64String(c.letters(a.Title, a.Kicker, a.Subtitle) + "\n" + t.letters)
		return s
	}
	s.size = uint32(t.size())
	hashes := t.shingles()
	slices.Sort(hashes)
	for i := range s.least {
		s.least[i] = unused
	}
	n := 0
	for _, h := range hashes {
		if h := uint32(h >> 32); n == 0 || h != s.least[n-1] {
			s.least[n] = h
			if n++; n == sketchSize {
				break
			}
		}
	}
	return s
}

// unused fills the sketch of a text with few different shingles.
const unused = 1<<32 - 1

// SignatureSize is the length of a signature in bytes as AppendBinary writes it.
const SignatureSize = 8 + 4 + 4*sketchSize

// AppendBinary appends the signature in little endian. It never fails.
func (s *Signature) AppendBinary(b []byte) ([]byte, error) {
	b = binary.LittleEndian.AppendUint64(b, s.hash)
	b = binary.LittleEndian.AppendUint32(b, s.size)
	for _, h := range s.least {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	return b, nil
}

// UnmarshalBinary decodes the output of AppendBinary.
func (s *Signature) UnmarshalBinary(b []byte) error {
	if len(b) != SignatureSize {
		return fmt.Errorf("a signature of %d bytes, want %d", len(b), SignatureSize)
	}
	s.hash, s.size = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint32(b[8:])
	for i := range s.least {
		s.least[i] = binary.LittleEndian.Uint32(b[12+4*i:])
	}
	return nil
}
